//! Runs commands, aloud or into a log.

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, ensure};

use crate::workspace;

pub(crate) struct Shell {
    log: Option<File>,
    /// Whether only what commands print goes there, and not what this program says.
    narrates: bool,
}

impl Shell {
    /// What commands print goes where this program's own output goes.
    pub(crate) const fn loud() -> Self {
        Self { log: None, narrates: true }
    }

    /// Everything goes into a file.
    pub(crate) fn logging_to(file: &Path) -> anyhow::Result<Self> {
        let log = File::create(file).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Self { log: Some(log), narrates: false })
    }

    /// What commands print goes into a file; which commands run is said.
    pub(crate) fn narrating(file: &Path) -> anyhow::Result<Self> {
        Ok(Self { narrates: true, ..Self::logging_to(file)? })
    }

    /// Runs a command in the repository's root, unless it names another folder, and fails if it does.
    pub(crate) fn run(&self, command: &mut Command) -> anyhow::Result<()> {
        self.prepare(command)?;
        if let Some(log) = &self.log {
            command.stdout(log.try_clone()?);
        }
        let status = command.status().with_context(|| format!("cannot start {}", words(command)))?;
        ensure!(status.success(), "{} ended with {status}", words(command));
        Ok(())
    }

    /// Runs a command and gives what it printed.
    pub(crate) fn read(&self, command: &mut Command) -> anyhow::Result<String> {
        self.prepare(command)?;
        if self.log.is_none() {
            command.stderr(Stdio::inherit());
        }
        let output = command.output().with_context(|| format!("cannot start {}", words(command)))?;
        ensure!(output.status.success(), "{} ended with {}", words(command), output.status);
        String::from_utf8(output.stdout).with_context(|| format!("{} printed what is not UTF-8", words(command)))
    }

    /// Prints one line.
    pub(crate) fn say(&self, line: &str) -> anyhow::Result<()> {
        match &self.log {
            Some(log) if !self.narrates => writeln!(&*log, "{line}")?,
            _ => println!("{line}"),
        }
        Ok(())
    }

    fn prepare(&self, command: &mut Command) -> anyhow::Result<()> {
        if command.get_current_dir().is_none() {
            command.current_dir(workspace::root());
        }
        command.envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, workspace::scratch())));
        if let Some(log) = &self.log {
            writeln!(&*log, "$ {}", words(command))?;
            command.stdin(Stdio::null()).stderr(log.try_clone()?);
        }
        match &self.log {
            None => eprintln!("$ {}", words(command)),
            Some(_) if self.narrates => println!("        $ {}", in_short(&words(command))),
            Some(_) => {}
        }
        Ok(())
    }
}

/// A program with its arguments.
pub(crate) fn command<'a>(program: &str, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

/// Cargo as rustup provides it, so that `+toolchain` works; its arguments as one text without quoting.
pub(crate) fn cargo(arguments: &str) -> Command {
    command("cargo", arguments.split_whitespace())
}

fn words(command: &Command) -> String {
    let all = std::iter::once(command.get_program()).chain(command.get_args());
    all.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// As much of a command as fits into a line, without the paths of this checkout.
fn in_short(words: &str) -> String {
    let words = words.replace(&format!("{}/", workspace::root().display()), "");
    words.chars().take(100).collect()
}
