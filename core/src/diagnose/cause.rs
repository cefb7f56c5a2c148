//! What can be wrong, as words that programs compare.

use core::{fmt, str::FromStr};

macro_rules! causes {
    ($($variant:ident $word:literal, $explanation:literal, $remedy:literal;)*) => {
        /// What is wrong with a request, as a word that programs compare.
        ///
        /// # Example
        ///
        /// ```
        /// use twenty_webhook::diagnose::Cause;
        ///
        /// let cause: Cause = "body_printed_by_python".parse()?;
        /// assert_eq!(cause.explanation(), "Python's json.dumps printed the body again.");
        /// # Ok::<(), twenty_webhook::diagnose::UnknownCause>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(clippy::doc_markdown, reason = "the explanations are shown as plain text, too")]
        #[non_exhaustive]
        pub enum Cause {
            $(#[doc = $explanation] $variant,)*
        }

        impl Cause {
            /// Every cause, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// What happened.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)* }
            }

            /// What to do about it.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)* }
            }
        }
    };
}

mod list;

pub use list::Cause;

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Takes the word.
impl FromStr for Cause {
    type Err = UnknownCause;

    fn from_str(word: &str) -> Result<Self, UnknownCause> {
        Self::ALL.iter().copied().find(|cause| cause.as_str() == word).ok_or(UnknownCause)
    }
}

/// A word that is no [`Cause`].
///
/// # Example
///
/// ```
/// use twenty_webhook::diagnose::{Cause, UnknownCause};
///
/// assert_eq!("bad_weather".parse::<Cause>(), Err(UnknownCause));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "there is nothing to say of an unknown word")]
pub struct UnknownCause;

impl fmt::Display for UnknownCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The word is none of the causes.")
    }
}

impl core::error::Error for UnknownCause {}
