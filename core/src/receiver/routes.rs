//! Which handler an event is for.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};
use core::fmt;

use crate::{
    Event, EventKind,
    event::{Pattern, nearest_action, unsent_object},
};

/// The routes of a receiver, in the order in which they were written: of several that match, the first is taken, and only that
/// one.
///
/// # Example
///
/// ```
/// use twenty_webhook::{Event, receiver::Routes};
///
/// let routes = Routes::of_patterns(["person.created", "person.*", "unknown"])?;
/// let event = Event::read(br#"{"eventName":"person.created","record":{"id":"7"}}"#);
/// assert_eq!(routes.find(&event), Some(0));
/// assert_eq!(routes.find(&Event::read(b"[]")), Some(2));
/// assert!(Routes::of_patterns(["person"]).is_err());
/// # Ok::<(), twenty_webhook::receiver::RouteError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Routes(Vec<Route>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Route {
    Every,
    Unknown,
    Pattern(String),
}

impl Routes {
    /// One handler for every delivery, those of unknown shape included.
    pub fn every() -> Self {
        Self([Route::Every].into())
    }

    /// A handler for each pattern: `person.created`, `person.*`, `*.deleted`, `metadata.*.*`, `*.*`; and `unknown` for what is
    /// authentic and of no known shape.
    ///
    /// # Errors
    ///
    /// [`RouteError`] for an empty list and for a pattern that can match nothing.
    pub fn of_patterns<P: AsRef<str>>(patterns: impl IntoIterator<Item = P>) -> Result<Self, RouteError> {
        Self::read(patterns.into_iter().map(Some))
    }

    /// The same where `None` stands for every delivery.
    ///
    /// # Errors
    ///
    /// Those of [`Routes::of_patterns`].
    pub fn read<P: AsRef<str>>(patterns: impl IntoIterator<Item = Option<P>>) -> Result<Self, RouteError> {
        let routes: Result<Vec<_>, _> = patterns.into_iter().map(|pattern| Route::read(pattern.as_ref())).collect();
        let routes = routes?;
        if routes.is_empty() { Err(RouteError::None) } else { Ok(Self(routes)) }
    }

    /// The number of the route an event takes.
    pub fn find(&self, event: &Event<'_>) -> Option<usize> {
        self.0.iter().position(|route| match route {
            Route::Every => true,
            Route::Unknown => event.kind() == EventKind::Unknown,
            Route::Pattern(pattern) => event.matches(pattern),
        })
    }

    /// What is likely a mistake, a sentence each: a route that an earlier one hides, an object or an action that no
    /// version of Twenty sends.
    ///
    /// # Example
    ///
    /// ```
    /// use twenty_webhook::receiver::Routes;
    ///
    /// let routes = Routes::of_patterns(["person.*", "person.create"])?;
    /// assert_eq!(routes.warnings(), [
    ///     r#"The route "person.create" is never taken, because "person.*" above it matches the same events: put it first."#,
    ///     r#"No version of Twenty sends the action of "person.create": write "created"."#,
    /// ]);
    /// # Ok::<(), twenty_webhook::receiver::RouteError>(())
    /// ```
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        for (at, route) in self.0.iter().enumerate() {
            if let Some(above) = self.0[..at].iter().find(|above| above.covers(route)) {
                let [route, above] = [route, above].map(Route::shown);
                warnings.push(format!(
                    "The route {route} is never taken, because {above} above it matches the same events: put it first."
                ));
            }
        }
        for route in &self.0 {
            let Route::Pattern(pattern) = route else { continue };
            warnings.extend(unsent_object(pattern));
            if let Some(nearest) = nearest_action(pattern) {
                warnings.push(format!("No version of Twenty sends the action of \"{pattern}\": write {nearest}."));
            }
        }
        warnings
    }
}

