//! A PostgreSQL of a test's own, as Debian has it.

use std::{
    fs,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use deadpool_postgres::{Config, Pool, PoolConfig, Runtime};
use tempfile::TempDir;
use tokio::time::sleep;
use tokio_postgres::NoTls;
use twenty_webhook_axum::{PostgresReplayStore, ReplayTable};

use crate::deliveries::PATIENCE;

pub(crate) struct Postgres {
    folder: TempDir,
    server: Child,
}

impl Postgres {
    /// Begins one with the table in it.
    pub(crate) async fn begin() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        if let Some((user, group)) = substitute() {
            chown(folder.path(), Some(user), Some(group)).expect("it is given away");
        }
        let data = folder.path().join("data");
        let made = program("initdb")
            .args(["--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C", "--pgdata"])
            .arg(&data)
            .stdout(Stdio::null())
            .status();
        assert!(made.expect("initdb runs").success());
        let server = serve(folder.path());
        let mut postgres = Self { folder, server };
        postgres.wait().await;
        let table = table();
        postgres.pool().get().await.expect("a connection").batch_execute(table.create()).await.expect("a table");
        postgres
    }

    /// Where its socket is.
    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.path().join(".s.PGSQL.5432")
    }

    pub(crate) fn host(&self) -> String {
        self.folder.path().to_str().expect("text").to_owned()
    }

    pub(crate) fn pool(&self) -> Pool {
        pool(&self.host(), 5432)
    }

    /// Kills it as a crash of the machine does: with the processes of its connections, which would answer for a while.
    pub(crate) fn crash(&mut self) {
        let id = self.server.id();
        let others = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).expect("it has processes");
        self.server.kill().expect("it runs");
        Command::new("kill").arg("-KILL").args(others.split_whitespace()).status().expect("kill runs");
        self.server.wait().expect("it ends");
    }

    /// Begins it again.
    pub(crate) async fn restart(&mut self) {
        self.server = serve(self.folder.path());
        self.wait().await;
    }

    async fn wait(&mut self) {
        let begun = Instant::now();
        while self.pool().get().await.is_err() {
            assert!(begun.elapsed() < PATIENCE, "{}", fs::read_to_string(self.folder.path().join("log")).unwrap());
            if self.server.try_wait().expect("it is ours").is_some() {
                // What served connections before a crash had not ended yet.
                self.server = serve(self.folder.path());
            }
            sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // It gives its shared memory back.
        Command::new("kill").args(["-INT", &self.server.id().to_string()]).status().ok();
        self.server.wait().ok();
    }
}

pub(crate) fn pool(host: &str, port: u16) -> Pool {
    let mut config = Config::new();
    (config.host, config.port) = (Some(host.to_owned()), Some(port));
    (config.user, config.dbname) = (Some("postgres".to_owned()), Some("postgres".to_owned()));
    config.pool = Some(PoolConfig::new(8));
    config.create_pool(Some(Runtime::Tokio1), NoTls).expect("a pool")
}

pub(crate) fn table() -> ReplayTable {
    ReplayTable::new(ReplayTable::DEFAULT_NAME).expect("a name")
}

pub(crate) fn store(host: &str, port: u16) -> PostgresReplayStore {
    PostgresReplayStore::new(pool(host, port), table())
}

fn serve(folder: &Path) -> Child {
    let log = fs::File::options().create(true).append(true).open(folder.join("log")).expect("a log");
    let mut server = program("postgres");
    server.arg("-D").arg(folder.join("data")).arg("-k").arg(folder).args(["-h", "", "-c", "fsync=off"]);
    server.stdout(Stdio::null()).stderr(log).spawn().expect("postgres runs")
}

/// Debian keeps them out of the search path.
fn program(name: &str) -> Command {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions.map(|version| version.path().join("bin").join(name)).filter(|path| path.exists()).max();
    let mut command = Command::new(newest.unwrap_or_else(|| name.into()));
    if let Some((user, group)) = substitute() {
        command.uid(user).gid(group).current_dir("/");
    }
    command
}

/// Who runs it for root, whom it does not serve.
fn substitute() -> Option<(u32, u32)> {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().expect("id runs");
        String::from_utf8_lossy(&output.stdout).trim().parse::<u32>().ok()
    };
    (id(&["-u"]) == Some(0)).then(|| id(&["-u", "postgres"]).zip(id(&["-g", "postgres"])))?
}
