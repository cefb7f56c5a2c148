// The entry that says why a delivery is refused, beside what the vectors show of it.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";

import { caseOf, summary } from "./conformance/diagnosis.mjs";
import { api as ordinary, backend, diagnosing } from "./installed.mjs";
import { vectors } from "./vectors.mjs";

const { Webhook, diagnose, fingerprint } = diagnosing;
const SECRET = "the secret of these tests";
const SENT_AT = 1_735_066_639_761;
const BODY = '{"eventName":"person.created","record":{"id":"7"}}';
const PRINTED = JSON.stringify(JSON.parse(BODY), null, 2);
const sign = (body, secret) => createHmac("sha256", secret).update(`${SENT_AT}:`).update(body).digest("hex");
const headersOf = (body = BODY, secret = SECRET) => ({ "X-Twenty-Webhook-Timestamp": String(SENT_AT), "X-Twenty-Webhook-Signature": sign(body, secret) });
const codesOf = ({ findings }) => findings.map(({ code }) => code);
const now = SENT_AT;

const kinds = Object.fromEntries(vectors.diagnose.testGroups.map((group) => [group.kind, group.tests.map((test) => ({ ...caseOf(test, group), name: test.name }))]));
const isProved = ({ findings }) => findings.every(({ certainty }) => certainty === "proved");
/** What cannot be seen, and cannot be proved beside a mistake that cannot be undone. */
const INVISIBLE = ["body_printed_again", "body_line_end_taken", "body_line_ends_changed", "body_normalized", "other_secret", "secret_of_another"];

