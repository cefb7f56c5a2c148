// The package under test, an independent signer, and what a call may end in.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";

export const backend = process.env.BACKEND;
export const library = await import(backend === "wasm" ? "twenty-webhook/wasm" : "twenty-webhook");
assert.equal(library.backend, backend, "BACKEND names what must run: native or wasm");

export const SECRET = "a-secret-that-no-message-may-hold";
export const NOW = 1_764_000_000_000;
export const BODY = '{"eventName":"person.created","record":{"id":"7","name":"a-name-that-no-log-may-hold"}}';
export const NONCE = "000102030405060708090a0b0c0d0e0f";

/** HMAC-SHA256 over the timestamp, a colon and the body, as the sender computes it. */
export function signature(body, { secret = SECRET, timestamp = NOW } = {}) {
  return createHmac("sha256", secret).update(`${timestamp}:`).update(body).digest("hex");
}

export const NAMES = ["X-Twenty-Webhook-Timestamp", "X-Twenty-Webhook-Signature", "X-Twenty-Webhook-Nonce"];
export const [TIMESTAMP, SIGNATURE, NONCE_HEADER] = NAMES;

/** The three headers of a body, some replaced. */
export function signed(body = BODY, replaced = {}) {
  return { [TIMESTAMP]: String(NOW), [SIGNATURE]: signature(body), [NONCE_HEADER]: NONCE, ...replaced };
}

export const webhook = new library.Webhook(SECRET);

export function verify({ body = BODY, headers = signed(), options = { now: NOW }, by = webhook } = {}) {
  return by.verify(body, headers, options);
}

/** What an object of the caller's throws: if it comes out bare, nobody caught it. */
export class Thrown extends Error {}
export const thrown = new Thrown("by the caller's own object");
export const bang = () => {
  throw thrown;
};
export const throwingProxy = (target, ...traps) => new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, bang])));
export const revoked = (target = {}) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

/** What the engine says of a mistake in its own program, rather than this library of one in the caller's. */
const ACCIDENT = /cannot read|is not a function|is not iterable|not defined|revoked|incompatible receiver|is not an? object\b|cannot convert|StringExpected|cannot perform/i;

/**
 * Runs it and says in a word what came of it: `accepted`, a code with its status where it has one, `TypeError`,
 * `TypeError with cause` or `RangeError`. Anything else fails.
 */
export function outcome(action, accept = () => "accepted") {
  let result;
  try {
    result = action();
  } catch (error) {
    return wordFor(error);
  }
  return accept(result);
}

export function wordFor(error) {
  const { WebhookError, WebhookVerificationError, codes } = library;
  if (error instanceof WebhookError) {
    assert.ok(error instanceof Error && codes.includes(error.code), `unknown code ${error.code}`);
    assert.notEqual(error.code, "internal", `a fault of ours: ${error.cause?.stack}`);
    assert.ok(!error.message.includes(SECRET) && error.message.length < 400, error.message);
    assert.equal(error.cause, undefined);
    if (!(error instanceof WebhookVerificationError)) return error.code;
    assert.equal(error.name, "WebhookVerificationError");
    return `${error.code} ${error.status}`;
  }
  const type = [TypeError, RangeError].find(({ prototype }) => Object.getPrototypeOf(error) === prototype);
  if (!type) assert.fail(`foreign: ${error?.stack ?? String(error)}`);
  assert.doesNotMatch(error.message, ACCIDENT);
  if (error.cause === thrown) return `${type.name} with cause`;
  return type.name;
}

/** A table of cases: a name, what must come of it, and the call. */
export function cases(test, table, accept) {
  for (const [name, expected, action] of table) test(name, () => assert.equal(outcome(action, accept), expected));
}
