// Options by a wrong name, and options that an object inherits: neither is silently ignored, nor taken from where nobody put it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { BODY, NONCE, NOW, SECRET, bang, library, outcome, revoked, signed, throwingProxy, verify, webhook } from "./support.mjs";

const { Webhook, memoryReplayStore, sqlReplayStore } = library;
const { testReplayStore } = await import("twenty-webhook/testing");
const ADAPTERS = ["express", "fastify", "fetch", "hono", "koa", "lambda", "node"];
const receivers = Object.fromEntries(await Promise.all(ADAPTERS.map(async (name) => [name, (await import(`twenty-webhook/${name}`)).receive])));

/** Everything that takes options, and how it is called with some. */
const PLACES = {
  Webhook: (options) => new Webhook("s", options),
  verify: (options) => webhook.verify(BODY, signed(), { now: NOW, ...options }),
  sign: (options) => webhook.sign(BODY, options),
  memoryReplayStore: (options) => memoryReplayStore(options),
  sqlReplayStore: (options) => sqlReplayStore({}, options),
  testReplayStore: (options) => testReplayStore(() => ({}), options),
  ...Object.fromEntries(ADAPTERS.map((name) => [`receive of ${name}`, (options) => receivers[name](webhook, () => {}, options)])),
};

/** Options of Webhook that are given to a receiver, and the other way round. */
const ELSEWHERE = {
  toleranceSeconds: "it is an option of Webhook", maxBodyBytes: "it is an option of Webhook", name: "it is an option of Webhook",
  tolerance: "the nearest is toleranceSeconds, an option of Webhook", max_body: "the nearest is maxBodyBytes, an option of Webhook",
};
const OF_WEBHOOK = { logger: "it is an option of receive", replayStore: "it is an option of receive", onErorr: "the nearest is onError, an option of receive" };

/** Of each place names that somebody would write, and the option that is meant. */
const MEANT = {
  Webhook: { tolerance: "toleranceSeconds", tolerance_seconds: "toleranceSeconds", toleranceMs: "toleranceSeconds", maxBytes: "maxBodyBytes", prefix: "headerPrefix", form: "payloadForm", paylaodForm: "payloadForm", ToleranceSeconds: "toleranceSeconds" },
  verify: { Now: "now", nowMs: "now", copy_: "copy" },
  sign: { time_stamp: "timestamp", Nonce: "nonce" },
  sqlReplayStore: { tableName: "table", Table: "table" },
  testReplayStore: { lose_answer: "loseAnswer" },
  memoryReplayStore: { max: "maxEntries", max_entries: "maxEntries", maxEntires: "maxEntries" },
};
const OF_RECEIVERS = { store: "replayStore", replay_store: "replayStore", ttl: "replayTtlSeconds", replayTtl: "replayTtlSeconds", on_error: "onError", onFailure: "onStoreFailure", log: "logger", bodyTimeout: "bodyTimeoutMs", clok: "clock", name_space: "namespace", backgound: "background" };

for (const [place, call] of Object.entries(PLACES)) {
  test(`${place} refuses an option it does not know, and names the nearest`, () => {
    const meant = place.startsWith("receive") ? OF_RECEIVERS : MEANT[place];
    for (const [name, nearest] of Object.entries(meant)) {
      // Lambda has no option for time that passes while nobody waits.
      if (place === "receive of lambda" && ["bodyTimeoutMs", "background"].includes(nearest)) continue;
      for (const value of [undefined, 60]) {
        assert.throws(() => call({ [name]: value }), (error) => {
          assert.equal(Object.getPrototypeOf(error), TypeError.prototype, String(error));
          assert.equal(error.message, `${place.split(" ")[0]} has no option "${name}": the nearest is ${nearest}`);
          return true;
        });
      }
    }
  });

  test(`${place} names no option where none is like what was given`, () => {
    for (const name of ["secret", "redis", "e", "onSuccess", "size", "at"]) {
      assert.throws(() => call({ [name]: 1 }), { name: "TypeError", message: `${place.split(" ")[0]} has no option "${name}"` });
    }
  });

  test(`${place} says what it can of a name that cannot be meant`, () => {
    for (const name of ["", "x".repeat(10_000), "\u0000\ud800", "__proto__", "constructor", "7"]) {
      assert.throws(() => call(Object.defineProperty({}, name, { value: 1, enumerable: true })), ({ name: type, message }) => {
        assert.equal(type, "TypeError");
        assert.ok(message.startsWith(`${place.split(" ")[0]} has no option "`) && message.length < 200, message);
        return true;
      });
    }
  });
}

test("an option of Webhook that a receiver is given is said to be one, and the other way round", () => {
  for (const place of Object.keys(PLACES).filter((name) => name === "Webhook" || name.startsWith("receive"))) {
    for (const [name, remedy] of Object.entries(place === "Webhook" ? OF_WEBHOOK : ELSEWHERE)) {
      assert.throws(() => PLACES[place]({ [name]: 1 }), { name: "TypeError", message: `${place.split(" ")[0]} has no option "${name}": ${remedy}` });
    }
  }
});

test("verifyRequest refuses an option it does not know", async () => {
  const request = () => new Request("http://localhost/", { method: "POST", headers: signed(), body: BODY });
  await assert.rejects(webhook.verifyRequest(request(), { nowMs: NOW }), { name: "TypeError", message: 'verifyRequest has no option "nowMs": the nearest is now' });
  assert.equal((await webhook.verifyRequest(request(), { now: NOW })).event.name, "person.created");
});

