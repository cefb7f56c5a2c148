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
    /// In the order of the names; empty until it is there.
    columns: Mutex<[Vec<Value>; NAMES.len()]>,
}

const NAMES: [&str; 4] = ["rust", "node", "wasm", "python"];

impl<'s> Board<'s> {
    pub(super) fn new(shell: &'s Shell, deliveries: Vec<Value>) -> Self {
        Self { shell, deliveries, started: Instant::now(), columns: Mutex::default() }
    }

    /// Says what happens, with the time since the start.
    pub(super) fn say(&self, what: &str) -> anyhow::Result<()> {
        self.shell.say(&format!("{:4.0} s  {what}", self.started.elapsed().as_secs_f64()))
    }

    /// Takes what the implementation of this name says of each delivery.
    pub(super) fn take(&self, name: &str, verdicts: &[Value]) -> anyhow::Result<()> {
        let all = self.deliveries.len();
        ensure!(verdicts.len() == all, "{name} gave {} verdicts on {all} deliveries", verdicts.len());
        let right = self.deliveries.iter().zip(verdicts).filter(|(expected, said)| agree(expected, said)).count();
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        for (column, _) in columns.iter_mut().zip(NAMES).filter(|(_, known)| *known == name) {
            verdicts.clone_into(column);
        }
        let missing: Vec<_> =
            NAMES.iter().zip(&*columns).filter(|(_, column)| column.is_empty()).map(|(name, _)| *name).collect();
        let rest = match missing.len() {
            0 => "nothing is left".to_owned(),
            left => format!("{left} left: {}", missing.join(", ")),
        };
        self.say(&format!("{name}: {right} of {all} verdicts are as expected; {rest}"))
    }

    /// Prints the columns there are.
    pub(super) fn show(&self) -> anyhow::Result<()> {
        let columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        let there: Vec<_> = NAMES.iter().zip(&*columns).filter(|(_, column)| !column.is_empty()).collect();
        let line = |what: [&str; 3], says: Vec<String>| {
            let [delivery, verdict, event] = what;
            self.shell.say(format!("{delivery:32}{verdict:21}{event:33}{}", says.concat()).trim_end())
        };
        line(["\ndelivery", "verdict", "event"], there.iter().map(|(name, _)| format!("{name:8}")).collect())?;
        for (index, delivery) in self.deliveries.iter().enumerate() {
            let text = |member| delivery[member].as_str();
            let says = there.iter().map(|(_, column)| match &column[index] {
                said if agree(delivery, said) => format!("{:8}", "ok"),
                said => format!("SAYS {said} "),
            });
            let verdict = text("code").unwrap_or("authentic");
            let event = text("eventName").or_else(|| text("kind")).unwrap_or_default();
            line([text("name").unwrap_or_default(), verdict, event], says.collect())?;
        }
        self.shell.say("")
    }

    /// Fails unless every verdict of every implementation is the expected one.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        let is_right =
            |column: &Vec<Value>| self.deliveries.iter().zip(column).all(|(expected, said)| agree(expected, said));
        ensure!(columns.iter().all(is_right), "a verdict is not the expected one: see SAYS in the table");
        self.say(&format!("{} deliveries, every verdict as expected", self.deliveries.len()))
    }
}

fn agree(expected: &Value, said: &Value) -> bool {
    ["code", "kind", "eventName"].iter().all(|member| expected[member] == said[member])
}
