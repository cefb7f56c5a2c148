//! Tables of codes.

use twenty_webhook::Code;

/// For the README of a package: what it means and what to do, in the core's sentence.
pub(crate) fn table() -> String {
    let rows = Code::ALL.iter().map(|code| format!("| `{code}` |{}| {} |\n", status(*code), code.meaning()));
    ["| code | status | what it means, and what to do |\n|---|---|---|\n".to_owned()].into_iter().chain(rows).collect()
}

/// For the page of codes: with more to do than the sentence has room for.
pub(crate) fn explained() -> String {
    let rows = Code::ALL.iter().map(|code| {
        let meaning = code.meaning();
        let (cause, remedy) = meaning.split_once(": ").unwrap_or((meaning, ""));
        let remedy = [sentence(remedy), advice(*code).to_owned()].join(" ");
        format!("| `{code}` |{}| {} | {} |\n", status(*code), sentence(cause), remedy.trim())
    });
    ["| code | status | what it means | what to do |\n|---|---|---|---|\n".to_owned()].into_iter().chain(rows).collect()
}

fn status(code: Code) -> String {
    code.status().map_or_else(|| " ".to_owned(), |status| format!(" {status} "))
}

fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|first| first.to_uppercase().chain(rest).collect::<String>()).unwrap_or_default();
    if first.is_empty() || first.ends_with('.') { first } else { first + "." }
}

/// What to do beyond what the message says.
fn advice(code: Code) -> &'static str {
    match code {
        Code::MalformedTimestamp | Code::MalformedSignature => {
            "Look at who sent it: Twenty sends no such header. Somebody else may be calling this URL, or a proxy changes headers."
        }
        Code::TimestampTooOld => "If it is a delivery that you kept, verify it with the time at which it arrived.",
        Code::PayloadNotUtf8 | Code::PayloadNotJson => {
            "Only the payload forms `canonical` and `jsonString` read the payload: use `raw` unless something prints the body anew."
        }
        Code::PayloadTooDeep => "No record of Twenty is: look at who sent it.",
        Code::SecretNotUtf8 => "Pass the secret as the text that Twenty shows, and do not decode its hex digits.",
        Code::InvalidTimestamp => "Give milliseconds.",
        Code::InvalidNonce => "Leave it out: a random one is made.",
        Code::InvalidTolerance | Code::InvalidMaxBodyBytes => "Leave it out for the default.",
        Code::InvalidPayloadForm => "JavaScript calls the third `jsonString`.",
        Code::InvalidHeaderPrefix => "Leave it out unless your server's headers have other names.",
        Code::InvalidName => "Use the id of the workspace.",
        Code::InvalidTtl => "Leave it out for a day.",
        Code::BodyTimeout => {
            "If genuine deliveries are that slow, raise the time-out. Otherwise somebody else sent it."
        }
        Code::NotARequest => "Pass what the framework passes to its handler, and use the module for your framework.",
        Code::UnknownWebhook => "Compare the URL in Twenty with what the function looks for.",
        Code::WebhookUnavailable => "The log has the cause: look at what the function asks for the secret.",
        Code::HandlerFailed => {
            "The log has what your handler threw. `onError` gets the delivery, so that you can keep it."
        }
        Code::ReplayStoreUnavailable => {
            "The log has the cause. The event is lost unless the option `onStoreFailure` (`on_store_failure`) is `handle`."
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::explained;

    #[test]
    fn every_code_says_what_to_do() {
        for row in explained().lines().skip(2) {
            let remedy = row.trim_end_matches(" |").rsplit_once("| ").map_or("", |(_, remedy)| remedy);
            assert!(remedy.len() > 10, "{row}");
        }
    }
}
