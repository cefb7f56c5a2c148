//! `twenty-webhook replay`.

use std::path::Path;

use anyhow::{Context as _, ensure};
use twenty_webhook::{Webhook, diagnose::CapturedRequest};

use crate::{
    arguments::ReplayArguments,
    failure::Failure,
    left_out::LeftOut,
    output::Output,
    request::{self, Header},
    send,
    sending::{self, Post},
    webhook,
};

pub(crate) fn run(arguments: &ReplayArguments, output: &mut Output) -> Result<(), Failure> {
    let server = sending::receiver(&arguments.sending.to)?;
    let webhook = if arguments.as_saved { None } else { Some(webhook::agreed(&arguments.webhook)?) };
    let is_folder = arguments.saved.is_dir();
    let files = if is_folder { request::files(&arguments.saved)? } else { vec![arguments.saved.clone()] };
    let mut left_out = LeftOut::default();
    let mut found = 0_usize;
    let posts = files.iter().flat_map(|file| match posts(file, webhook.as_ref()) {
        Err(error) if is_folder => {
            left_out.add(&error);
            Vec::new()
        }
        Err(error) => vec![Err(error)],
        Ok(posts) => posts.into_iter().map(Ok).collect(),
    });
    let sent = sending::run(posts.inspect(|_| found += 1), &arguments.sending, &server, output);
    left_out.end();
    sent?;
    let some = (found > 0).then_some(());
    Ok(some.with_context(|| format!("no delivery is saved in {}", arguments.saved.display()))?)
}

fn posts(file: &Path, webhook: Option<&Webhook>) -> anyhow::Result<Vec<Post>> {
    let requests = request::read_all(file)?;
    ensure!(!requests.is_empty(), "{} holds no delivery", file.display());
    requests.into_iter().map(|request| post(file, request, webhook)).collect()
}

fn post(file: &Path, request: CapturedRequest, webhook: Option<&Webhook>) -> anyhow::Result<Post> {
    let body = request.body.with_context(|| format!("{} holds no body", file.display()))?;
    let own = webhook.map(|webhook| send::signed(webhook, &body, 0)).transpose()?.unwrap_or_default();
    let is_own = |name: &[u8]| own.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
    let kept = request.headers.into_iter().filter(|(name, _)| !is_own(name) && !sending::is_of_connection(name));
    let headers: Vec<Header> = kept.chain(own.clone()).collect();
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    Ok(Post { name, headers, body })
}
