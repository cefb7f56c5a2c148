//! Files of a folder that hold no delivery: the first are named, and the others counted.

use crate::sending::warn;

#[derive(Debug, Default)]
pub(crate) struct LeftOut(usize);

impl LeftOut {
    pub(crate) fn add(&mut self, why: &anyhow::Error) {
        self.0 += 1;
        if self.0 <= MOST_WARNINGS {
            warn(&format!("left out: {why:#}"));
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.0
    }

    pub(crate) fn end(&self) {
        if self.0 > MOST_WARNINGS {
            warn(&format!("{} more files were left out", self.0 - MOST_WARNINGS));
        }
    }
}

const MOST_WARNINGS: usize = 20;
