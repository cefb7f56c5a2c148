// Requests that are refused before a delivery is verified, and those whose delivery is not authentic.
import { hex } from "../shared/bytes.mjs";
import { SENT_AT } from "../shared/delivery.mjs";
import {
  COMPANY, FIND, PERSON, refusal, signed, test, UNKNOWN, unknownIgnored, upToBody,
} from "../shared/receiver_turns.mjs";

export function requests() {
  return [...heads(), ...webhooks(), ...headers(), ...bodies()];
}

function heads() {
  const refused = (comment, head, code, line, headers = []) => test("Head", comment, [[{ head }, refusal(code, line, headers)]]);
  return [
    refused("a GET, as a redirect makes of it", { method: "GET" }, "method_not_allowed",
      "method_not_allowed: Deliveries are POST requests: a GET with signature headers is what a 301 or 302 redirect makes of one, so give Twenty the final URL.", [["allow", "POST"]]),
    refused("a method in lower case", { method: "post" }, "method_not_allowed", undefined, [["allow", "POST"]]),
    refused("a compressed body", { method: "POST", contentEncoding: "gzip" }, "unsupported_content_encoding",
      "unsupported_content_encoding: Deliveries are sent uncompressed: look for a proxy that compresses request bodies."),
    ...["7, 7", "-1", "", "7.0", "0x7"].map((contentLength) => refused(`a length of ${JSON.stringify(contentLength)}`, { method: "POST", contentLength }, "malformed_content_length",
      "malformed_content_length: The Content-Length header has more than one value, or one that is not a whole number: look for a proxy that adds or joins headers.")),
  ];
}

function webhooks() {
  const asked = [{ head: { method: "POST" } }, FIND];
  return [
    test("Webhook", "is not known", [asked, [{ webhook: "unknown" }, refusal("unknown_webhook",
      "unknown_webhook: The function that finds the webhook of a request knows none for this one.")]]),
    test("Webhook", "cannot be looked up", [asked, [{ webhook: "failed", cause: "no route to host" }, refusal("webhook_unavailable",
      "webhook_unavailable: The function that finds the webhook of a request failed or took too long. (no route to host)")]]),
    test("Webhook", "is looked for too long", [asked, [{ webhook: "late" }, refusal("webhook_unavailable",
      "webhook_unavailable: The function that finds the webhook of a request failed or took too long. (no answer within 2 s)")]]),
  ];
}

function headers() {
  const found = (comment, head, headers, code, line) => test("Headers", comment, [[{ head: { method: "POST", ...head } }, FIND], [{ webhook: "found", headers }, refusal(code, line)]]);
  const acme = signed(PERSON).map(([name, value]) => [name.replace("Twenty", "Acme"), value]);
  return [
    found("a length beyond the limit", { contentLength: "1048577" }, signed(PERSON), "payload_too_large"),
    found("a length beyond the limit comes before the headers", { contentLength: "1048577" }, [], "payload_too_large"),
    found("no headers", {}, [], "missing_header", { start: "missing_header: None of the X-Twenty-Webhook-* headers is there: " }),
    found("headers of another prefix", {}, acme, "missing_header", { start: "missing_header: None of the signature headers is there, but " }),
    found("headers of another prefix, and one of this one", {}, [...acme, signed(PERSON)[0]], "missing_header", { start: "missing_header: The header X-Twenty-Webhook-Signature is missing: " }),
    found("an old timestamp", {}, signed(PERSON, { timestamp: String(SENT_AT - 300_001) }), "timestamp_too_old"),
    found("a timestamp ahead", {}, signed(PERSON, { timestamp: String(Number(SENT_AT) + 300_001) }), "timestamp_too_new"),
    found("a signature of another shape", {}, signed(PERSON, { signature: "sha256=00" }), "malformed_signature"),
  ];
}

