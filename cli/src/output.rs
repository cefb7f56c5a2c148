//! Standard output, which may be a terminal, a file or closed.

use std::io::{self, IsTerminal as _, Write};

use anyhow::Context as _;

use crate::json_text;

pub(crate) struct Output {
    stream: Box<dyn Write>,
    is_terminal: bool,
    is_closed: bool,
}

impl Output {
    pub(crate) fn of_the_process() -> Self {
        let stdout = io::stdout();
        Self { is_terminal: stdout.is_terminal(), stream: Box::new(stdout), is_closed: false }
    }

    /// Prints text that is fit for a terminal. That nobody reads any further is no failure.
    pub(crate) fn print(&mut self, text: &str) -> anyhow::Result<()> {
        match self.stream.write_all(text.as_bytes()).and_then(|()| self.stream.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(error).context("cannot write standard output")
            }
            written => {
                self.is_closed |= written.is_err();
                Ok(())
            }
        }
    }

    /// Whether nobody reads any further.
    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed
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

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
    };

    use super::Output;

    #[derive(Clone, Default)]
    struct Printed(Arc<Mutex<Vec<u8>>>);

    impl Write for Printed {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().map_err(|_| io::ErrorKind::Other)?.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn json_is_exact_for_programs_and_harmless_on_a_terminal() -> anyhow::Result<()> {
        let json = "{\"targetUrl\":\"https://a/?token=1\",\"x\":\"\u{202e}\"}";
        for (is_terminal, expected) in
            [(false, format!("{json}\n")), (true, "{\"targetUrl\":\"https://a/?...\",\"x\":\"\\u202e\"}\n".to_owned())]
        {
            let printed = Printed::default();
            Output { stream: Box::new(printed.clone()), is_terminal, is_closed: false }.print_json(json)?;
            let bytes = printed.0.lock().map(|bytes| bytes.clone()).unwrap_or_default();
            assert_eq!(String::from_utf8(bytes)?, expected);
        }
        Ok(())
    }
}
