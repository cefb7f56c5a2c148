//! Timing two things against each other.
//!
//! A machine's speed drifts by more than the differences of interest. So the two run in turns, in batches of a few
//! milliseconds, each pair gives one ratio, and the median of the ratios stands: what slows a whole pair cancels out,
//! what hits one batch is an outlier. Of several rounds the one with the least time in sum counts, which favours
//! neither side.

use std::time::{Duration, Instant};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Timed,
    /// Everything runs once, nothing is timed.
    Smoke,
}

/// Nanoseconds per operation, and how many times as long the peer took.
#[derive(Clone, Copy, Default)]
pub struct Timing {
    pub ours_ns: f64,
    pub peer_ns: f64,
    pub ratio: f64,
}

pub fn compare(mode: Mode, mut ours: impl FnMut(), mut peer: impl FnMut()) -> Timing {
    if mode == Mode::Smoke {
        ours();
        peer();
        return Timing::default();
    }
    let mut ours = Batch::of(&mut ours);
    let mut peer = Batch::of(&mut peer);
    let rounds = (0..ROUNDS).map(|_| round(&mut ours, &mut peer));
    rounds.min_by(|a, b| (a.ours_ns + a.peer_ns).total_cmp(&(b.ours_ns + b.peer_ns))).unwrap_or_default()
}

/// Nanoseconds per operation of one thing by itself, the least of several rounds' medians.
pub fn alone(mode: Mode, mut run: impl FnMut()) -> f64 {
    if mode == Mode::Smoke {
        run();
        return 0.0;
    }
    let mut batch = Batch::of(&mut run);
    let rounds = (0..ROUNDS).map(|_| median((0..PAIRS).map(|_| batch.time()).collect()));
    rounds.min_by(f64::total_cmp).unwrap_or_default()
}

const ROUNDS: usize = 5;
const PAIRS: usize = 21;
const BATCH: Duration = Duration::from_millis(3);

fn round(ours: &mut Batch<'_, impl FnMut()>, peer: &mut Batch<'_, impl FnMut()>) -> Timing {
    let pairs: Vec<Timing> = (0..PAIRS)
        .map(|index| {
            let (ours_ns, peer_ns);
            // Each goes first as often as the other: whoever comes second finds the caches of the first.
            if index % 2 == 0 {
                ours_ns = ours.time();
                peer_ns = peer.time();
            } else {
                peer_ns = peer.time();
                ours_ns = ours.time();
            }
            Timing { ours_ns, peer_ns, ratio: peer_ns / ours_ns }
        })
        .collect();
    let middle = |figure: fn(&Timing) -> f64| median(pairs.iter().map(figure).collect());
    Timing {
        ours_ns: middle(|pair| pair.ours_ns),
        peer_ns: middle(|pair| pair.peer_ns),
        ratio: middle(|pair| pair.ratio),
    }
}

/// An operation and how often it runs between two looks at the clock.
struct Batch<'r, R> {
    run: &'r mut R,
    count: u32,
}

impl<'r, R: FnMut()> Batch<'r, R> {
    fn of(run: &'r mut R) -> Self {
        let mut batch = Self { run, count: 1 };
        loop {
            let elapsed = batch.elapsed();
            if elapsed * 2 >= BATCH {
                let operations = BATCH.as_secs_f64() / elapsed.as_secs_f64() * f64::from(batch.count);
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and positive")]
                let count = operations.round() as u32;
                batch.count = count.max(1);
                return batch;
            }
            batch.count *= 2;
        }
    }

    fn elapsed(&mut self) -> Duration {
        let start = Instant::now();
        for _ in 0..self.count {
            (self.run)();
        }
        start.elapsed()
    }

    fn time(&mut self) -> f64 {
        self.elapsed().as_secs_f64() * 1e9 / f64::from(self.count)
    }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
