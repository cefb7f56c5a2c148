//! `twenty-webhook diagnose`.

mod case;
mod set;
mod told;

use std::path::PathBuf;

use anyhow::Context as _;

use self::case::Case;
pub(crate) use self::told::{ToldFinding, paragraph};
use crate::{arguments::DiagnoseArguments, failure::Failure, output::Output, request, secrets, verify, webhook};

pub(crate) fn run(arguments: &DiagnoseArguments, output: &mut Output) -> Result<(), Failure> {
    let delivery = &arguments.delivery;
    let options = webhook::options(&delivery.webhook, &delivery.receiving)?;
    let mut secrets = vec![secrets::current_text(delivery.webhook.secret_file.as_deref())?];
    secrets.extend(texts(&delivery.receiving.previous_secret_file)?);
    let others = texts(&arguments.other_secret_file)?;
    let case = Case::new(arguments, options, &secrets, &others);

    if let Some(folder) = delivery.folder() {
        return set::of_folder(folder, &case, output);
    }
    let requests = verify::requests(delivery, request::MOST_BYTES)?;
    if requests.len() > 1 {
        return set::of_file(delivery.named(), &requests, &case, output);
    }
    let request = request::only(requests, delivery.named())?;
    let diagnosis = case.evidence(&request).diagnose();
    if delivery.json {
        output.print_json(&told::json(&diagnosis).context("cannot print the findings as JSON")?)?;
    } else {
        output.print(&told::text(&diagnosis))?;
    }
    match diagnosis.verdict() {
        None => Ok(()),
        Some(code) => Err(Failure::Refused { code, reason: code.meaning().to_owned() }),
    }
}

fn texts(files: &[PathBuf]) -> anyhow::Result<Vec<Vec<u8>>> {
    files.iter().map(|file| secrets::text_of(file)).collect()
}
