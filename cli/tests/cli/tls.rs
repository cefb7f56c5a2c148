//! `types --url` and `send` over TLS.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    path::Path,
    process::Command,
    sync::Arc,
    thread,
};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use crate::{
    metadata_server::{KEY, ROCKET},
    program::{answer, program},
};

/// Certificates are those of the system, or of the file that `SSL_CERT_FILE` names, and nobody else's.
#[test]
fn a_certificate_must_be_trusted() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let certificate = folder.path().join("certificate.pem");
    let url = server(&certificate, 2)?;
    let mut program = program();
    program.env(KEY, "a key").args(["types", "--lang", "typescript", "--url", &url]);

    let taken = once_trusted(&mut program, &certificate)?;
    assert!(taken.contains("  rocket: Rocket;\n"), "{taken}");
    Ok(())
}

#[test]
fn a_receiver_is_one_that_is_trusted_too() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let certificate = folder.path().join("certificate.pem");
    let url = server(&certificate, 2)?;
    let mut program = program();
    program.args(["send", "person.created", "--unsigned", "--to", &url]);

    let taken = once_trusted(&mut program, &certificate)?;
    assert!(taken.starts_with("200 OK in "), "{taken}");
    Ok(())
}

/// What the program prints once the certificate is trusted; before that it is refused.
fn once_trusted(program: &mut Command, certificate: &Path) -> anyhow::Result<String> {
    let refused = answer(program.env_remove("SSL_CERT_FILE"), b"")?;
    assert_eq!((refused.exit_code, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.contains("certificate"), "{}", refused.stderr);

    let taken = answer(program.env("SSL_CERT_FILE", certificate), b"")?;
    assert_eq!((taken.exit_code, taken.stderr.as_str()), (0, ""));
    Ok(taken.stdout)
}

/// Answers so many connections, and writes its certificate to a file.
fn server(file: &Path, connections: usize) -> anyhow::Result<String> {
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    fs::write(file, certified.cert.pem())?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)?;
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("https://localhost:{}", listener.local_addr()?.port());
    thread::spawn(move || {
        for connection in listener.incoming().take(connections) {
            // A client that does not trust it goes away.
            let _ = ServerConnection::new(Arc::clone(&config))
                .map_err(anyhow::Error::from)
                .and_then(|tls| respond(StreamOwned::new(tls, connection?)));
        }
    });
    Ok(url)
}

fn respond(stream: StreamOwned<ServerConnection, std::net::TcpStream>) -> anyhow::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length: ") {
            length = value.parse()?;
        }
    }
    std::io::copy(&mut reader.by_ref().take(length), &mut std::io::sink())?;
    let mut stream = reader.into_inner();
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{ROCKET}", ROCKET.len())?;
    stream.flush()?;
    stream.conn.send_close_notify();
    stream.flush()?;
    Ok(())
}
