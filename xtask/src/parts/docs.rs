//! Documentation: it builds, and what it tells people to type works.

use std::{fs, path::Path};

use anyhow::{Context as _, ensure};

use crate::{
    provision::Need,
    shell::{Shell, cargo, command},
    workspace::{fresh_directory, path, root, written_files},
};

/// The README's commands need them.
pub(crate) const NEEDS: &[Need] = &[Need::Node, Need::Python];

pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    shell.run(cargo("doc --workspace --no-deps --all-features").env("RUSTDOCFLAGS", "-D warnings"))?;
    run_readme(shell)
}

/// Runs the README's shell blocks, one script each, in a copy of the repository, so that they can leave nothing behind.
/// Its Rust blocks are doc-tested with the conformance suite.
fn run_readme(shell: &Shell) -> anyhow::Result<()> {
    let readme = fs::read_to_string(path("README.md")).context("cannot read README.md")?;
    let scripts = shell_blocks(&readme);
    ensure!(!scripts.is_empty(), "README.md shows no command");
    let copy = fresh_directory("readme")?;
    copy_repository(&copy)?;
    for script in scripts {
        let mut sh = command("sh", ["-e", "-u", "-x", "-c", &script]);
        shell.run(sh.current_dir(&copy).env("CARGO_TARGET_DIR", path("target/readme-build")))?;
    }
    Ok(())
}

/// What is fenced as `sh`, without the commands of which this is a part or that take too long for one.
fn shell_blocks(markdown: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut fence = None;
    for line in markdown.lines() {
        match (fence, line.strip_prefix("```")) {
            (None, Some(language)) => {
                fence = Some(language);
                if language == "sh" {
                    blocks.push(String::new());
                }
            }
            (Some(_), Some("")) => fence = None,
            (Some("sh"), _) if !LEFT_OUT.iter().any(|command| line.starts_with(command)) => {
                if let Some(block) = blocks.last_mut() {
                    block.push_str(line);
                    block.push('\n');
                }
            }
            _ => {}
        }
    }
    blocks.retain(|block| !block.trim().is_empty());
    blocks
}

const LEFT_OUT: [&str; 2] = ["cargo xtask test", "cargo xtask bench"];

fn copy_repository(copy: &Path) -> anyhow::Result<()> {
    for file in written_files(&root())? {
        let destination = copy.join(file.strip_prefix(root())?);
        if let Some(folder) = destination.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, destination).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::shell_blocks;

    #[test]
    fn finds_what_people_are_told_to_type() {
        let markdown = "# A\n```sh\ncargo xtask demo\ncargo xtask test # all\n```\n```rust\nlet a = 1;\n```\n\n\
                        ```sh\ncargo xtask bench rust\n```\n```sh\necho 1\n\necho 2\n```\n";
        assert_eq!(shell_blocks(markdown), ["cargo xtask demo\n", "echo 1\n\necho 2\n"]);
    }
}
