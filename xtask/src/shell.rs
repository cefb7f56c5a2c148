//! Runs commands, aloud or into a log.

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};

use anyhow::{Context as _, ensure};

use crate::workspace;

pub(crate) struct Shell {
    log: Option<File>,
}

impl Shell {
    /// What commands print goes where this program's own output goes.
    pub(crate) const fn loud() -> Self {
        Self { log: None }
    }

    /// What commands print goes into a file.
    pub(crate) fn logging_to(file: &Path) -> anyhow::Result<Self> {
        let log = File::create(file).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Self { log: Some(log) })
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
        let Output { status, stdout, .. } = command
            .stdout(Stdio::piped())
            .spawn()
            .and_then(std::process::Child::wait_with_output)
            .with_context(|| format!("cannot start {}", words(command)))?;
        ensure!(status.success(), "{} ended with {status}", words(command));
        String::from_utf8(stdout).with_context(|| format!("{} printed what is not UTF-8", words(command)))
    }

    /// Prints one line.
    pub(crate) fn say(&self, line: &str) -> anyhow::Result<()> {
        match &self.log {
            Some(log) => writeln!(&*log, "{line}")?,
            None => println!("{line}"),
        }
        Ok(())
    }

    fn prepare(&self, command: &mut Command) -> anyhow::Result<()> {
        if command.get_current_dir().is_none() {
            command.current_dir(workspace::root());
        }
        match &self.log {
            Some(log) => {
                self.say(&format!("$ {}", words(command)))?;
                command.stdin(Stdio::null()).stderr(log.try_clone()?);
            }
            None => eprintln!("$ {}", words(command)),
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
