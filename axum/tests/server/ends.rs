//! The end of a server.

use std::{net::Ipv4Addr, sync::Arc};

use axum::Router;
use tokio::{
    net::TcpListener,
    sync::{Notify, oneshot},
    time::timeout,
};

use crate::support::{PATIENCE, Seen, builder, person, signature};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handler_in_the_background_outlives_the_server_until_it_is_drained() {
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
    };

    let (seen, finish) = (Seen::default(), Arc::new(Notify::new()));
    let (noted, finished) = (seen.clone(), Arc::clone(&finish));
    let receiver = builder()
        .on_every(move |_, _| {
            let (seen, finish) = (noted.clone(), Arc::clone(&finished));
            async move {
                finish.notified().await;
                seen.note("handled");
            }
        })
        .background()
        .build()
        .unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let app = Router::new().route_service("/", receiver.clone());
    let serving = tokio::spawn(async {
        axum::serve(listener, app).with_graceful_shutdown(async { stopped.await.unwrap_or_default() }).await
    });

    let body = person("1");
    let lengths = format!("Content-Length: {}\r\nConnection: close\r\n", body.len());
    let request = format!("POST / HTTP/1.1\r\nHost: crm\r\n{lengths}{}\r\n{body}", signature(&body));
    let (mut stream, mut answer) = (TcpStream::connect(address).await.unwrap(), String::new());
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with(r#"{"outcome":"accepted"}"#), "{answer}");
    stop.send(()).unwrap();
    timeout(PATIENCE, serving).await.expect("it ends").unwrap().unwrap();
    assert_eq!(seen.lines(0).await.len(), 0);
    finish.notify_one();
    timeout(PATIENCE, receiver.drain()).await.expect("it ends");
    assert_eq!(seen.lines(0).await, ["handled"]);
}
