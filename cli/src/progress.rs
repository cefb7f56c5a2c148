//! How far a long run is: on standard error, if that is a terminal.

use std::{
    io::{self, IsTerminal as _, Write as _},
    time::{Duration, Instant},
};

pub(crate) struct Progress {
    all: usize,
    done: usize,
    /// When to show it again; never where nobody sees it.
    next: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    pub(crate) fn of(all: usize) -> Self {
        let next = io::stderr().is_terminal().then(Instant::now);
        Self { all, done: 0, next, is_shown: false }
    }

    pub(crate) fn step(&mut self) {
        self.done += 1;
        if self.next.is_some_and(|next| next <= Instant::now()) {
            self.next = Some(Instant::now() + PAUSE);
            self.is_shown = true;
            // The cursor goes back, so that a warning is written over it.
            let _ = write!(io::stderr(), "{} of {}\r", self.done, self.all);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\x1b[K");
        }
    }
}

const PAUSE: Duration = Duration::from_millis(200);
