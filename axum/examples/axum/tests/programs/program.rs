//! An example that runs, and requests to it.

use std::{
    io::{BufRead as _, BufReader, Read, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

pub(crate) struct Program {
    child: Child,
    port: u16,
    printed: Receiver<String>,
    logged: Receiver<String>,
}

impl Program {
    /// Once it listens.
    pub(crate) fn begin(file: &str, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(file);
        command.envs(settings.iter().copied()).env("PORT", "0").stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let printed = lines(child.stdout.take().expect("a pipe"));
        let logged = lines(child.stderr.take().expect("a pipe"));
        let first = printed.recv_timeout(PATIENCE).expect("it listens");
        let port = first.strip_prefix("listening on ").and_then(|port| port.parse().ok()).expect("a port");
        Self { child, port, printed, logged }
    }

    /// The next line that it prints.
    pub(crate) fn printed(&self) -> String {
        self.printed.recv_timeout(PATIENCE).expect("a line")
    }

    /// The next line of its log.
    pub(crate) fn logged(&self) -> String {
        self.logged.recv_timeout(PATIENCE).expect("a line")
    }

    pub(crate) fn has_printed_nothing_more(&self) -> bool {
        self.printed.try_recv().is_err()
    }

    /// The status and the word that is answered to a delivery that is signed with this secret.
    pub(crate) fn deliver(&self, path: &str, body: &str, secret: &str) -> String {
        let timestamp = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
        let tag = hex::encode(hmac_sha256::HMAC::mac(format!("{timestamp}:{body}"), secret));
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        let signature = format!("X-Twenty-Webhook-Timestamp: {timestamp}\r\nX-Twenty-Webhook-Signature: {tag}");
        let lengths = format!("Content-Length: {}\r\nConnection: close", body.len());
        write!(stream, "POST {path} HTTP/1.1\r\nHost: crm\r\n{signature}\r\n{lengths}\r\n\r\n{body}")
            .expect("it is taken");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).expect("a status");
        format!("{status} {}", body.split('"').nth(3).expect("a word"))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (told, lines) = channel();
    thread::spawn(move || BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| told.send(line)));
    lines
}

/// Long enough for any machine.
const PATIENCE: Duration = Duration::from_secs(60);
