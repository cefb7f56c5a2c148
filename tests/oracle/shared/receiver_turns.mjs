// What a receiver's host tells, and the turns that answer it, in words of their own.
import { hex, hmacHex, utf8 } from "./bytes.mjs";
import { NONCE, SECRET, SENT_AT } from "./delivery.mjs";
import { deliveryId } from "./delivery_id.mjs";

export const PERSON = '{"eventName":"person.created","record":{"id":"7"}}';
export const COMPANY = '{"eventName":"company.created","record":{"id":"8"}}';
export const METADATA = '{"eventName":"metadata.view.created","event":{"metadataName":"view","recordId":"9"}}';
export const UNKNOWN = "[]";
const DAY = 86_400_000;
const WINDOW = 610_000;

export function test(flag, comment, steps) {
  return { comment, flags: [flag], result: "valid", code: null, steps: steps.map(([tell, turn]) => ({ tell, turn })) };
}

export const NOTHING = { notices: [], answer: null, next: null };
export const FIND = { ...NOTHING, next: { findWebhook: { withinMillis: 2_000 } } };
export const UNAVAILABLE = "replay_store_unavailable: The replay store failed or did not answer in time.";

export function upToBody(body, length = { contentLength: String(body.length) }) {
  const read = { ...NOTHING, next: { readBody: { atMost: 1_048_576, withinMillis: 10_000 } } };
  return [[{ head: { method: "POST", ...length } }, FIND], [{ webhook: "found", headers: signed(body) }, read]];
}

export function upToClaim(body, { namespace = "twenty-webhook", ttl = DAY, name } = {}) {
  const claim = { key: keyOf(namespace, body, name), ttlMillis: ttl, windowMillis: WINDOW, withinMillis: 1_000 };
  return [...upToBody(body), [{ bodyHex: hex(body) }, { ...NOTHING, next: { claim } }]];
}

export function handle(route, warnAfterMillis = 4_000) {
  return { ...NOTHING, next: { handle: { route, warnAfterMillis } } };
}

export function acceptedAndHandle(body) {
  return { ...ended("accepted", 200, "debug", `accepted [${facts(body)}]`), next: handle(0, null).next };
}

export function release(body, token, { name } = {}) {
  return { ...NOTHING, next: { release: { key: keyOf("twenty-webhook", body, name), token, withinMillis: 1_000 } } };
}

export function handled(body, options) {
  return ended("handled", 200, "debug", `handled [${facts(body, options)}]`);
}

export function failed(body, cause, options) {
  return ended("failed", 500, "error", `handler_failed: The handler failed.${cause === undefined ? "" : ` (${cause})`} [${facts(body, options)}]`, { code: "handler_failed" });
}

export function unavailable(cause) {
  return ended("refused", 503, "error", `${UNAVAILABLE} (${cause}) [${facts(PERSON)}]`, { code: "replay_store_unavailable" });
}

export function unknownIgnored(body) {
  return ended("ignored", 200, "warn",
    `ignored: The delivery is authentic and of a shape not known here, and no route is for those: add one named unknown. [${facts(body)}]`);
}

export function slow(body) {
  const line = "The handler is still running after 4 s, and the sender gives up after 5 s: hand long work to a queue, or set the option background; give a time-out to the client of what it waits for.";
  return { ...NOTHING, notices: [notice("warn", null, null, `${line} [${facts(body)}]`)] };
}

export function unreleased(body, cause) {
  return notice("error", null, "replay_store_unavailable",
    `replay_store_unavailable: The claim was not released, so the same event sent again counts as handled. (${cause}) [${facts(body)}]`);
}

export function unsettled(body) {
  return notice("error", null, "replay_store_unavailable",
    `replay_store_unavailable: The replay store did not say in time whether it granted the claim, so the same event sent again may count as handled. [${facts(body)}]`);
}

export function failedLate(body, cause) {
  return { ...NOTHING, notices: [notice("warn", null, null, `The replay store failed after the time in which it should have answered. (${cause}) [${facts(body)}]`)] };
}

const STATUSES = { method_not_allowed: 405, unsupported_content_encoding: 415, malformed_content_length: 400, unknown_webhook: 404, webhook_unavailable: 500, payload_too_large: 413,
  body_timeout: 408, body_already_read: 500, not_a_request: 500 };

// Of the sentences of verification only the code is told here: they are its own.
export function refusal(code, line, headers = []) {
  const status = STATUSES[code] ?? 401;
  return ended("refused", status, status < 500 ? "warn" : "error", line, { code, headers });
}

export function ended(outcome, status, level, line, { code = null, headers = [] } = {}) {
  const body = JSON.stringify(code === null ? { outcome } : { code });
  const answer = { status, headers: [["content-type", "application/json"], ...headers], body };
  return { notices: [notice(level, outcome, code, line)], answer, next: null };
}

export function notice(level, outcome, code, line) {
  if (typeof line === "string") return { level, outcome, code, line };
  return { level, outcome, code, lineStart: line?.start ?? `${code}: ` };
}

export function also(turn, first) {
  return { ...turn, notices: [first, ...turn.notices] };
}

export function facts(body, { name: webhook } = {}) {
  const known = { [COMPANY]: "company.created, record 8", [METADATA]: "metadata.view.created, record 9", [UNKNOWN]: "an event of kind unknown", "": "an event of kind unknown" };
  const name = known[body] ?? named(JSON.parse(body));
  return `${webhook === undefined ? "" : `webhook ${shown(webhook)}, `}delivery ${idOf(body)}, ${name}`;
}

function named({ eventName, record: { id } }) {
  return `${shown(eventName)}, record ${shown(id)}`;
}

// A hundred characters at most, none of which ends the line or cannot be seen.
export function shown(text) {
  const one = (c) => ESCAPES[c] ?? (UNSEEN.test(c) ? `\\u{${c.codePointAt(0).toString(16)}}` : c);
  return [...text].slice(0, 100).map(one).join("") + (text.length > 100 ? "..." : "");
}

const ESCAPES = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffd]/u;

function keyOf(namespace, body, name) {
  return [namespace, idOf(body), ...(name === undefined ? [] : [name])].join(":");
}

function idOf(body) {
  return deliveryId(utf8(body));
}

export function signed(body, { timestamp = SENT_AT, signature } = {}) {
  return [
    ["X-Twenty-Webhook-Timestamp", timestamp],
    ["X-Twenty-Webhook-Signature", signature ?? hmacHex(SECRET, timestamp, ":", body)],
    ["X-Twenty-Webhook-Nonce", NONCE],
  ];
}
