//! The verdicts, as they come in.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use anyhow::ensure;

use super::{
    deliveries::{Delivery, Verdict},
    table,
};
use crate::shell::Shell;

pub(super) struct Board<'d> {
    shell: &'d Shell,
    pub(super) deliveries: &'d [Delivery],
    started: Instant,
    /// In the order of the names; empty until it is there.
    columns: Mutex<[Vec<Verdict>; NAMES.len()]>,
}

const NAMES: [&str; 4] = ["rust", "node", "wasm", "python"];

impl<'d> Board<'d> {
    pub(super) fn new(shell: &'d Shell, deliveries: &'d [Delivery]) -> Self {
        Self { shell, deliveries, started: Instant::now(), columns: Mutex::default() }
    }

    /// Says what happens, with the time since the start.
    pub(super) fn say(&self, what: &str) -> anyhow::Result<()> {
        self.shell.say(&format!("{:4.0} s  {what}", self.started.elapsed().as_secs_f64()))
    }

    /// Takes what the implementation of this name says of each delivery.
    pub(super) fn take(&self, name: &str, verdicts: &[Verdict]) -> anyhow::Result<()> {
        ensure!(verdicts.len() == self.deliveries.len(), "{name} gave {} verdicts", verdicts.len());
        let right = self.deliveries.iter().zip(verdicts).filter(|(delivery, said)| delivery.expected == **said).count();
        let to_come = {
            let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
            for (column, _) in columns.iter_mut().zip(NAMES).filter(|(_, known)| *known == name) {
                verdicts.clone_into(column);
            }
            let missing = columns.iter().zip(NAMES).filter(|(column, _)| column.is_empty()).map(|(_, name)| name);
            missing.collect::<Vec<_>>().join(", ")
        };
        let rest = if to_come.is_empty() { String::new() } else { format!("; still to come: {to_come}") };
        self.say(&format!("{name}: {right} of {} verdicts are as expected{rest}", verdicts.len()))
    }

    /// Prints the columns there are.
    pub(super) fn show(&self) -> anyhow::Result<()> {
        let columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        let there: Vec<_> = columns.iter().zip(NAMES).filter(|(column, _)| !column.is_empty()).collect();
        let heads = ["delivery", "verdict", "code", "event"].into_iter().chain(there.iter().map(|(_, name)| *name));
        let mut rows: Vec<Vec<String>> = vec![heads.map(str::to_owned).collect()];
        for (index, delivery) in self.deliveries.iter().enumerate() {
            let agreements = there.iter().map(|(column, _)| match &column[index] {
                verdict if *verdict == delivery.expected => "ok".to_owned(),
                verdict => format!("SAYS {}", verdict.cells().join(" ")),
            });
            let said = there.first().map(|(column, _)| column[index].cells()).into_iter().flatten();
            rows.push(std::iter::once(delivery.name.clone()).chain(said).chain(agreements).collect());
        }
        self.shell.say(&format!("\n{}\n", table::layout(&rows)))
    }

    /// Fails unless every verdict of every implementation is the expected one.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        let expected = self.deliveries.iter().map(|delivery| &delivery.expected);
        ensure!(
            columns.iter().all(|column| column.iter().eq(expected.clone())),
            "a verdict is not the expected one: see SAYS in the table"
        );
        self.say(&format!("{} deliveries, every verdict as expected", self.deliveries.len()))
    }
}
