// What an error is, what nothing shows, the closed list of codes, and the defaults, by behaviour.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { inspect } from "node:util";

import { BODY, NAMES, NOW, SECRET, SIGNATURE, TIMESTAMP, library, outcome, signature, signed, verify, webhook } from "./support.mjs";

const { Webhook, WebhookError, WebhookVerificationError, codes } = library;

describe("codes", () => {
  const readme = readFileSync(createRequire(import.meta.url).resolve("twenty-webhook/package.json").replace(/package\.json$/, "README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| `(\w+)` \| (\d*) ?\| /gm)].map(([, code, status]) => [code, status && Number(status)]);
  const statuses = new Map(rows);

  test("are the README's, in its order", () => {
    assert.equal(rows.length, 35);
    assert.deepEqual([...codes], rows.map(([code]) => code));
  });

  test("of a verification have the README's status", () => {
    const reached = new Set();
    const strict = new Webhook(SECRET, { payloadForm: "canonical", maxBodyBytes: 4096 });
    const stale = (timestamp) => ({ [TIMESTAMP]: String(timestamp), [SIGNATURE]: signature(BODY, { timestamp }) });
    const deep = "[".repeat(1025);
    for (const [body, headers] of [
      ["a".repeat(4097), signed()], [BODY, {}], [BODY, signed(BODY, { [TIMESTAMP]: ["1", "2"] })], [BODY, signed(BODY, { [TIMESTAMP]: "x" })],
      [BODY, stale(NOW - 300_001)], [BODY, stale(NOW + 300_001)], [BODY, signed(BODY, { [SIGNATURE]: "x" })], ["{}", signed()],
      ["\ud800", signed()], ["{", signed("{")], [deep, signed(deep)],
    ]) {
      assert.throws(() => strict.verify(body, headers, { now: NOW }), (error) => {
        assert.equal(error.status, statuses.get(error.code), error.code);
        reached.add(error.code);
        return true;
      });
    }
    assert.deepEqual([...reached], codes.slice(0, 11));
  });
});

describe("errors", () => {
  const caught = (action) => {
    try {
      action();
    } catch (error) {
      return error;
    }
    return assert.fail("nothing was thrown");
  };
  const refused = caught(() => verify({ body: "{}" }));
  const mistaken = caught(() => new Webhook(""));

  test("are errors, by class and by name", () => {
    assert.ok(refused instanceof Error && refused instanceof WebhookError && refused instanceof WebhookVerificationError);
    assert.ok(mistaken instanceof Error && mistaken instanceof WebhookError && !(mistaken instanceof WebhookVerificationError));
    assert.deepEqual([refused.name, mistaken.name], ["WebhookVerificationError", "WebhookError"]);
    assert.deepEqual([refused.code, refused.status, mistaken.code, "status" in mistaken], ["signature_mismatch", 401, "secret_empty", false]);
    assert.match(refused.stack, /^WebhookVerificationError: |WebhookError|Error: /);
    assert.equal(Object.prototype.toString.call(refused), "[object Error]");
  });

  test("hold no secret, no expected signature, no record, and one short text", () => {
    const secrets = ["secret-" + "x".repeat(40), SECRET];
    const by = new Webhook(secrets, { payloadForm: "canonical" });
    const expected = signature(BODY);
    const long = "a".repeat(50_000);
    const attempts = [
      ["{}", signed()], [BODY, signed(BODY, { [SIGNATURE]: long })], [BODY, signed(BODY, { [TIMESTAMP]: long })], [BODY, {}],
      [BODY.replace("7", "8"), signed()], [`${BODY}x`, signed()], [BODY, signed(BODY, { [SIGNATURE]: [expected, expected] })],
      [BODY, signed(BODY, { [TIMESTAMP]: "1\u001b[31m\n\r\u202e" })], [BODY, signed(BODY, { [TIMESTAMP]: "1764000000" })],
    ];
    for (const [body, headers] of attempts) {
      const error = caught(() => by.verify(body, headers, { now: NOW }));
      const shown = [error.message, inspect(error, { showHidden: true, depth: 9 }), JSON.stringify(error)].join("\n");
      for (const hidden of [...secrets, expected, "a-name-that-no-log-may-hold"]) assert.ok(!shown.includes(hidden), error.code);
      assert.ok(error.message.length > 10 && error.message.length < 400, error.message);
      assert.doesNotMatch(error.message, /[\u0000-\u001f\u007f\u202e]/);
    }
    for (const secret of [` ${SECRET}`, [SECRET, ""], `${SECRET}\ud800`, Array(5).fill(SECRET)]) {
      assert.ok(!inspect(caught(() => new Webhook(secret)), { showHidden: true }).includes(SECRET));
    }
    assert.ok(!inspect(caught(() => new Webhook(SECRET, { toleranceSeconds: null }))).includes(SECRET));
  });

  test("name the remedy", () => {
    const message = (body, headers) => caught(() => webhook.verify(body, headers, { now: NOW })).message;
    assert.match(message(BODY, {}), /secret/);
    assert.match(message(BODY, signed(BODY, { [TIMESTAMP]: String(NOW / 1000) })), /seconds/);
    assert.match(message(`${BODY} `, signed()), /raw|body/);
  });
});

describe("what is printed", () => {
  const hidden = (value, ...texts) => {
    const shown = [
      inspect(value, { showHidden: true, depth: 9 }), inspect({ value }, { showProxy: true, depth: 9 }), String(value), `${Object.values(value)}`,
      JSON.stringify(Object.getOwnPropertyDescriptors(value)), Object.getOwnPropertyNames(value).join(),
    ].join("\n");
    for (const text of texts) assert.ok(!shown.includes(text), shown);
  };
  test("of a webhook is no secret", () => {
    for (const secret of [SECRET, [SECRET, "another"], Buffer.from(SECRET)]) {
      const by = new Webhook(secret);
      assert.ok(!inspect(by, { showHidden: true, getters: true, depth: 9 }).includes(SECRET));
      assert.equal(JSON.stringify(by), '{"name":null}');
      hidden(by, SECRET, "another", Buffer.from(SECRET).toString("hex"), [...Buffer.from(SECRET)].join());
    }
  });
  test("of a delivery is no record, but for its JSON, which is all of it", () => {
    const delivery = verify();
    hidden(delivery, "a-name-that-no-log-may-hold", Buffer.from("a-name-that-no-log").toString("hex"));
    assert.equal(delivery.event.record.name, "a-name-that-no-log-may-hold");
    hidden(delivery, "a-name-that-no-log-may-hold");
    const other = verify({ body: Buffer.from(BODY) });
    assert.equal(other.payload.byteLength, BODY.length);
    assert.equal(JSON.parse(JSON.stringify(other)).payload, BODY);
    hidden(other, "a-name-that-no-log-may-hold", [...Buffer.from("a-name")].join());
  });
});

describe("defaults", () => {
  const at = (offset, by = webhook) => outcome(() => verify({ by, options: { now: NOW + offset } }));
  test("300 s on both sides, inclusive, to the millisecond", () => {
    assert.deepEqual([at(300_000), at(300_001)], ["accepted", "timestamp_too_old 401"]);
    assert.deepEqual([at(-300_000), at(-300_001)], ["accepted", "timestamp_too_new 401"]);
    assert.deepEqual([at(300_000.9), at(-300_000.1)], ["accepted", "timestamp_too_new 401"]);
  });
  test("zero means zero", () => {
    const by = new Webhook(SECRET, { toleranceSeconds: 0 });
    assert.deepEqual([at(0, by), at(1, by), at(-1, by)], ["accepted", "timestamp_too_old 401", "timestamp_too_new 401"]);
  });
  test("1,048,576 bytes", () => {
    const sized = (length) => outcome(() => verify({ body: "x".repeat(length), headers: signed("x".repeat(length)) }));
    assert.deepEqual([sized(1_048_576), sized(1_048_577)], ["accepted", "payload_too_large 413"]);
  });
  test("the sender's prefix, and the payload as it is", () => {
    assert.deepEqual(Object.keys(webhook.sign(BODY)), NAMES);
    const spaced = '{ "b": 1.0 }';
    assert.equal(webhook.sign(spaced, { timestamp: NOW })[SIGNATURE], signature(spaced));
    assert.equal(outcome(() => verify({ body: spaced, headers: signed(spaced) })), "accepted");
    assert.equal(outcome(() => verify({ body: spaced, headers: signed('{"b":1}') })), "signature_mismatch 401");
  });
  test("the clock, where no time is given", () => {
    const fresh = webhook.sign(BODY);
    assert.ok(Math.abs(webhook.verify(BODY, fresh).timestamp.getTime() - Date.now()) < 60_000);
    assert.equal(outcome(() => webhook.verify(BODY, signed())), Date.now() > NOW + 300_000 ? "timestamp_too_old 401" : "accepted");
  });
});
