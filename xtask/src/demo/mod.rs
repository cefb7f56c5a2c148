//! The demo: genuine deliveries and the classic mistakes, each verified, in one table.

mod deliveries;
mod implementations;
mod table;

use anyhow::ensure;

use crate::{dist, provision::Need, shell::Shell, vectors, workspace::fresh_directory};
use deliveries::{Delivery, Verdict};
use implementations::Implementations;

/// Node is the sender, too, and Python the middleware that prints JSON anew.
pub(crate) const NEEDS: &[Need] = dist::NEEDS;

/// Fails if any verdict is not the expected one.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let fresh = fresh_directory("demo-vectors")?;
    shell.read(&mut vectors::oracle(&fresh))?;
    let mut deliveries = deliveries::read(&fresh.join("deliveries.json"))?;
    deliveries.push(deliveries::printed_anew_by_python(shell, &fresh, &deliveries)?);

    let heads = ["delivery", "verdict", "code", "event"].into_iter().chain(Implementations::NAMES).map(str::to_owned);
    let mut rows: Vec<Vec<String>> = vec![heads.collect()];
    let columns = Implementations::install(shell)?.verify(&deliveries)?;
    for column in &columns {
        ensure!(column.len() == deliveries.len(), "a verdict is missing");
    }
    let mut wrong = 0;
    for (index, delivery) in deliveries.iter().enumerate() {
        let verdicts = columns.each_ref().map(|column| &column[index]);
        wrong += verdicts.iter().filter(|verdict| ***verdict != delivery.expected).count();
        rows.push(row(delivery, verdicts));
    }
    shell.say(&table::layout(&rows))?;
    ensure!(wrong == 0, "{wrong} verdicts are not the expected ones");
    shell.say(&format!("{} deliveries, every verdict as expected", deliveries.len()))
}

/// What the first implementation says, and whether each says what is expected.
fn row(delivery: &Delivery, verdicts: [&Verdict; 4]) -> Vec<String> {
    let [verdict, code, event] = verdicts[0].cells();
    let agreements = verdicts.map(|verdict| {
        if *verdict == delivery.expected { "ok".to_owned() } else { format!("SAYS {}", verdict.cells().join(" ")) }
    });
    [delivery.name.clone(), verdict, code, event].into_iter().chain(agreements).collect()
}
