//! The demo: genuine deliveries and the classic mistakes, each verified, in one table.

mod board;
mod deliveries;
mod implementations;
mod table;

use std::thread;

use anyhow::anyhow;

use crate::{dist, provision::Need, shell::Shell, workspace::fresh_directory};
use board::Board;

/// Node is the sender, too, and Python the middleware that prints JSON anew.
pub(crate) const NEEDS: &[Need] = dist::NEEDS;

/// Shows what Rust says at once, and the rest when it is built. Fails if any verdict is not the expected one.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let deliveries = deliveries::make(shell, &fresh_directory("demo-vectors")?)?;
    let board = &Board::new(shell, &deliveries);
    let verdicts = deliveries.iter().map(implementations::rust).collect::<anyhow::Result<Vec<_>>>()?;
    board.take("rust", &verdicts)?;
    board.show()?;
    board.say("building the npm package and the wheel, which verify the same")?;
    thread::scope(|scope| {
        let builds = [implementations::javascript, implementations::python];
        let builds = builds.map(|verify| scope.spawn(move || verify(shell, board)));
        let results = builds.map(|build| build.join().unwrap_or_else(|_| Err(anyhow!("a build panicked"))));
        results.into_iter().collect::<anyhow::Result<()>>()
    })?;
    board.show()?;
    board.check()
}
