//! What is known of each delivery that is diagnosed.

use twenty_webhook::{
    Options, Timestamp,
    diagnose::{CapturedRequest, Evidence},
};

use crate::{arguments::DiagnoseArguments, request::Header};

pub(super) struct Case<'a> {
    pub(super) arguments: &'a DiagnoseArguments,
    options: Options,
    secrets: Vec<&'a [u8]>,
    others: Vec<&'a [u8]>,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        arguments: &'a DiagnoseArguments,
        options: Options,
        secrets: &'a [Vec<u8>],
        others: &'a [Vec<u8>],
    ) -> Self {
        let [secrets, others] = [secrets, others].map(|texts| texts.iter().map(Vec::as_slice).collect());
        Self { arguments, options, secrets, others }
    }

    /// What the call says goes before what was kept.
    pub(super) fn evidence<'e>(&'e self, request: &'e CapturedRequest) -> Evidence<'e, Vec<Header>> {
        let body = request.body.as_deref().unwrap_or_default();
        let now = self.arguments.delivery.now.or(request.received_at).unwrap_or_else(Timestamp::now);
        let mut evidence = Evidence::new(&self.secrets, &request.headers, body, now)
            .others(&self.others)
            .options(self.options.clone());
        if let Some(method) = self.arguments.method.as_deref().or(request.method.as_deref()) {
            evidence = evidence.method(method);
        }
        if let Some(url) = self.arguments.url.as_deref().or(request.url.as_deref()) {
            evidence = evidence.url(url);
        }
        evidence
    }
}
