// Verifying, signing, and making a webhook.
import { bodyForms, headerForms } from "./carriers.mjs";
import { bytesOf, fromHex, isSame, wtf8 } from "./values.mjs";

/** What the design says to answer with. */
const STATUSES = {
  payload_too_large: 413,
  missing_header: 401,
  repeated_header: 401,
  malformed_timestamp: 401,
  timestamp_too_old: 401,
  timestamp_too_new: 401,
  malformed_signature: 401,
  signature_mismatch: 401,
  payload_not_utf8: 400,
  payload_not_json: 400,
  payload_too_deep: 400,
};
/** Those that come before the body is looked at: they do not depend on how it is written. */
const BEFORE_THE_BODY = Object.keys(STATUSES).slice(0, 7);

export function verifyTest(api, test, tools, group) {
  const now = Number(test.now);
  const isDate = !Number.isNaN(new Date(now).getTime());
  const webhook = webhookOf(api, group);
  const body = bytesOf(test, "body");
  const headers = headerForms(test.headers);
  if (!isDate) {
    tools.except("BeyondDate");
    expectRangeError(tools, () => webhook.verify(body, headers.pairs, { now: new Date(now) }));
    return;
  }
  if (headers.Headers) tools.heldByHeaders();
  const verify = (what, passed, form, options, code = test.code) => {
    const outcome = tools.attempt(() => webhook.verify(passed, form, options));
    if (outcome.error) return expectCode(api, tools, what, outcome.error, code);
    expectDelivery(tools, what, outcome.value, test, code);
  };
  for (const [name, form] of Object.entries(headers)) verify(name, body, form, { now: new Date(now) });
  for (const [name, carrier] of Object.entries(bodyForms(body))) verify(name, carrier, headers.pairs, { now });
  const text = wtf8(body);
  if (text === undefined) return;
  const isUnread = isIllFormed(text) && !BEFORE_THE_BODY.includes(test.code);
  verify("text", text, headers.pairs, { now }, isUnread ? "payload_not_utf8" : test.code);
}

export function signTest(api, test, tools, group) {
  const webhook = webhookOf(api, group);
  const { nonce } = test;
  const timestamp = Number(test.timestamp);
  const payload = bytesOf(test, "payload");
  if (BigInt(timestamp) !== BigInt(test.timestamp)) {
    tools.except("BeyondDouble");
    expectRangeError(tools, () => webhook.sign(payload, { timestamp: new Date(timestamp), nonce }));
    return;
  }
  const sign = (what, passed, options, code = test.code) => {
    const outcome = tools.attempt(() => webhook.sign(passed, options));
    if (outcome.error) return expectCode(api, tools, what, outcome.error, code, { isVerification: false });
    tools.expect(what, JSON.stringify(Object.entries(outcome.value)), JSON.stringify(test.headers));
    tools.expect(`${what}: code`, null, code);
  };
  for (const [name, carrier] of Object.entries(bodyForms(payload))) sign(name, carrier, { timestamp, nonce });
  if (!Number.isNaN(new Date(timestamp).getTime())) sign("date", payload, { timestamp: new Date(timestamp), nonce });
  const text = wtf8(payload);
  if (text === undefined) return;
  const isUnsigned = isIllFormed(text) && !["invalid_nonce", "invalid_timestamp"].includes(test.code);
  sign("text", text, { timestamp, nonce }, isUnsigned ? "payload_not_utf8" : test.code);
}

const MAKERS = {
  secret: (make, { secretHex }) => [() => make(textOf(secretHex)), () => make([textOf(secretHex)])],
  secrets: (make, { count }) => [() => make(Array.from({ length: count }, () => "secret"))],
  toleranceSeconds: (make, { value }) => [() => make("secret", { toleranceSeconds: numberOf(value) })],
  maxBodyBytes: (make, { value }) => [() => make("secret", { maxBodyBytes: numberOf(value) })],
  headerPrefix: (make, { valueHex }) => [() => make("secret", { headerPrefix: textOf(valueHex) })],
  name: (make, { valueHex }) => [() => make("secret", { name: textOf(valueHex) })],
  payloadForm: (make, { value }) => [() => make("secret", { payloadForm: value })],
};

export function configTest(api, test, tools) {
  const make = (...options) => new api.Webhook(...options);
  const expectOutcome = (action, code) => {
    const { error } = tools.attempt(action);
    if (error) expectCode(api, tools, test.kind, error, code, { isVerification: false });
    else tools.expect(`${test.kind}: code`, null, code);
  };
  if (test.kind === "replayTtl") return tools.except("ReplayTtl");
  if (test.kind === "secret") {
    expectOutcome(() => make(fromHex(test.secretHex)), test.code);
    if (textOf(test.secretHex) === undefined) return;
  }
  for (const action of MAKERS[test.kind](make, test)) expectOutcome(action, test.code);
}

/** The webhook a group is about, which is made anew: nothing may depend on what it was used for. */
export function webhookOf(api, { secretsHex, toleranceMillis, maxBodyBytes, headerPrefix, payloadForm }) {
  const options = { payloadForm };
  if (typeof toleranceMillis === "number") options.toleranceSeconds = toleranceMillis / 1000;
  if (typeof maxBodyBytes === "number") options.maxBodyBytes = maxBodyBytes;
  if (typeof headerPrefix === "string") options.headerPrefix = headerPrefix;
  return new api.Webhook(secretsHex.map(textOf), options);
}

function expectDelivery(tools, what, delivery, test, code) {
  tools.expect(`${what}: code`, null, code);
  if (test.code !== null) return;
  tools.expect(`${what}: timestamp`, delivery.timestamp.getTime(), Number(test.timestamp));
  tools.expect(`${what}: nonce`, delivery.nonce, test.nonce);
  tools.expect(`${what}: secretIndex`, delivery.secretIndex, test.secretIndex);
  tools.expect(`${what}: payload`, isSame(delivery.payload, bytesOf(test, "payload")), true);
  tools.expect(`${what}: id`, delivery.id, test.id);
}

export function expectCode(api, tools, what, error, code, { isVerification = true } = {}) {
  if (!(error instanceof api.WebhookError)) return tools.fail(`${what}: ${error?.stack ?? error}`);
  tools.expect(`${what}: code`, error.code, code);
  tools.expect(`${what}: class`, error instanceof api.WebhookVerificationError, isVerification);
  if (isVerification) tools.expect(`${what}: status`, error.status, STATUSES[code]);
  const hasOffset = !isVerification && error.code.startsWith("payload_");
  tools.expect(`${what}: has an offset`, error.offset !== undefined, hasOffset);
}

/** There is no such date, which is a mistake of the caller's. */
function expectRangeError(tools, action) {
  tools.expect("error", tools.attempt(action).error?.name, "RangeError");
}

function isIllFormed(text) {
  return /\p{Surrogate}/u.test(text);
}

function textOf(hex) {
  return wtf8(fromHex(hex));
}

/** The vectors write a number as Rust reads it. */
function numberOf(text) {
  return Number(text.replace(/^([+-]?)inf$/i, "$1Infinity"));
}
