//! What sets the refused apart from the others.

use alloc::{format, string::String, vec::Vec};

use super::Traits;
use crate::{
    Timestamp,
    diagnose::{Cause, Finding},
};

/// Each is likely: that it is a coincidence cannot be ruled out.
pub(super) fn between(signed: &Traits, others: &Traits) -> Vec<Finding> {
    if signed.count < 2 || others.count < 2 || signed.count + others.count < FEWEST {
        return Vec::new();
    }
    let found = [
        (Cause::RefusedOfWebhook, of_webhook(signed, others)),
        (Cause::RefusedWithLetters, with_letters(signed, others)),
        (Cause::RefusedIfLarge, if_large(signed, others)),
        (Cause::RefusedSince, since(signed, others)),
        (Cause::RefusedUntil, until(signed, others)),
    ];
    found.into_iter().filter_map(|(cause, detail)| Some(Finding::likely(cause, detail?))).collect()
}

fn of_webhook(signed: &Traits, others: &Traits) -> Option<String> {
    let are_known = !signed.webhooks.is_empty() && !others.webhooks.is_empty();
    if !are_known || !signed.webhooks.is_disjoint(&others.webhooks) {
        return None;
    }
    let named: Vec<_> = others.webhooks.iter().take(MOST_NAMED).map(String::as_str).collect();
    let more = match others.webhooks.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("They claim to come from webhook {}{more}.", named.join(", ")))
}

fn with_letters(signed: &Traits, others: &Traits) -> Option<String> {
    let is_so = signed.with_letters == 0 && others.with_letters == others.count;
    is_so.then(|| format!("All {} that are refused have some, and no authentic one has.", others.count))
}

fn if_large(signed: &Traits, others: &Traits) -> Option<String> {
    let ((_, largest), (smallest, most)) = (signed.sizes?, others.sizes?);
    let refused = if smallest == most {
        format!("Those that are refused have {smallest} bytes each")
    } else {
        format!("Those that are refused have {smallest} bytes or more")
    };
    (smallest > largest && smallest >= SMALLEST_BUFFER)
        .then(|| format!("{refused}, and the largest authentic one has {largest}."))
}

fn since(signed: &Traits, others: &Traits) -> Option<String> {
    let ((_, last), (first, _)) = (signed.times?, others.times?);
    (first > last).then(|| {
        let [first, last] = [first, last].map(Timestamp::from_unix_millis);
        format!("The first refused one was sent at {first}, the last authentic one at {last}.")
    })
}

fn until(signed: &Traits, others: &Traits) -> Option<String> {
    let ((first, _), (_, last)) = (signed.times?, others.times?);
    (first > last).then(|| {
        let [first, last] = [first, last].map(Timestamp::from_unix_millis);
        format!("The last refused one was sent at {last}, the first authentic one at {first}.")
    })
}

/// Of two and two, one in six has such an order by chance.
const FEWEST: u64 = 5;
const MOST_NAMED: usize = 3;
/// Of those that cut a body off.
const SMALLEST_BUFFER: usize = 1_000;
