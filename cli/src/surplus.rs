//! What editors and shells add to a body when it is saved.

/// What was added, and what to do, if the body is authentic without it. It stays refused with it.
pub(crate) fn sentence(body: &[u8], is_authentic: impl Fn(&[u8]) -> bool) -> Option<&'static str> {
    let without_mark = body.strip_prefix(b"\xef\xbb\xbf");
    let without_end =
        |body: &[u8]| body.strip_suffix(b"\n").map(|rest| rest.strip_suffix(b"\r").unwrap_or(rest).to_vec());
    let candidates = [
        (without_end(body), LINE_END),
        (without_mark.map(<[u8]>::to_vec), MARK),
        (without_mark.and_then(without_end), BOTH),
    ];
    candidates.into_iter().find_map(|(body, sentence)| body.is_some_and(|body| is_authentic(&body)).then_some(sentence))
}

const LINE_END: &str = "The body is authentic without the line end at its end, which Twenty did not send: save it byte for byte, \
                        with a tool that adds none.";
const MARK: &str = "The body is authentic without the byte-order mark at its beginning, which Twenty did not send: save it byte \
                    for byte, as UTF-8 without a mark.";
const BOTH: &str = "The body is authentic without the byte-order mark at its beginning and the line end at its end, which Twenty \
                    did not send: save it byte for byte.";
