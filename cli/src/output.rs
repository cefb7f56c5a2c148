//! Standard output, which may be a terminal, a file or closed.

use std::io::{self, IsTerminal as _, Write};

use anyhow::Context as _;

use crate::json_text;

pub(crate) struct Output {
    stream: Box<dyn Write>,
    is_terminal: bool,
}

impl Output {
    pub(crate) fn of_the_process() -> Self {
        let stdout = io::stdout();
        Self { is_terminal: stdout.is_terminal(), stream: Box::new(stdout) }
    }

    /// Prints text that is fit for a terminal. That nobody reads any further is no failure.
    pub(crate) fn print(&mut self, text: &str) -> anyhow::Result<()> {
        match self.stream.write_all(text.as_bytes()).and_then(|()| self.stream.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(error).context("cannot write standard output")
            }
            _ => Ok(()),
        }
    }

    /// Prints JSON text and a line end: as it is for programs, harmless and without queries for a terminal.
    pub(crate) fn print_json(&mut self, json: &str) -> anyhow::Result<()> {
        if self.is_terminal {
            self.print(&(json_text::for_people(json) + "\n"))
        } else {
            self.print(&format!("{json}\n"))
        }
    }
}
