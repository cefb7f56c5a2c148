//! Whether what valgrind complains of may depend on a secret.

use std::process::Command;

use anyhow::ensure;

use crate::valgrind::{Complaint, complaints, memcheck};

/// Fails unless each complaint is expected or harmless, and one is expected: else nothing would be seen here.
pub fn judge(
    what: &str,
    complaints: &[Complaint],
    is_expected: impl Fn(&Complaint) -> bool,
    is_harmless: impl Fn(&Complaint) -> bool,
) -> anyhow::Result<()> {
    let leaks: Vec<_> = complaints.iter().filter(|one| !is_expected(one) && !is_harmless(one)).collect();
    let stacks: Vec<_> = leaks.iter().map(|leak| leak.text.as_str()).collect();
    ensure!(leaks.is_empty(), "{what}: {} places depend on a secret\n{}", leaks.len(), stacks.join("\n\n"));
    let expected = complaints.iter().filter(|one| is_expected(one)).count();
    ensure!(expected > 0, "{what}: valgrind does not see what depends on a secret");
    println!("{what}: {expected} complaints, as expected, and no other");
    Ok(())
}

/// The one branch that a verification may make: whether a secret has signed.
pub fn is_verdict(complaint: &Complaint) -> bool {
    let line = include_str!("../../../core/src/webhook/mod.rs").lines().position(|line| line.contains(VERDICT));
    let place = line.map(|line| format!("core/src/webhook/mod.rs:{})", line + 1));
    place.is_some_and(|place| own_frame(complaint).ends_with(&place))
}

/// Digits of a signature that is sent.
pub fn is_printing(complaint: &Complaint) -> bool {
    let frame = own_frame(complaint);
    frame.starts_with("hex_text<") && frame.contains("core/src/signature.rs:")
}

pub fn is_harness(complaint: &Complaint) -> bool {
    own_frame(complaint).contains("tests/side-channels/src/")
}

const VERDICT: &str = "index.ok_or_else(";

/// The innermost of this repository's; functions of others are inlined there.
fn own_frame(complaint: &Complaint) -> &str {
    let root = env!("CARGO_MANIFEST_DIR").trim_end_matches("tests/side-channels");
    let is_own = |place: &str| place.contains(&format!("({root}")) && !place.contains(" (in ");
    complaint.frames.iter().map(|frame| frame.place.as_str()).find(|place| is_own(place)).unwrap_or_default()
}

/// Judges a module as it is published, which has no lines, and Python's has no names of functions either: complaints are of one
/// place, the verdict, once the program has said that its webhook is made. Until then also of where a secret is found to be UTF-8, by
/// its name if there is one. What an interpreter does with the answer is not judged.
pub fn judge_module(what: &str, program: &Command, module: &str) -> anyhow::Result<()> {
    let log = memcheck(program)?;
    let (making, verifying) = log.split_once(MADE).unwrap_or_default();
    let in_module = |log| {
        let complaints = complaints(log).into_iter();
        complaints.filter(|one| one.frames.iter().any(|frame| frame.place.contains(module))).collect::<Vec<_>>()
    };
    let is_check =
        |one: &Complaint| ["core::str::converts::from_utf8 ", "??? "].iter().any(|name| at(one).starts_with(name));
    judge(&format!("{what}: making a webhook"), &in_module(making), is_check, |_| false)?;

    let verifying = in_module(verifying);
    let first = verifying.first().map(|one| one.frames[0].address.clone());
    let is_verdict = |one: &Complaint| {
        let is_named =
            at(one).starts_with("twenty_webhook::webhook::Webhook::authenticate ") || at(one).starts_with("??? ");
        let is_branch = one.text.trim_start().starts_with("Conditional jump") && at(one).contains(module);
        is_named && is_branch && first.as_ref() == Some(&one.frames[0].address)
    };
    judge(&format!("{what}: verify"), &verifying, is_verdict, |_| false)
}

fn at(complaint: &Complaint) -> &str {
    &complaint.frames[0].place
}

/// What the program says.
const MADE: &str = "the webhook is made";
