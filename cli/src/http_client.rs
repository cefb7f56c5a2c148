//! The servers that are asked: which URLs are taken, and how a connection is made.

use std::{net::IpAddr, sync::Arc, time::Duration};

use anyhow::{Context as _, ensure};
use ureq::{
    Agent,
    http::Uri,
    tls::{Certificate, RootCerts, TlsConfig},
};

use crate::terminal::without_query;

/// A server, by a URL of http or https.
pub(crate) struct Server {
    pub(crate) url: Uri,
    is_loopback: bool,
}

impl Server {
    /// Reads a URL. What a user's name in it is for would go astray, and `remedy` says what to do in its place.
    pub(crate) fn at(url: &str, remedy: &str) -> anyhow::Result<Self> {
        let shown = without_query(url);
        let url: Uri = url.parse().with_context(|| format!("{shown} is no URL"))?;
        let (scheme, host) = (url.scheme_str().unwrap_or_default(), url.host().unwrap_or_default());
        ensure!(!host.is_empty() && ["http", "https"].contains(&scheme), "{shown} is no URL of http or https");
        let has_user = url.authority().is_some_and(|authority| authority.as_str().contains('@'));
        ensure!(!has_user, "the URL holds a user's name: {remedy}");
        let address = host.trim_start_matches('[').trim_end_matches(']').parse().map(|it: IpAddr| it.is_loopback());
        let is_loopback = host == "localhost" || address.unwrap_or(false);
        Ok(Self { url, is_loopback })
    }

    /// The same server at another path.
    pub(crate) fn with_path(self, path: &str) -> anyhow::Result<Self> {
        let (scheme, authority) = (self.url.scheme_str().unwrap_or_default(), self.url.authority());
        let url = format!("{scheme}://{}{path}", authority.map_or("", |authority| authority.as_str()));
        Ok(Self { url: url.parse().with_context(|| format!("{url} is no URL"))?, ..self })
    }

    /// Whether others can read what is sent to it.
    pub(crate) fn is_in_the_clear(&self) -> bool {
        !self.is_loopback && !self.is_https()
    }

    /// The URL as it may be shown.
    pub(crate) fn shown(&self) -> String {
        without_query(&self.url.to_string())
    }

    fn is_https(&self) -> bool {
        self.url.scheme_str() == Some("https")
    }

    /// It follows no redirect, which could lead what is secret elsewhere, and asks no proxy for what is on this machine.
    pub(crate) fn agent(&self) -> anyhow::Result<Agent> {
        let mut config = Agent::config_builder()
            .timeout_global(Some(WHOLE))
            .timeout_connect(Some(CONNECTING))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("twenty-webhook/", env!("CARGO_PKG_VERSION")));
        if self.is_loopback {
            config = config.proxy(None);
        }
        if self.is_https() {
            config = config.tls_config(tls()?);
        }
        Ok(config.build().new_agent())
    }
}

const CONNECTING: Duration = Duration::from_secs(10);
/// A request and its answer.
pub(crate) const WHOLE: Duration = Duration::from_secs(30);

fn tls() -> anyhow::Result<TlsConfig> {
    let found = rustls_native_certs::load_native_certs();
    ensure!(!found.certs.is_empty(), "no certificate to trust is installed (on Debian: the package ca-certificates)");
    let certificates: Vec<_> = found.certs.iter().map(|it| Certificate::from_der(it).to_owned()).collect();
    Ok(TlsConfig::builder()
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .root_certs(RootCerts::new_with_certs(&certificates))
        .build())
}