impl Route {
    fn read<P: AsRef<str>>(pattern: Option<P>) -> Result<Self, RouteError> {
        let Some(pattern) = pattern else { return Ok(Self::Every) };
        match pattern.as_ref() {
            UNKNOWN => Ok(Self::Unknown),
            pattern if crate::is_pattern(pattern) => Ok(Self::Pattern(pattern.to_owned())),
            pattern => Err(RouteError::MatchesNothing(pattern.to_owned())),
        }
    }

    /// Whether every event of the other route is this one's, too.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Every, _) => true,
            (Self::Pattern(mine), Self::Pattern(others)) => Pattern(mine).covers(Pattern(others)),
            (mine, other) => mine == other,
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Every => "for every event".to_owned(),
            Self::Unknown => format!("\"{UNKNOWN}\""),
            Self::Pattern(pattern) => format!("\"{pattern}\""),
        }
    }
}

const UNKNOWN: &str = "unknown";

/// Routes with which a receiver cannot be made: a mistake of its author.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RouteError {
    /// There is none, so nothing would be handled.
    None,
    /// This pattern matches no event.
    MatchesNothing(String),
}

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("A receiver needs at least one handler: nothing would be handled."),
            Self::MatchesNothing(pattern) => write!(
                f,
                "The pattern \"{pattern}\" matches no event: write it like person.created, person.*, *.deleted, metadata.*.*, *.* or unknown."
            ),
        }
    }
}

impl core::error::Error for RouteError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn warnings(patterns: &[Option<&str>]) -> usize {
        Routes::read(patterns.iter().copied()).map_or(usize::MAX, |routes| routes.warnings().len())
    }

    #[test]
    fn nothing_to_handle_is_refused() {
        assert!(matches!(Routes::of_patterns::<&str>([]), Err(RouteError::None)));
        for pattern in ["", "*", "person", "person.", "a.b.c", "unknown.", "metadata.*.*.*"] {
            assert!(matches!(Routes::of_patterns([pattern]), Err(RouteError::MatchesNothing(_))), "{pattern}");
        }
    }

    #[test]
    fn a_hidden_route_is_a_warning() {
        for (above, below) in [
            ("person.*", "person.created"),
            ("*.created", "person.created"),
            ("*.*", "metadata.view.created"),
            ("metadata.*.*", "metadata.view.*"),
            ("person.created", "person.created"),
            ("unknown", "unknown"),
        ] {
            assert_eq!(warnings(&[Some(above), Some(below)]), 1, "{above} above {below}");
        }
        assert_eq!(warnings(&[None, Some("unknown"), Some("*.*")]), 2);
        for (above, below) in [("person.*", "*.created"), ("*.*", "unknown"), ("person.created", "person.*")] {
            assert_eq!(warnings(&[Some(above), Some(below)]), 0, "{above} above {below}");
        }
    }

    #[test]
    fn an_object_that_is_never_sent_is_a_warning() {
        for (pattern, meant) in [
            ("metadata.*", r#"write "metadata.*.*""#),
            ("Person.created", r#"write "person.created""#),
            ("timelineActivity.*", "no events of timelineActivity"),
        ] {
            let told = Routes::of_patterns([pattern]).map(|routes| routes.warnings().concat()).unwrap_or_default();
            assert!(told.contains(meant), "{pattern}: {told}");
        }
        assert_eq!(warnings(&[Some("Éclair.created"), Some("metadata.view.created")]), 0);
    }

    #[test]
    fn an_action_that_is_never_sent_is_a_warning() {
        for (pattern, meant) in [
            ("person.create", r#""created""#),
            ("*.UPDATED", r#""updated""#),
            ("person.destroy", r#""destroyed""#),
            ("metadata.view.delete", r#""deleted""#),
            ("rocket.launched", "one of created, updated, deleted, destroyed, restored, upserted"),
        ] {
            let told = Routes::of_patterns([pattern]).map(|routes| routes.warnings().concat()).unwrap_or_default();
            assert!(told.contains(meant), "{pattern}: {told}");
        }
        for pattern in ["person.created", "*.*", "*.upserted", "workflowRun.updated", "metadata.*.*"] {
            assert_eq!(warnings(&[Some(pattern)]), 0, "{pattern}");
        }
    }
}
