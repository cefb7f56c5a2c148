//! The verdicts, as they come in: a code, or the kind of an event and its name.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use anyhow::ensure;
use serde_json::Value;

use crate::shell::Shell;

pub(super) struct Board<'s> {
    shell: &'s Shell,
    /// Each with the verdict that is expected.
    pub(super) deliveries: Vec<Value>,
    started: Instant,
    /// By whom, and of each delivery.
    columns: Mutex<Vec<(String, Vec<Value>)>>,
}

const COLUMNS: usize = 4;

impl<'s> Board<'s> {
    pub(super) fn new(shell: &'s Shell, deliveries: Vec<Value>) -> Self {
        Self { shell, deliveries, started: Instant::now(), columns: Mutex::default() }
    }

    /// Says what happens, with the time since the start.
    pub(super) fn say(&self, what: &str) -> anyhow::Result<()> {
        self.shell.say(&format!("{:4.0} s  {what}", self.started.elapsed().as_secs_f64()))
    }

    /// Takes what somebody says of each delivery.
    pub(super) fn take(&self, name: &str, verdicts: Vec<Value>) -> anyhow::Result<()> {
        let all = self.deliveries.len();
        ensure!(verdicts.len() == all, "{name} gave {} verdicts on {all} deliveries", verdicts.len());
        let right = self.right(&verdicts);
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        columns.push((name.to_owned(), verdicts));
        let left = COLUMNS - columns.len();
        self.say(&format!("{name}: {right} of {all} verdicts are as expected; {left} of {COLUMNS} columns are left"))
    }

    /// Prints the columns there are.
    pub(super) fn show(&self) -> anyhow::Result<()> {
        let columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        let line = |delivery: &str, verdict: &str, event: &str, says: String| {
            self.shell.say(format!("{delivery:32}{verdict:21}{event:33}{says}").trim_end())
        };
        let names = columns.iter().map(|(name, _)| format!("{name:8}"));
        line("\ndelivery", "verdict", "event", names.collect())?;
        for (index, delivery) in self.deliveries.iter().enumerate() {
            let text = |member| delivery[member].as_str();
            let says = columns.iter().map(|(_, column)| match &column[index] {
                said if agree(delivery, said) => format!("{:8}", "ok"),
                said => format!("SAYS {said} "),
            });
            let event = text("eventName").or_else(|| text("kind")).unwrap_or_default();
            let verdict = text("code").unwrap_or("authentic");
            line(text("name").unwrap_or_default(), verdict, event, says.collect())?;
        }
        self.shell.say("")
    }

    /// Fails unless every verdict of everybody is the expected one.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        let is_right = |column: &[Value]| self.right(column) == self.deliveries.len();
        ensure!(columns.len() == COLUMNS, "a column is missing");
        ensure!(columns.iter().all(|(_, column)| is_right(column)), "a verdict is wrong: see SAYS in the table");
        self.say(&format!("{} deliveries, every verdict as expected", self.deliveries.len()))
    }

    fn right(&self, verdicts: &[Value]) -> usize {
        self.deliveries.iter().zip(verdicts).filter(|(expected, said)| agree(expected, said)).count()
    }
}

fn agree(expected: &Value, said: &Value) -> bool {
    ["code", "kind", "eventName"].iter().all(|member| expected[member] == said[member])
}
