//! What the timestamp shows.

use alloc::{format, string::String, vec, vec::Vec};
use core::time::Duration;

use super::{Cause, Finding, head::Head};
use crate::Timestamp;

pub(super) fn findings(head: &Head<'_>, now: Timestamp, tolerance: Duration, is_proved: bool) -> Vec<Finding> {
    let Some(text) = head.timestamp().and_then(|text| core::str::from_utf8(text).ok()).map(str::trim) else {
        return Vec::new();
    };
    let Some(sent) = digits(text) else {
        let is_date = date_millis(text).is_some();
        return if is_date { vec![Finding::new(Cause::TimestampIsDate, is_proved, String::new())] } else { Vec::new() };
    };
    if sent < LEAST_MILLIS {
        return vec![Finding::new(Cause::TimestampInSeconds, is_proved, String::new())];
    }
    if now.unix_millis() < LEAST_MILLIS {
        return vec![Finding::new(Cause::NowInSeconds, is_proved, String::new())];
    }
    let (age, lead) = (now.unix_millis().saturating_sub(sent), sent.saturating_sub(now.unix_millis()));
    let tolerance = u64::try_from(tolerance.as_millis()).unwrap_or(u64::MAX);
    if lead > tolerance {
        return vec![Finding::new(Cause::SentInFuture, is_proved, format!("It is {} ahead.", units(lead)))];
    }
    if age > tolerance {
        let cause = if age > SAVED_MILLIS { Cause::SavedLongAgo } else { Cause::SentTooLongAgo };
        return vec![Finding::new(cause, is_proved, format!("It is {} old.", units(age)))];
    }
    Vec::new()
}

/// In a person's units.
fn units(millis: u64) -> String {
    let [seconds, minutes, hours, days] = [1_000, 60_000, 3_600_000, 86_400_000].map(|unit| millis / unit);
    match () {
        () if days > 1 => format!("{days} days"),
        () if hours > 1 => format!("{hours} hours"),
        () if minutes > 1 => format!("{minutes} minutes"),
        () => format!("{seconds} seconds"),
    }
}

pub(super) fn digits(text: &str) -> Option<u64> {
    (text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Milliseconds of a date as `toISOString` prints it, or without milliseconds.
pub(super) fn date_millis(text: &str) -> Option<u64> {
    let number = |from: usize, to: usize| text.get(from..to).and_then(digits);
    let marks = [(4, '-'), (7, '-'), (10, 'T'), (13, ':'), (16, ':')];
    if text.len() < 19 || !text.is_ascii() || marks.iter().any(|&(at, mark)| text.as_bytes()[at] != mark as u8) {
        return None;
    }
    let [year, month, day] = [number(0, 4)?, number(5, 7)?, number(8, 10)?];
    let [hour, minute, second] = [number(11, 13)?, number(14, 16)?, number(17, 19)?];
    let millis = if text.as_bytes().get(19) == Some(&b'.') { number(20, 23)? } else { 0 };
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years begin in March, so that a leap day is the last of its year.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    Some(((days * 24 + hour) * 60 + minute) * 60_000 + second * 1_000 + millis)
}

/// Smaller numbers are seconds: as milliseconds this is in 1973.
pub(super) const LEAST_MILLIS: u64 = 100_000_000_000;
const SAVED_MILLIS: u64 = 3_600_000;
