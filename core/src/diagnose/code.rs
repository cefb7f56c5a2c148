//! The closed list of causes, with what each means and what to do about it.

macro_rules! causes {
    ($($variant:ident $word:literal, $explanation:literal, $remedy:literal;)*) => {
        /// Why a delivery was refused, as a word that programs compare.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

causes! {
    NoSignatureHeaders "no_signature_headers",
        "The request has none of the three signature headers.",
        "Set a secret on the webhook in Twenty, which signs nothing without one.";
    SignatureHeaderMissing "signature_header_missing",
        "The request has some of the three signature headers and lacks others.",
        "Let the proxy or the gateway in front of the receiver pass on all three; look for its list of allowed headers.";
    OtherPrefix "other_prefix",
        "The signature headers begin with another prefix.",
        "Pass this prefix as headerPrefix (header_prefix).";
    OtherProvider "other_provider",
        "The request has the signature headers of another product.",
        "Look at the address that the other product sends to: this one is for Twenty.";
    TestTool "test_tool",
        "A tool for tests sent the request, and did not sign it.",
        "Sign test requests: `twenty-webhook sign`, or the testing kit of the package.";
    Redirected "redirected",
        "The request is no POST. A redirect makes a GET without a body of a POST.",
        "Give Twenty the address that the redirect leads to, with https and the exact path.";
    TimestampInSeconds "timestamp_in_seconds",
        "The timestamp header is in seconds. Twenty sends milliseconds.",
        "If the sender is a script of yours, send milliseconds since the Unix epoch.";
    TimestampIsDate "timestamp_is_date",
        "The timestamp header is a date. Twenty sends milliseconds in digits.",
        "If the sender is a script of yours, send milliseconds since the Unix epoch.";
    NowInSeconds "now_in_seconds",
        "The time that was passed as now is in seconds.",
        "Pass milliseconds since the Unix epoch, or nothing.";
    SentInFuture "sent_in_future",
        "The delivery claims to come from the future.",
        "Set this machine's clock by NTP, or the sender's.";
    SentTooLongAgo "sent_too_long_ago",
        "The delivery is older than the tolerance.",
        "Set this machine's clock by NTP. If a queue or a proxy holds deliveries back, verify them where they arrive.";
    SavedLongAgo "saved_long_ago",
        "The delivery was sent more than an hour ago, so it is one that was saved, or sent again.",
        "To verify a saved delivery, pass the time of its arrival as now.";
    SignatureInBase64 "signature_in_base64",
        "The signature is in base64. Twenty sends 64 lowercase hex digits.",
        "If the sender is a script of yours, print the signature in hex.";
    SignatureInUpperCase "signature_in_upper_case",
        "The signature is in upper case. Twenty sends lowercase hex digits.",
        "If the sender is a script of yours, print the signature in lower case; otherwise look for what changes headers on the way.";
    SignatureHasPrefix "signature_has_prefix",
        "Something stands before or around the digits of the signature. Twenty sends nothing but 64 lowercase hex digits.",
        "If the sender is a script of yours, send the digits alone.";
    SecretHasBlanks "secret_has_blanks",
        "The configured secret has white space or a line end around it.",
        "Remove it. `echo` adds a line end: use `printf %s`, or trim the file.";
    SecretIsQuoted "secret_is_quoted",
        "The configured secret has quotes around it.",
        "Remove the quotes. Docker's --env-file and many .env readers keep them.";
    SecretHasInvisibleCharacters "secret_has_invisible_characters",
        "The configured secret has characters that cannot be seen, such as a byte order mark or a zero-width space.",
        "Copy the secret again, and save the file as UTF-8 without a byte order mark.";
    SecretHasPrefix "secret_has_prefix",
        "Something was pasted before the secret.",
        "Configure the secret alone, as Twenty shows it.";
    SecretIsEscaped "secret_is_escaped",
        "The configured secret has backslashes or doubled signs that a shell or a file format would have removed.",
        "Configure the secret as Twenty shows it, without escapes.";
    SecretDecodedFromHex "secret_decoded_from_hex",
        "The secret was decoded from hex. Twenty signs with its digits as text.",
        "Pass the text itself: no Buffer.from(secret, \"hex\"), no bytes.fromhex(secret).";
    SecretDecodedFromBase64 "secret_decoded_from_base64",
        "The secret was decoded from base64. Twenty signs with its characters as text.",
        "Pass the text itself.";
    SecretInHex "secret_in_hex",
        "The configured secret is the hex of the secret.",
        "Configure the secret as Twenty shows it.";
    SecretInBase64 "secret_in_base64",
        "The configured secret is the base64 of the secret. Kubernetes shows secrets so.",
        "Decode it once: `kubectl get secret ... -o jsonpath=... | base64 -d`. In a manifest, use stringData.";
    SecretInOtherCase "secret_in_other_case",
        "The configured secret has another case.",
        "Configure the secret exactly as Twenty shows it.";
    SecretOfAnother "secret_of_another",
        "The delivery is signed with another of the given secrets.",
        "Use the secret of the webhook that sends to this address.";
    SecretIsPlaceholder "secret_is_placeholder",
        "The configured secret looks like a placeholder.",
        "Configure the secret that Twenty shows for the webhook.";
    SecretIsLiteral "secret_is_literal",
        "The configured secret is the text of a missing value.",
        "Set the environment variable where the receiver runs, and check that it is read before the webhook is made.";
    SecretIsApiKey "secret_is_api_key",
        "The configured secret is an API key.",
        "Use the secret of the webhook, which stands on its own page under Settings, APIs & Webhooks.";
    SecretIsId "secret_is_id",
        "The configured secret is a UUID, as ids of webhooks and workspaces are.",
        "Use the secret of the webhook, not its id.";
    OtherSecret "other_secret",
        "No known mistake reproduces the signature, so it was probably made with another secret.",
        "Compare the fingerprint of the secret in use with the one of the secret that Twenty shows. A shell drops what follows an unquoted $.";
    BodyPrintedAgain "body_printed_again",
        "The body was parsed and printed again, so it is not the text that was signed.",
        "Pass the body as it arrived: mount the receiver before express.json(), use await request.text(), request.body() or get_data().";
    BodyIndented "body_indented",
        "The body was printed again with line ends and indentation.",
        "Pass the body as it arrived, not a printed object and not a file that an editor has formatted.";
    BodyKeysSorted "body_keys_sorted",
        "The keys of the body are in alphabetical order, in which Twenty does not send them.",
        "Pass the body as it arrived. Go sorts the keys of maps, and so do jq -S and sort_keys=True.";
    BodyPrintedByPython "body_printed_by_python",
        "Python's json.dumps printed the body again.",
        "Pass the bytes: await request.body() in FastAPI, request.get_data() in Flask, request.body in Django.";
    BodyPrintedByPhp "body_printed_by_php",
        "PHP's json_encode printed the body again.",
        "Pass the bytes: file_get_contents('php://input').";
    BodyPrintedByGo "body_printed_by_go",
        "Go's or Ruby on Rails' encoder printed the body again: it escapes <, > and &.",
        "Pass the bytes: io.ReadAll(r.Body) in Go, request.raw_post in Rails.";
    BodyPrintedByJava "body_printed_by_java",
        "A library of Java printed the body again.",
        "Pass the bytes: @RequestBody byte[] in Spring.";
    BodyPrintedByDotNet "body_printed_by_dot_net",
        ".NET's System.Text.Json printed the body again: it escapes letters and signs in upper-case hex.",
        "Pass the bytes: read Request.Body before a model is bound.";
    BodyLineEndAdded "body_line_end_added",
        "Something stands after the body, such as a line end that an editor added.",
        "Save the body without it: `printf %s`, curl --data-binary.";
    BodyLineEndTaken "body_line_end_taken",
        "The line end at the end of the body is gone.",
        "Pass the body as it arrived: curl -d takes line ends away, --data-binary does not.";
    BodyLineEndsChanged "body_line_ends_changed",
        "The line ends of the body were changed to CRLF.",
        "Pass the body as it arrived, and save it in binary mode.";
    BodyHasByteOrderMark "body_has_byte_order_mark",
        "A byte order mark stands before the body.",
        "Save the body as UTF-8 without a byte order mark.";
    BodyQuoted "body_quoted",
        "The body is a JSON string that holds the text that was signed: it was stringified twice.",
        "Pass the text itself: no JSON.stringify or json.dumps of what is text.";
    BodyFormEncoded "body_form_encoded",
        "The body was encoded as a form.",
        "Pass the body as it arrived: curl needs --data-binary and a content type of application/json.";
    BodyInBase64 "body_in_base64",
        "The body is base64 of the text that was signed.",
        "Decode it first: on Lambda where isBase64Encoded is true.";
    BodyIsPrintedBuffer "body_is_printed_buffer",
        "The body is a Buffer that was printed as JSON.",
        "Pass the Buffer itself.";
    BodyIsPythonBytes "body_is_python_bytes",
        "The body is Python's way to show bytes: str(body) was taken.",
        "Pass the bytes themselves.";
    BodyIsPythonDict "body_is_python_dict",
        "The body is Python's way to show a dict: str(data) was taken.",
        "Pass the bytes of the request themselves.";
    BodyWrapped "body_wrapped",
        "The body lies inside a larger object, as the events of Lambda and n8n have it.",
        "Pass what is under body alone; in n8n, switch on Raw Body.";
    BodyCompressed "body_compressed",
        "The body is compressed.",
        "Switch compression of requests off on the way, or verify what was decompressed.";
    BodyInLatin1 "body_in_latin_1",
        "The body is in Latin-1 or Windows-1252. Twenty sends UTF-8.",
        "Pass the bytes as they arrived, or encode text as UTF-8.";
    BodyInUtf16 "body_in_utf_16",
        "The body is in UTF-16. Twenty sends UTF-8.",
        "Pass the bytes as they arrived. PowerShell's > writes UTF-16: use Out-File -Encoding utf8NoBOM.";
    BodyDecodedAsLatin1 "body_decoded_as_latin_1",
        "The body was read as Latin-1 or Windows-1252 and written as UTF-8, so every letter outside ASCII has become two.",
        "Pass the bytes as they arrived, or decode them as UTF-8.";
    BodyNormalized "body_normalized",
        "The letters of the body were composed or decomposed otherwise (Unicode's NFC and NFD).",
        "Pass the bytes as they arrived.";
    BodyTruncated "body_truncated",
        "The end of the body is missing.",
        "Read the whole body, and raise the limit of what reads it.";
    BodyIsObjectObject "body_is_object_object",
        "The body is the text \"[object Object]\": an object was made text.",
        "Pass the body as it arrived, before anything parses it.";
    BodyEmpty "body_empty",
        "The body is empty.",
        "Call the receiver before what reads the body. A redirect takes it away, too.";
    BodyLettersLost "body_letters_lost",
        "Letters of the body were replaced by ? or U+FFFD: it was decoded in a wrong encoding.",
        "Pass the bytes as they arrived, or decode them as UTF-8.";
    SignedBodyOnly "signed_body_only",
        "The signature is over the body alone. Twenty signs the timestamp, a colon and the body.",
        "If the sender is a script of yours, sign `${timestamp}:${body}`.";
    SignedWithDot "signed_with_dot",
        "The signature is over the timestamp, a dot and the body. Twenty signs with a colon.",
        "If the sender is a script of yours, sign `${timestamp}:${body}`.";
    SignedSeconds "signed_seconds",
        "The signature is over a timestamp in seconds.",
        "If the sender is a script of yours, sign the text of the timestamp header itself, in milliseconds.";
    SignedDate "signed_date",
        "The signature is over a timestamp as a date.",
        "If the sender is a script of yours, sign the text of the timestamp header itself.";
    SignedNonce "signed_nonce",
        "The signature is over the nonce, too. Twenty does not sign it.",
        "If the sender is a script of yours, sign `${timestamp}:${body}`.";
    SignedQuotedBody "signed_quoted_body",
        "The signature is over the body stringified a second time, as an example of Twenty's documentation has it.",
        "If the sender is a script of yours, sign the text that is sent; otherwise set payloadForm to \"json-string\".";
    SignedUrl "signed_url",
        "The signature is over the address, too. Twenty does not sign it.",
        "If the sender is a script of yours, sign `${timestamp}:${body}`.";
}