function bodies() {
  const unreadable = (comment, told, code, line) => test("Body", comment, [...upToBody(PERSON), [{ unreadable: told.why, ...told.with }, refusal(code, line)]]);
  const gone = "body_timeout: The client went away before the body was complete.";
  return [
    unreadable("the client goes away", { why: "gone" }, "body_timeout", gone),
    unreadable("the client goes away with an error", { why: "gone", with: { cause: "ECONNRESET" } }, "body_timeout", `${gone} (ECONNRESET)`),
    unreadable("it does not come in time", { why: "late" }, "body_timeout", "body_timeout: The body did not arrive in time."),
    unreadable("more comes than may", { why: "tooLarge" }, "payload_too_large",
      "payload_too_large: The body is larger than the limit of 1048576 bytes: raise it if records of this size are expected."),
    unreadable("a framework has a smaller limit", { why: "tooLarge", with: { cause: "limit of 1000" } }, "payload_too_large",
      "payload_too_large: The framework or a middleware has a smaller limit than the receiver: raise that limit. (limit of 1000)"),
    unreadable("something read it before", { why: "alreadyRead", with: { reason: "Move the parser." } }, "body_already_read", "body_already_read: Move the parser."),
    unreadable("something read it before, nobody knows what", { why: "alreadyRead" }, "body_already_read",
      "body_already_read: Something read the body before the receiver could: mount the receiver before the body parser."),
    unreadable("it is no request", { why: "notARequest", with: { reason: "Pass the request." } }, "not_a_request", "not_a_request: Pass the request."),
    test("Body", "is announced, and nothing comes", [...upToBody(PERSON), [{ bodyHex: "" }, refusal("body_already_read")]]),
    test("Body", "is of no announced length, and nothing comes", [...upToBody(PERSON, {}), [{ bodyHex: "" }, refusal("signature_mismatch",
      `${MISMATCH} The body is empty: if the client sent one, something read it before the receiver could.`)]]),
    test("Body", "is not what was signed", [...upToBody(PERSON, {}), [{ bodyHex: hex(COMPANY) }, refusal("signature_mismatch", MISMATCH)]]),
    test("Body", "was printed anew by something that writes blanks", [...upToBody(PERSON, {}), [{ bodyHex: hex(WITH_BLANKS) }, refusal("signature_mismatch", `${MISMATCH} ${BLANKS}`)]]),
    test("Body", "got a line end on the way", [...upToBody(PERSON, {}), [{ bodyHex: hex(`${PERSON}\n`) }, refusal("signature_mismatch",
      `${MISMATCH} The body ends with a line end, which Twenty never sends: something added it.`)]]),
    test("Body", "is empty and signed", [...upToBody(""), [{ bodyHex: "" }, unknownIgnored("")]]),
  ];
}

/** Of a receiver that diagnoses. */
export function diagnosed() {
  const read = (comment, body, start) => test("Diagnosis", comment, [...upToBody(PERSON, {}), [{ bodyHex: hex(body) }, refusal("signature_mismatch", { start })]]);
  return [
    read("a body that Python printed anew", WITH_BLANKS, `${MISMATCH} ${BLANKS} Diagnosis: body_printed_by_python (proved): `),
    read("a body of another secret", COMPANY, `${MISMATCH} Diagnosis: other_secret (likely): `),
    test("Diagnosis", "an authentic delivery has none", [...upToBody(UNKNOWN), [{ bodyHex: hex(UNKNOWN) }, unknownIgnored(UNKNOWN)]]),
    test("Diagnosis", "an old timestamp is told as ever", [[{ head: { method: "POST" } }, FIND],
      [{ webhook: "found", headers: signed(PERSON, { timestamp: String(SENT_AT - 300_001) }) }, refusal("timestamp_too_old")]]),
  ];
}

const MISMATCH = "signature_mismatch: The signature does not belong to this body and secret: compare the secret, and pass the raw body as received, not a re-serialised one.";
const BLANKS = "The body has blanks between its parts, which Twenty never writes: something parsed it and printed it anew.";
// As json.dumps prints it.
const WITH_BLANKS = '{"eventName": "person.created", "record": {"id": "7"}}';
