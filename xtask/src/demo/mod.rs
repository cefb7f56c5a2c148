//! The demo: genuine deliveries and the classic mistakes, each verified, in one table.

mod deliveries;
mod implementations;
mod table;

use anyhow::ensure;

use crate::{provision::Need, shell::Shell, vectors, workspace::fresh_directory};
use deliveries::{Delivery, Verdict};
use implementations::IMPLEMENTATIONS;

/// Node is the sender, Python the middleware that prints JSON anew.
pub(crate) const NEEDS: &[Need] = &[Need::Node, Need::Python];

/// Fails if any verdict is not the expected one.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let fresh = fresh_directory("demo-vectors")?;
    shell.read(&mut vectors::oracle(&fresh))?;
    let mut deliveries = deliveries::read(&fresh.join("deliveries.json"))?;
    deliveries.push(deliveries::printed_anew_by_python(shell, &fresh, &deliveries)?);

    let names = IMPLEMENTATIONS.iter().map(|implementation| implementation.name.to_owned());
    let heads = ["delivery", "verdict", "code", "event"].map(str::to_owned).into_iter().chain(names).collect();
    let mut rows: Vec<Vec<String>> = vec![heads];
    let mut wrong = 0;
    for delivery in &deliveries {
        let verdicts = IMPLEMENTATIONS.iter().map(|implementation| (implementation.verify)(delivery));
        let verdicts = verdicts.collect::<anyhow::Result<Vec<_>>>()?;
        wrong += verdicts.iter().filter(|verdict| **verdict != delivery.expected).count();
        rows.push(row(delivery, &verdicts));
    }
    shell.say(&table::layout(&rows))?;
    ensure!(wrong == 0, "{wrong} verdicts are not the expected ones");
    shell.say(&format!("{} deliveries, every verdict as expected", deliveries.len()))
}

/// What the first implementation says, and whether each says what is expected.
fn row(delivery: &Delivery, verdicts: &[Verdict]) -> Vec<String> {
    let [verdict, code, event] = verdicts.first().map(Verdict::cells).unwrap_or_default();
    let agreements = verdicts.iter().map(|verdict| {
        let expected = delivery.expected.cells().join(" ");
        if *verdict == delivery.expected { "ok".to_owned() } else { format!("EXPECTED {expected}") }
    });
    [delivery.name.clone(), verdict, code, event].into_iter().chain(agreements).collect()
}