test(`every pair of a body and a secret mistake is recognized: ${backend}`, () => {
  const wrong = [];
  for (const body of kinds.bodies) {
    for (const secret of kinds.secrets) {
      const signature = sign(body.signed, secret.secret);
      const headers = body.headers.map(([name, value]) => [name, name === "X-Twenty-Webhook-Signature" ? signature : value]);
      const { findings } = diagnose(secret.secrets, body.body, headers, { ...body.options, otherSecrets: secret.options.otherSecrets });
      const isProvable = isProved(body) && isProved(secret);
      // Another secret is none where this one is visibly wrong.
      const isTold = (one) => one.findings.filter(({ cause }) => cause !== "other_secret").every(({ cause }) => {
        const told = findings.find(({ code }) => code === cause);
        return told ? !isProvable || told.certainty === "proved" : !isProvable && INVISIBLE.includes(one.findings[0].cause);
      });
      const hasMore = isProvable && findings.length > body.findings.length + secret.findings.length;
      if (!isTold(body) || !isTold(secret) || hasMore) wrong.push(`${body.name} + ${secret.name}: ${summary(findings)}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test(`nothing told holds a secret or a signature: ${backend}`, () => {
  for (const { secrets, secret, signed, body, headers, options } of Object.values(kinds).flat()) {
    const told = JSON.stringify(diagnose(secrets, body, headers, options));
    const texts = [...secrets, ...options.otherSecrets, secret].map((bytes) => Buffer.from(bytes).toString().trim()).filter((text) => text.length > 20);
    for (const text of [...texts, sign(signed, secret), sign(body, secret), "token="]) assert.ok(!told.includes(text), told);
  }
});

describe(`diagnose: ${backend}`, () => {
  const webhook = new Webhook(SECRET);

  test("of a webhook has its options", () => {
    const headers = { "x-acme-webhook-timestamp": String(SENT_AT), "x-acme-webhook-signature": sign(BODY, SECRET) };
    assert.deepEqual(codesOf(webhook.diagnose(BODY, headers, { now })), ["other_prefix"]);
    for (const options of [{ headerPrefix: "X-Acme-Webhook-" }, { headerPrefix: "X-Acme-Webhook-", payloadForm: "canonical", name: "acme" }]) {
      assert.deepEqual(new Webhook(SECRET, options).diagnose(BODY, headers, { now }), { verdict: null, isComplete: true, findings: [] });
      assert.deepEqual(diagnose(SECRET, BODY, headers, { now, ...options }).findings, []);
    }
    assert.deepEqual(codesOf(diagnose(SECRET, BODY, headersOf(), { now, maxBodyBytes: 10 })), ["body_too_large"]);
    assert.deepEqual(codesOf(diagnose(SECRET, BODY, headersOf(), { now: SENT_AT + 90_000, toleranceSeconds: 60 })), ["sent_too_long_ago"]);
  });

  test("takes the clock's time where it is given none", () => {
    assert.deepEqual(codesOf(webhook.diagnose(BODY, headersOf())), ["saved_long_ago"]);
  });

  test("takes secrets of other webhooks, and lists of them", () => {
    const headers = headersOf(BODY, "of another");
    for (const otherSecrets of [["of another"], ["", Buffer.from("of another")], [["one", "of another"], "more"]]) {
      assert.deepEqual(codesOf(webhook.diagnose(BODY, headers, { now, otherSecrets })), ["secret_of_another"]);
    }
  });

  test("takes the method and the address", () => {
    assert.deepEqual(codesOf(webhook.diagnose("", {}, { method: "GET" })), ["no_signature_headers", "redirected"]);
    const url = "https://hooks.example.com/twenty";
    const headers = { ...headersOf(), "X-Twenty-Webhook-Signature": createHmac("sha256", SECRET).update(`${SENT_AT}:${url}:${BODY}`).digest("hex") };
    assert.deepEqual(codesOf(webhook.diagnose(BODY, headers, { now, url })), ["signed_url"]);
  });

  test("passes over values that are no texts in headers that verify does not read", () => {
    for (const other of [7, null, undefined, [], {}, [{}, null], Symbol("no text")]) {
      const headers = { ...headersOf(), "X-Other": other, "Content-Length": 7 };
      for (const given of [headers, Object.entries(headers)]) assert.deepEqual(webhook.diagnose(BODY, given, { now }).findings, []);
    }
  });

  test("refuses what verify refuses, in the same words", () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const throws = { get [Symbol.iterator]() { throw new Error("bang"); } };
    const bodies = [undefined, null, 7, {}, [BODY], new Uint8Array(new SharedArrayBuffer(8)), revoked.proxy];
    const headers = [undefined, null, "x", 7, [["a"]], [7], Promise.resolve({}), { headers: headersOf() }, { "x-twenty-webhook-nonce": {} }, throws, revoked.proxy];
    for (const [body, given] of [...bodies.map((body) => [body, headersOf()]), ...headers.map((given) => [BODY, given])]) {
      const expected = thrownBy(() => webhook.verify(body, given));
      assert.ok(expected instanceof TypeError);
      for (const action of [() => webhook.diagnose(body, given), () => diagnose(SECRET, body, given)]) {
        assert.deepEqual(thrownBy(action), expected);
      }
    }
    for (const now of [NaN, -1, "0", {}]) assert.deepEqual(thrownBy(() => webhook.diagnose(BODY, {}, { now })), thrownBy(() => webhook.verify(BODY, {}, { now })));
    for (const secret of [undefined, null, 7, {}, [undefined]]) assert.deepEqual(thrownBy(() => diagnose(secret, BODY, {})), thrownBy(() => new Webhook(secret)));
    for (const options of [{ toleranceSeconds: -1 }, { maxBodyBytes: 0.5 }, { headerPrefix: " " }, { payloadForm: "row" }, { name: "" }]) {
      assert.deepEqual(thrownBy(() => diagnose(SECRET, BODY, {}, options)), thrownBy(() => new Webhook(SECRET, options)));
    }
    assert.throws(() => webhook.diagnose(BODY, {}, { tolerance: 7 }), { name: "TypeError", message: /^diagnose has no option "tolerance"/ });
    assert.throws(() => diagnose(SECRET, BODY, {}, { otherSecret: "x" }), /the nearest is otherSecrets/);
    for (const [option, wrong] of [["method", 7], ["url", new URL("http://localhost/")], ["otherSecrets", 7], ["otherSecrets", [null]]]) {
      assert.throws(() => webhook.diagnose(BODY, {}, { [option]: wrong }), (error) => error instanceof TypeError && error.message.startsWith(option));
    }
  });

  test("goes on after a delivery that is too large for it", () => {
    const { isComplete } = diagnose("another", Buffer.alloc(1 << 20, "7"), headersOf(), { now, maxBodyBytes: 2 << 20 });
    assert.equal(isComplete, false);
    assert.deepEqual(codesOf(webhook.diagnose(PRINTED, headersOf(), { now })), ["body_indented"]);
  });
});

test(`the fingerprint is of eight digits, and of the secret's bytes: ${backend}`, () => {
  for (const secret of ["a secret", "a secret\n", "ÿ", "", Buffer.from([0xff])]) {
    assert.equal(fingerprint(secret), createHmac("sha256", secret).update("twenty-webhook/fingerprint/1").digest("hex").slice(0, 8));
  }
  for (const secret of [undefined, 7, ["a secret"]]) assert.throws(() => fingerprint(secret), { name: "TypeError", message: /^secret must be text or bytes, not (undefined|a number|an array)$/ });
});

test(`the other entries have none of it: ${backend}`, () => {
  assert.deepEqual(Object.keys(diagnosing).filter((name) => !(name in ordinary)).sort(), ["diagnose", "fingerprint", "readRequests", "signedParts"]);
  assert.equal(new ordinary.Webhook(SECRET).diagnose, undefined);
});

function thrownBy(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}
