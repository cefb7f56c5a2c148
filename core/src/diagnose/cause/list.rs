//! The closed list of causes, with what each means and what to do about it.

causes! {
    NoSignatureHeaders "no_signature_headers",
        "The request has none of the three signature headers.",
        "Set a secret on the webhook in Twenty: without one, Twenty signs nothing. If a secret is set, let the proxy in front of the receiver pass on these headers.";
    SignatureHeaderMissing "signature_header_missing",
        "The request has some of the three signature headers and lacks others.",
        "Let the proxy or the gateway in front of the receiver pass on all three: look for its list of allowed headers.";
    HeaderRepeated "header_repeated",
        "A signature header came more than once.",
        "Look for a proxy that adds headers or joins them.";
    OtherPrefix "other_prefix",
        "The names of the signature headers begin with another prefix.",
        "Pass this prefix as headerPrefix, in Python and Rust header_prefix.";
    HeadersNamedByCgi "headers_named_by_cgi",
        "The signature headers have names as CGI spells them, such as HTTP_X_TWENTY_WEBHOOK_SIGNATURE.",
        "Pass them under the names of HTTP: replace each _ by - and leave HTTP_ out.";
    OtherProvider "other_provider",
        "The request has the signature headers of another product.",
        "Give the other product an address of its own: this one is for Twenty.";
    TestTool "test_tool",
        "A tool for tests sent the request and did not sign it.",
        "Sign test requests with `twenty-webhook sign`, or with the testing kit of the package.";
    Redirected "redirected",
        "The request is no POST. A redirect (301 or 302) makes a GET without a body of a POST.",
        "Give Twenty the address that the redirect leads to, with https and the exact path.";
    TimestampInSeconds "timestamp_in_seconds",
        "The timestamp header is in seconds. Twenty sends milliseconds.",
        "If a script of yours sent it, send milliseconds since the Unix epoch: Date.now(), or int(time.time() * 1000).";
    TimestampIsDate "timestamp_is_date",
        "The timestamp header is a date. Twenty sends the digits of milliseconds.",
        "If a script of yours sent it, send milliseconds since the Unix epoch: Date.now(), or int(time.time() * 1000).";
    TimestampMalformed "timestamp_malformed",
        "The timestamp header is no number of milliseconds.",
        "Look at who sent it: Twenty sends 13 digits. A proxy may have changed it.";
    NowInSeconds "now_in_seconds",
        "The time that the receiver passed as now is in seconds.",
        "Pass milliseconds since the Unix epoch, or leave it out.";
    SentInFuture "sent_in_future",
        "The delivery claims to come from the future.",
        "Set the clock of this machine by NTP, or the sender's.";
    SentTooLongAgo "sent_too_long_ago",
        "The delivery is older than the tolerance.",
        "Set the clock of this machine by NTP. If a queue or a proxy holds deliveries back, verify them before it does.";
    SavedLongAgo "saved_long_ago",
        "The delivery was sent more than an hour ago: it was saved, or somebody sent it again.",
        "To verify a saved delivery, pass the time at which it arrived as now.";
    SignatureInBase64 "signature_in_base64",
        "The signature is in base64. Twenty sends 64 lowercase hex digits.",
        "If a script of yours sent it, print the signature in hex: digest(\"hex\"), or hexdigest().";
    SignatureInUpperCase "signature_in_upper_case",
        "The signature is in upper case. Twenty sends lowercase hex digits.",
        "If a script of yours sent it, print the signature in lower case. Otherwise, look for what changes headers on the way.";
    SignatureHasPrefix "signature_has_prefix",
        "Something stands around the digits of the signature. Twenty sends 64 lowercase hex digits and nothing else.",
        "If a script of yours sent it, send the digits alone. Otherwise, look for what changes headers on the way.";
    SignatureMalformed "signature_malformed",
        "The signature header holds no signature.",
        "Look at who sent it: Twenty sends 64 lowercase hex digits. A proxy may have cut them off.";
    SecretHasBlanks "secret_has_blanks",
        "The configured secret has white space or a line end around it.",
        "Remove it. `echo` adds a line end: write the file with `printf %s`, or trim what you read from it.";
    SecretIsQuoted "secret_is_quoted",
        "The configured secret has quotes around it.",
        "Remove the quotes. docker run --env-file keeps them, and so do some readers of .env files.";
    SecretHasInvisibleCharacters "secret_has_invisible_characters",
        "The configured secret has characters that nobody can see, such as a byte order mark or a zero-width space.",
        "Copy the secret once more, and save the file as UTF-8 without a byte order mark.";
    SecretHasPrefix "secret_has_prefix",
        "The configured secret has something before or after it, such as the name of a variable, a comma or a comment.",
        "Configure the secret alone, as Twenty shows it.";
    SecretIsEscaped "secret_is_escaped",
        "The configured secret has backslashes or doubled dollar signs that a shell or a file format would remove.",
        "Configure the secret as Twenty shows it, without escapes.";
    SecretDecodedFromHex "secret_decoded_from_hex",
        "The secret was decoded from hex. Twenty takes its digits as text.",
        "Pass the text itself: no Buffer.from(secret, \"hex\"), no bytes.fromhex(secret).";
    SecretDecodedFromBase64 "secret_decoded_from_base64",
        "The secret was decoded from base64. Twenty takes its characters as text.",
        "Pass the text itself: no Buffer.from(secret, \"base64\"), no base64.b64decode(secret).";
    SecretInHex "secret_in_hex",
        "The configured secret is the hex of the one that signed.",
        "Configure the secret as Twenty shows it. If a script of yours signed, let it take the text of the secret and not decode it.";
    SecretInBase64 "secret_in_base64",
        "The configured secret is the base64 of the one that signed. Kubernetes shows secrets so.",
        "Decode it once: kubectl get secret NAME -o jsonpath='{.data.KEY}' | base64 -d. In a manifest, write it under stringData. If a script of yours signed, let it take the text of the secret.";
    SecretInOtherCase "secret_in_other_case",
        "The configured secret is in upper case where the one that signed is in lower case, or the other way round.",
        "Configure the secret exactly as Twenty shows it.";
    SecretOfAnother "secret_of_another",
        "The delivery is signed with another of the given secrets.",
        "Configure the secret of the webhook that sends to this address.";
    SecretIsPlaceholder "secret_is_placeholder",
        "The configured secret looks like a placeholder.",
        "Configure the secret that Twenty shows for the webhook.";
    SecretIsLiteral "secret_is_literal",
        "The configured secret is empty, or the text of a missing value, such as undefined or None.",
        "Set the environment variable where the receiver runs, and load .env before the webhook is made.";
    SecretIsApiKey "secret_is_api_key",
        "The configured secret is an API key.",
        "Configure the secret of the webhook, which Twenty shows on the page of the webhook.";
    SecretIsId "secret_is_id",
        "The configured secret is a UUID, as the ids of webhooks and workspaces are.",
        "Configure the secret of the webhook, not its id.";
    OtherSecret "other_secret",
        "No mistake that was tried reproduces the signature: it was probably made with another secret.",
        "Compare the fingerprint of the secret in use with that of the secret that Twenty shows. In double quotes, a shell drops what follows a $: use single quotes.";
    OtherPayloadForm "other_payload_form",
        "The signature is good, but not under the configured payload form.",
        "Leave payloadForm (payload_form) out: Twenty signs the bytes that it sends.";
    BodyPrintedAgain "body_printed_again",
        "The body was parsed and printed again, so it is not the text that was signed.",
        "Pass the body as it arrived: mount the receiver before express.json(), and take await request.text(), await request.body() or request.get_data().";
    BodyIndented "body_indented",
        "The body was printed again with line ends and indentation.",
        "Pass the body as it arrived, not a printed object and not a file that an editor or jq has formatted.";
    BodyKeysSorted "body_keys_sorted",
        "The keys of the body are in alphabetical order. Twenty sends them in another.",
        "Pass the body as it arrived. Go sorts the keys of maps; jq -S and sort_keys=True do the same.";
    BodyPrintedByPython "body_printed_by_python",
        "Python's json.dumps printed the body again.",
        "Pass the bytes: await request.body() in FastAPI, request.get_data() in Flask, request.body in Django.";
    BodyPrintedByPhp "body_printed_by_php",
        "PHP's json_encode printed the body again.",
        "Pass the bytes: file_get_contents('php://input'), in Laravel $request->getContent().";
    BodyPrintedByGo "body_printed_by_go",
        "Go's encoding/json or Ruby on Rails printed the body again: both escape <, > and &.",
        "Pass the bytes: io.ReadAll(r.Body) in Go, request.raw_post in Rails.";
    BodyPrintedByRuby "body_printed_by_ruby",
        "Ruby printed the body again.",
        "Pass the bytes: request.raw_post in Rails, request.body.read in Rack and Sinatra.";
    BodyPrintedByJava "body_printed_by_java",
        "A library of Java, such as Jackson or Gson, printed the body again.",
        "Pass the bytes: @RequestBody byte[] in Spring.";
    BodyPrintedByDotNet "body_printed_by_dot_net",
        "A library of .NET printed the body again.",
        "Pass the bytes: copy Request.Body to a MemoryStream before a model is bound.";
    BodyLineEndAdded "body_line_end_added",
        "White space stands before or after the body, such as a line end that an editor added.",
        "Save the body without it: `printf %s` in place of `echo`.";
    BodyLineEndTaken "body_line_end_taken",
        "The line end at the end of the body is gone.",
        "Send the body as it is: curl -d takes line ends away, --data-binary keeps them.";
    BodyLineEndsChanged "body_line_ends_changed",
        "The line ends of the body were changed, from LF to CRLF or back.",
        "Pass the body as it arrived: save it in binary mode, and switch off Git's autocrlf for saved bodies.";
    BodyHasByteOrderMark "body_has_byte_order_mark",
        "A byte order mark stands before the body.",
        "Save the body as UTF-8 without a byte order mark.";
    BodyQuoted "body_quoted",
        "The body is a JSON string that holds the text that was signed: somebody stringified it twice.",
        "Pass the text itself: no JSON.stringify and no json.dumps of what is text already.";
    BodyFormEncoded "body_form_encoded",
        "The body was encoded as a form.",
        "Pass the body as it arrived. With curl, use --data-binary and the header Content-Type: application/json.";
    BodyInBase64 "body_in_base64",
        "The body is the base64 of the text that was signed.",
        "Decode it first. On Lambda, do so where isBase64Encoded is true.";
    BodyIsPrintedBuffer "body_is_printed_buffer",
        "The body is a Buffer of Node that was printed as JSON.",
        "Pass the Buffer itself.";
    BodyIsPythonBytes "body_is_python_bytes",
        "The body is what Python shows of bytes: str(body) was taken.",
        "Pass the bytes themselves.";
    BodyIsPythonDict "body_is_python_dict",
        "The body is what Python shows of a dict: str(data) was taken.",
        "Pass the bytes of the request, before anything parses them.";
    BodyWrapped "body_wrapped",
        "The body lies inside a larger object, such as the event of Lambda or an item of n8n.",
        "Pass what is under body alone. In n8n, switch on Raw Body in the Webhook node.";
    BodyCompressed "body_compressed",
        "The body is compressed.",
        "Switch the compression of requests off on the way, or decompress the body before you verify it.";
    BodyInLatin1 "body_in_latin_1",
        "The body is in Latin-1 or Windows-1252. Twenty sends UTF-8.",
        "Pass the bytes as they arrived, or encode the text as UTF-8.";
    BodyInUtf16 "body_in_utf_16",
        "The body is in UTF-16. Twenty sends UTF-8.",
        "Pass the bytes as they arrived. In Windows PowerShell, > writes UTF-16.";
    BodyDecodedAsLatin1 "body_decoded_as_latin_1",
        "The body was read as Latin-1 or Windows-1252 and written as UTF-8: each letter outside ASCII has become two or more.",
        "Pass the bytes as they arrived, or decode them as UTF-8.";
    BodyNormalized "body_normalized",
        "Accents and letters of the body were joined or split (Unicode's NFC and NFD).",
        "Pass the bytes as they arrived.";
    BodyTruncated "body_truncated",
        "The end of the body is missing.",
        "Read the whole body, and raise the limit of what reads it.";
    BodyTooLarge "body_too_large",
        "The body is larger than the limit.",
        "Raise maxBodyBytes (max_body_bytes) if you expect records of this size.";
    BodyNotJson "body_not_json",
        "The body is not JSON, so the configured payload form cannot be made of it.",
        "Pass the body as it arrived, and leave payloadForm (payload_form) out.";
    BodyIsObjectObject "body_is_object_object",
        "The body is what JavaScript makes of an object or of nothing, such as \"[object Object]\", undefined or {}.",
        "Pass the body as it arrived, before anything parses it.";
    BodyEmpty "body_empty",
        "The body is empty.",
        "Call the receiver before anything else reads the body. A redirect takes the body away, too.";
    BodyLettersLost "body_letters_lost",
        "Letters of the body were replaced by ? or U+FFFD: somebody decoded it in a wrong encoding, or in pieces.",
        "Pass the bytes as they arrived. In Node, Buffer.concat(chunks), not text += chunk.";
    SignedBodyOnly "signed_body_only",
        "The signature is over the body alone. Twenty signs the timestamp, a colon and the body.",
        "If a script of yours sent it, sign `${timestamp}:${body}`.";
    SignedWithDot "signed_with_dot",
        "The signature is over the timestamp, a dot and the body. Twenty puts a colon in the place of the dot.",
        "If a script of yours sent it, sign `${timestamp}:${body}`.";
    SignedSeconds "signed_seconds",
        "The signature is over a timestamp in seconds.",
        "If a script of yours sent it, sign the text of the timestamp header itself, in milliseconds.";
    SignedDate "signed_date",
        "The signature is over a timestamp as a date.",
        "If a script of yours sent it, sign the text of the timestamp header itself.";
    SignedNonce "signed_nonce",
        "The signature is over the nonce, too. Twenty does not sign it.",
        "If a script of yours sent it, sign `${timestamp}:${body}`.";
    SignedQuotedBody "signed_quoted_body",
        "The signature is over the body stringified a second time, as an example in Twenty's documentation has it.",
        "If a script of yours sent it, sign the text that it sends. Otherwise, set payloadForm to \"jsonString\" (payload_form, \"json_string\").";
    SignedUrl "signed_url",
        "The signature is over the address, too. Twenty does not sign it.",
        "If a script of yours sent it, sign `${timestamp}:${body}`.";
    RefusedOfWebhook "refused_of_webhook",
        "Of many deliveries, only those of some webhooks are refused.",
        "Configure the secrets of these webhooks, too, or give these webhooks an address of their own.";
    RefusedWithLetters "refused_with_letters",
        "Of many deliveries, only those with letters outside ASCII are refused.",
        "Pass the bytes as they arrived: somewhere the text is decoded, or written in another encoding.";
    RefusedIfLarge "refused_if_large",
        "Of many deliveries, only the large ones are refused.",
        "Read the whole body, and raise the limit of what reads it: a buffer or a proxy cuts it off.";
    RefusedSince "refused_since",
        "Of many deliveries, all since a moment are refused, and none before.",
        "Look at what changed then. If another secret was set in Twenty, configure it, and keep the old one as a previous secret.";
    RefusedUntil "refused_until",
        "Of many deliveries, all until a moment are refused, and none after.",
        "Look at what changed then. If another secret was set in Twenty, add the old one as a previous secret for these deliveries.";
}
