//! Many deliveries: a folder of files, or one file with several.

use std::path::Path;

use anyhow::{Context as _, ensure};
use twenty_webhook::diagnose::{CapturedRequest, DeliverySet};

use super::{Case, told};
use crate::{failure::Failure, left_out::LeftOut, output::Output, progress::Progress, request};

/// One file after another, so that no more than one is in memory.
pub(super) fn of_folder(folder: &Path, case: &Case<'_>, output: &mut Output) -> Result<(), Failure> {
    let (mut set, mut left_out) = (DeliverySet::default(), LeftOut::default());
    let files = request::files(folder)?;
    let mut progress = Progress::of(files.len());
    for file in &files {
        match request::read_all(file).and_then(|requests| add(&mut set, file, &requests, case)) {
            Ok(()) => {}
            Err(error) => left_out.add(&error),
        }
        progress.step();
    }
    drop(progress);
    left_out.end();
    tell(&set, left_out.count(), folder, case, output)
}

pub(super) fn of_file(
    file: &Path,
    requests: &[CapturedRequest],
    case: &Case<'_>,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut set = DeliverySet::default();
    add(&mut set, file, requests, case)?;
    tell(&set, 0, file, case, output)
}

/// What was kept without a body is a delivery if it is no POST: a redirect takes the body away.
fn add(set: &mut DeliverySet, file: &Path, requests: &[CapturedRequest], case: &Case<'_>) -> anyhow::Result<()> {
    let is_kept = |request: &CapturedRequest| {
        request.body.is_some() || request.method.as_deref().is_some_and(|method| method != "POST")
    };
    ensure!(!requests.is_empty(), "{} holds no delivery", file.display());
    ensure!(requests.iter().all(is_kept), "{} holds no body", file.display());
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    for (number, request) in (1..).zip(requests) {
        let name = if requests.len() > 1 { format!("{name}#{number}") } else { name.clone().into_owned() };
        set.add(&name, &case.evidence(request));
    }
    Ok(())
}

fn tell(set: &DeliverySet, left_out: usize, place: &Path, case: &Case<'_>, output: &mut Output) -> Result<(), Failure> {
    let told = set.diagnosis();
    let some = (told.deliveries() > 0).then_some(());
    some.with_context(|| format!("no delivery is kept in {}", place.display()))?;
    if case.arguments.delivery.json {
        output.print_json(&told::json_of_set(&told, left_out).context("cannot print the findings as JSON")?)?;
    } else {
        output.print(&told::text_of_set(&told, left_out))?;
    }
    match told.refused() {
        0 => Ok(()),
        count => Err(Failure::SomeRefused { count, all: told.deliveries() }),
    }
}
