//! What shows at a body that is not the one that was signed.

/// Twenty sends the compact text of one JSON object, so a body of another look was changed on the way, or is none of Twenty's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Suspicion {
    None,
    Empty,
    HasBlanks,
    EndsInLineEnd,
}

impl Suspicion {
    pub(crate) fn of(body: &[u8]) -> Self {
        match body {
            [] => Self::Empty,
            _ if has_blanks(body) => Self::HasBlanks,
            [.., b'\n'] => Self::EndsInLineEnd,
            _ => Self::None,
        }
    }

    /// What is added to the sentence of the refusal.
    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Empty => " The body is empty: if the client sent one, something read it before the receiver could.",
            Self::HasBlanks => {
                " The body has blanks between its parts, which Twenty never writes: something parsed it and printed it anew."
            }
            Self::EndsInLineEnd => " The body ends with a line end, which Twenty never sends: something added it.",
        }
    }
}

/// Before its first key, or before the value of that. A blank further on may be part of a text.
fn has_blanks(body: &[u8]) -> bool {
    let Some(members) = body.strip_prefix(b"{") else { return false };
    let start = members.get(..LONGEST_KEY).unwrap_or(members);
    let value = start.windows(2).position(|pair| pair == b"\":").map(|at| at + 2);
    [Some(0), value].into_iter().flatten().any(|at| members.get(at).is_some_and(u8::is_ascii_whitespace))
}

const LONGEST_KEY: usize = 64;
