//! Runs `listen` beside a test.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, ChildStderr},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use anyhow::Context as _;

use crate::{
    delivery::SECRET,
    program::{VARIABLE, program},
};

pub(crate) struct Listening {
    child: Child,
    pub(crate) address: String,
    lines: Receiver<String>,
    stderr: BufReader<ChildStderr>,
}

impl Listening {
    pub(crate) fn new(options: &[&str]) -> anyhow::Result<Self> {
        let mut child = program().env(VARIABLE, SECRET).args(["listen", "--port", "0"]).args(options).spawn()?;
        let stdout = BufReader::new(child.stdout.take().context("no output")?);
        let mut stderr = BufReader::new(child.stderr.take().context("no errors")?);
        let (sender, lines) = channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut said = String::new();
        stderr.read_line(&mut said)?;
        let address = said.strip_prefix("listening on http://").and_then(|rest| rest.split_once(". "));
        let address = address.with_context(|| said.clone())?.0.to_owned();
        Ok(Self { child, address, lines, stderr })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// The next line. What takes so long hangs.
    pub(crate) fn line(&self) -> anyhow::Result<String> {
        self.lines.recv_timeout(Duration::from_secs(600)).context("no line")
    }

    /// Sends a request as it is, and gives the first line of the answer.
    pub(crate) fn ask(&self, request: &[u8]) -> anyhow::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(request)?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }

    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: &str) -> anyhow::Result<()> {
        let id = self.child.id().to_string();
        anyhow::ensure!(std::process::Command::new("kill").args([signal, &id]).status()?.success(), "cannot signal it");
        Ok(())
    }

    /// The next line of what it says of errors.
    #[cfg(unix)]
    pub(crate) fn error_line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.stderr.read_line(&mut line)?;
        Ok(line)
    }

    /// Asks it to stop, and gives its exit code, and what else it said of errors.
    #[cfg(unix)]
    pub(crate) fn stop(mut self, signal: &str) -> anyhow::Result<(Option<i32>, String)> {
        self.signal(signal)?;
        let mut said = String::new();
        self.stderr.read_to_string(&mut said)?;
        Ok((self.child.wait()?.code(), said))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
