//! Options of receivers as other languages have them.

use alloc::{format, string::String, vec::Vec};
use core::time::Duration;

use super::{Failure, turn::MOST_ROUTES};
use crate::receiver::{Routes, Rules};

/// Options as another language has them; what is absent has the default.
#[derive(Clone, Debug, Default)]
pub struct ReceiverSettings {
    /// The patterns of the routes; `None` for one handler of everything.
    pub patterns: Option<Vec<String>>,
    /// See [`Rules::namespace`].
    pub namespace: Option<String>,
    /// See [`Rules::ttl_seconds`].
    pub ttl_seconds: Option<f64>,
    /// See [`Rules::body_timeout`].
    pub body_timeout_millis: Option<f64>,
    /// The name of an [`OnStoreFailure`](crate::receiver::OnStoreFailure).
    pub on_store_failure: Option<String>,
    /// See [`Rules::no_store`].
    pub has_no_store: bool,
    /// See [`Rules::background`].
    pub is_background: bool,
    /// See `Rules::diagnose`.
    pub diagnoses: bool,
}

impl ReceiverSettings {
    /// The rules they make.
    ///
    /// # Errors
    ///
    /// `invalid_ttl`, and a sentence without a code for what cannot be meant.
    pub fn rules(&self) -> Result<Rules, Failure> {
        let routes = match &self.patterns {
            None => Routes::every(),
            Some(patterns) if patterns.len() > MOST_ROUTES as usize => {
                return Err(Failure::mistake(&format!("A receiver has {MOST_ROUTES} routes at most.")));
            }
            Some(patterns) => Routes::of_patterns(patterns).map_err(|error| Failure::mistake(&error))?,
        };
        let mut rules = Rules::new(routes);
        if let Some(namespace) = &self.namespace {
            rules = rules.namespace(namespace);
        }
        if let Some(seconds) = self.ttl_seconds {
            rules = rules.ttl_seconds(seconds)?;
        }
        if let Some(millis) = self.body_timeout_millis {
            let timeout = Duration::try_from_secs_f64(millis / 1_000.0).ok().filter(|timeout| !timeout.is_zero());
            let told = "The time-out of the body must be longer than nothing, and finite.";
            rules = rules.body_timeout(timeout.ok_or_else(|| Failure::mistake(told))?);
        }
        if let Some(choice) = &self.on_store_failure {
            rules = rules.on_store_failure(choice.parse().map_err(|error| Failure::mistake(&error))?);
        }
        rules = if self.has_no_store { rules.no_store() } else { rules };
        rules = if self.is_background { rules.background() } else { rules };
        if self.diagnoses {
            #[cfg(not(feature = "diagnose"))]
            return Err(Failure::mistake("This module cannot diagnose."));
            #[cfg(feature = "diagnose")]
            return Ok(rules.diagnose());
        }
        Ok(rules)
    }
}
