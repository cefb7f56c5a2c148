//! Bodies in many small pieces.

use std::{env, fs, future::ready, process::Command};

use tokio::io::AsyncWriteExt as _;

use crate::support::{PATIENCE, Server, answer, builder, signature};

/// The most memory that this process has ever used, in bytes, as Linux counts it.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? * 1_024)
}

/// In a process of its own, because what is measured is a process.
#[test]
fn a_body_in_pieces_of_a_byte_costs_a_few_times_its_size_at_most() {
    let mut alone = Command::new(env::current_exe().unwrap());
    alone.args(["--exact", "pieces::measured", "--ignored", "--nocapture"]);
    assert!(alone.status().unwrap().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the test above runs it"]
async fn measured() {
    // On a busy machine the client may need long to send it.
    let receiver = builder().on_every(|_, _| ready(())).body_timeout(PATIENCE).build().unwrap();
    let server = Server::of(receiver).await;
    let body = format!("\"{}\"", "a".repeat((1 << 17) - 2));
    let head = format!("POST / HTTP/1.1\r\nHost: crm\r\nTransfer-Encoding: chunked\r\n{}\r\n", signature(&body));
    let mut request = head.into_bytes();
    for byte in body.bytes() {
        request.extend_from_slice(&[b'1', b'\r', b'\n', byte, b'\r', b'\n']);
    }
    request.extend_from_slice(b"0\r\n\r\n");
    let before = peak();
    let mut stream = server.connect().await;
    stream.write_all(&request).await.unwrap();
    assert_eq!(answer(&mut stream).await, "200 {\"outcome\":\"handled\"}");
    if let (Some(before), Some(after)) = (before, peak()) {
        println!("{} bytes for a body of {}", after - before, body.len());
        assert!(after - before < 16 * body.len(), "{} bytes for a body of {}", after - before, body.len());
    }
}