test("what the receiver for fetch takes besides is no option of the others, and Lambda's are fewer", () => {
  const waitUntil = () => {};
  assert.ok(receivers.fetch(webhook, () => {}, { waitUntil }));
  for (const name of ADAPTERS.filter((name) => name !== "fetch")) assert.throws(() => receivers[name](webhook, () => {}, { waitUntil }), /has no option "waitUntil"/);
  assert.throws(() => receivers.lambda(webhook, () => {}, { bodyTimeoutMs: 5 }), /receive has no option "bodyTimeoutMs"/);
  assert.throws(() => receivers.lambda(webhook, () => {}, { background: true }), /hand long work to a queue/);
});

test("what cannot be listed is a mistake that is named", () => {
  for (const options of [throwingProxy({}, "ownKeys"), throwingProxy({ toleranceSeconds: 1 }, "getOwnPropertyDescriptor")]) assert.equal(outcome(() => new Webhook("s", options)), "TypeError with cause");
  assert.equal(outcome(() => new Webhook("s", revoked())), "TypeError");
  for (const options of [[], new Map([["tolerance", 1]]), new Date(), Object.create(null), Object.defineProperty({}, "hidden", { value: 1 }), { [Symbol("s")]: 1 }]) assert.ok(new Webhook("s", options));
});

describe("options that every object inherits", () => {
  /** As a fault of another package's puts them there. */
  const polluted = (name, value, use) => {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    try {
      return use();
    } finally {
      delete Object.prototype[name];
    }
  };

  test("make no old delivery fresh", () => {
    const old = NOW + 400_000;
    assert.equal(polluted("now", NOW, () => outcome(() => verify({ options: { now: old } }))), "timestamp_too_old 401");
    for (const options of [{}, { copy: false }]) assert.equal(polluted("now", NOW, () => outcome(() => verify({ options }))), "timestamp_too_old 401");
    const patient = polluted("toleranceSeconds", 1e9, () => new Webhook(SECRET, {}));
    assert.equal(outcome(() => verify({ by: patient, options: { now: old } })), "timestamp_too_old 401");
  });

  test("change nothing of a webhook, of what it signs, and of a store", () => {
    const values = { toleranceSeconds: "text", maxBodyBytes: 1, headerPrefix: "X-Other-", payloadForm: "canonical", maxEntries: -1, timestamp: 0, nonce: "0".repeat(32), copy: "text", tolerance: 1 };
    const headers = signed();
    for (const [name, value] of Object.entries(values)) {
      polluted(name, value, () => {
        assert.equal(outcome(() => verify({ by: new Webhook(SECRET, {}), headers })), "accepted", name);
        assert.ok(memoryReplayStore({}));
        const made = webhook.sign(BODY, {});
        assert.notEqual(made["X-Twenty-Webhook-Timestamp"], "0");
        assert.notEqual(made["X-Twenty-Webhook-Nonce"], values.nonce);
      });
    }
  });

  test("change nothing of a receiver", async () => {
    const values = { replayStore: null, namespace: 7, replayTtlSeconds: -1, onStoreFailure: "handle", onError: 7, onOutcome: 7, clock: () => NOW, logger: 7, background: true, bodyTimeoutMs: -1, waitUntil: 7 };
    for (const [name, value] of Object.entries(values)) {
      for (const adapter of ADAPTERS) assert.ok(polluted(name, value, () => receivers[adapter](webhook, () => {}, {})), `${name} ${adapter}`);
      const receiver = polluted(name, value, () => receivers.fetch(webhook, () => {}, {}));
      const request = () => new Request("http://localhost/", { method: "POST", headers: webhook.sign(BODY), body: BODY });
      const said = await Promise.all([receiver(request()), receiver(request())].map(async (response) => (await (await response).json()).outcome));
      assert.deepEqual(said, ["handled", "duplicate"], name);
    }
  });

  test("turn no result into an error", () => {
    polluted("code", "signature_mismatch", () => polluted("message", "no", () => assert.equal(outcome(() => verify({ by: new Webhook(SECRET) })), "accepted")));
  });
});

test("options of an object's own class are read, as those of a settings class are", () => {
  class Settings {
    get toleranceSeconds() {
      return 1;
    }
  }
  class Stricter extends Settings {}
  const late = { now: NOW + 2_000 };
  for (const options of [{ toleranceSeconds: 1 }, new Settings(), new Stricter(), Object.create({ toleranceSeconds: 1 }), Object.assign(Object.create(null), { toleranceSeconds: 1 })]) {
    assert.equal(outcome(() => verify({ by: new Webhook(SECRET, options), options: late })), "timestamp_too_old 401");
  }
  assert.equal(outcome(() => new Webhook(SECRET, new (class { get toleranceSeconds() { return bang(); } })())), "TypeError with cause");
  assert.equal(webhook.sign(BODY, { nonce: NONCE })["X-Twenty-Webhook-Nonce"], NONCE);
});

test("the name of a table that no statement can hold stands in the error", () => {
  const database = { prepare() {}, exec() {}, close() {} };
  assert.throws(() => sqlReplayStore(database, { table: "my table" }), { name: "RangeError", message: /, not "my table"\.$/ });
});
