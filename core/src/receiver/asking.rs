//! How often a store is asked again whose answer was lost.

use core::time::Duration;

/// The pauses between askings of a replay store whose answer was lost.
///
/// A claim whose answer was lost may have been granted, so whoever asked has to find out, however late: what is found then is
/// told as a late claim, which is kept or given up. The pauses double from 50 to 500 milliseconds, so that a store that is back
/// is found soon, and end after a minute.
///
/// # Example
///
/// ```
/// use core::time::Duration;
/// use twenty_webhook::receiver::AskAgain;
///
/// let mut pauses = AskAgain::default();
/// assert_eq!(pauses.next(Duration::ZERO), Some(Duration::from_millis(50)));
/// assert_eq!(pauses.next(Duration::from_millis(60)), Some(Duration::from_millis(100)));
/// assert_eq!(pauses.next(Duration::from_secs(60)), None);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AskAgain {
    pause: Duration,
}

impl AskAgain {
    /// How long to wait before the next asking; `None` where it is not worth another, `since_first` being the time since the
    /// first.
    pub fn next(&mut self, since_first: Duration) -> Option<Duration> {
        let pause = self.pause;
        self.pause = (2 * pause).min(LONGEST);
        (since_first < GIVE_UP_AFTER).then_some(pause)
    }
}

impl Default for AskAgain {
    fn default() -> Self {
        Self { pause: FIRST }
    }
}

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_millis(500);
const GIVE_UP_AFTER: Duration = Duration::from_secs(60);
