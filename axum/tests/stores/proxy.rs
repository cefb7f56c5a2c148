//! What stands between a store and its server, and does what networks do.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{TcpListener, UnixStream},
    sync::watch,
    task::AbortHandle,
    time::{Duration, sleep},
};

/// What becomes of the server's answers.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Manner {
    Passes,
    /// They wait until the manner is another.
    Holds,
    Delays(Duration),
    /// The connection ends in place of the next answer; then all passes.
    LosesOne,
}

pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    manner: Arc<watch::Sender<Manner>>,
    task: AbortHandle,
}

impl Proxy {
    /// To the socket of a server.
    pub(crate) async fn to(socket: PathBuf) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let manner = Arc::new(watch::Sender::new(Manner::Passes));
        let told = Arc::clone(&manner);
        let serve = async move {
            while let Ok((client, _)) = listener.accept().await {
                // Where there is no server, the connection ends.
                let Ok(server) = UnixStream::connect(&socket).await else { continue };
                let told = Arc::clone(&told);
                tokio::spawn(async move {
                    let ((mut asked, mut answered), (mut answers, mut asks)) =
                        (client.into_split(), server.into_split());
                    let mut piece = vec![0; 65_536];
                    let passing = async {
                        while let Ok(1..) = answers.read(&mut piece).await.inspect(|bytes| piece.truncate(*bytes)) {
                            if !passes(&told).await || answered.write_all(&piece).await.is_err() {
                                break;
                            }
                            piece.resize(65_536, 0);
                        }
                    };
                    tokio::select! { () = passing => {}, _ = copy(&mut asked, &mut asks) => {} }
                });
            }
        };
        Self { address, manner, task: tokio::spawn(serve).abort_handle() }
    }

    pub(crate) fn set(&self, manner: Manner) {
        self.manner.send_replace(manner);
    }
}

/// Whether an answer is passed on, when it is time.
async fn passes(told: &watch::Sender<Manner>) -> bool {
    let manner = *told.subscribe().wait_for(|manner| *manner != Manner::Holds).await.expect("it is there");
    match manner {
        Manner::Delays(time) => sleep(time).await,
        Manner::LosesOne => {
            told.send_replace(Manner::Passes);
            return false;
        }
        Manner::Passes | Manner::Holds => {}
    }
    true
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}
