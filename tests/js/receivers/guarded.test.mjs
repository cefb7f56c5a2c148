// What users' functions throw, and what promises they return: none of it ends the process or changes an answer.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { body, delivery, receiving, webhook } from "./receiving.mjs";

const unhandled = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));
process.on("uncaughtException", (error) => unhandled.push(error));
after(async () => {
  await pause(20);
  assert.deepEqual(unhandled, []);
});

const bang = () => { throw new Error("bang"); };
/** A promise with this property, as a library's or an attacker's own. */
const shadowed = (promise, name, get) => Object.defineProperty(promise, name, { get, configurable: true });
class Broken extends Promise {
  static get [Symbol.species]() {
    return bang();
  }
}

/** Everything that fails a call, by how it does. */
const FAILING = {
  throws: bang,
  "throws nothing": () => { throw undefined; },
  "throws what has no text": () => { throw Object.create(null); },
  "throws a revoked proxy": () => { throw revoked(); },
  rejects: async () => bang(),
  "rejects with what has no text": () => Promise.reject({ toString: bang, get stack() { return bang(); }, get message() { return bang(); } }),
  "rejects with a revoked proxy": () => Promise.reject(revoked()),
  "rejects, with a hostile constructor": () => shadowed(Promise.reject(new Error("bang")), "constructor", bang),
  "rejects, with a hostile then": () => shadowed(Promise.reject(new Error("bang")), "then", bang),
  "rejects, with a hostile species": () => Broken.reject(new Error("bang")),
  "is a thenable that throws": () => ({ then: bang }),
  "is a thenable that rejects": () => ({ then: (_, reject) => reject(new Error("bang")) }),
  "is a thenable whose then cannot be read": () => ({ get then() { return bang(); } }),
  "is a function that is a thenable": () => Object.assign(() => {}, { then: (_, reject) => reject(new Error("bang")) }),
};
/** What fails without being waited for: its rejection is nobody's but the process's. */
const LOST = { "rejects, without a then": () => shadowed(Promise.reject(new Error("bang")), "then", () => undefined) };

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

for (const [how, fail] of Object.entries({ ...FAILING, ...LOST })) {
  describe(`a function that ${how}`, () => {
    test("as a logger", async () => {
      const { send } = receiving(() => {}, { logger: { warn: fail, error: fail } });
      assert.equal(await send(delivery(body(), {})), "401 missing_header");
      assert.equal(await send(), "200 handled");
    });

    test("as onError", async () => {
      const { send, told } = receiving(() => {}, { onError: fail });
      assert.equal(await send(delivery(body(), {})), "401 missing_header");
      assert.equal(await send(), "200 handled");
      await pause(5);
      assert.match(told.lines.join("\n"), how in LOST ? /missing_header/ : /missing_header[^]*onError itself failed/);
    });

    test("as onOutcome", async () => {
      const { send, told } = receiving(() => {}, { onOutcome: fail });
      assert.equal(await send(delivery(body(), {})), "401 missing_header");
      assert.equal(await send(), "200 handled");
      await pause(5);
      assert.equal(told.lines.filter((line) => /onOutcome itself failed/.test(line)).length, how in LOST ? 0 : 2);
    });

    test("as clock", async () => {
      const { send, told } = receiving(() => assert.fail("handled"), { clock: fail });
      assert.equal(await send(), "500 internal");
      assert.match(told.lines[0], /^error twenty-webhook: internal: The clock that this receiver was given failed, or gave something that is no time\./);
      assert.deepEqual(told.errors.map(({ code }) => code), ["internal"]);
    });

    test("as waitUntil", async () => {
      for (const background of [false, true]) {
        const { send, told } = receiving(() => {}, { waitUntil: fail, background });
        assert.equal(await send(), background ? "200 accepted" : "200 handled");
        await pause(5);
        if (!(how in LOST)) assert.match(told.lines.join("\n"), /waitUntil failed/);
      }
    });

    test("as a context's waitUntil", async () => {
      const { send } = receiving(() => {});
      assert.equal(await send(delivery(), {}, { waitUntil: fail }), "200 handled");
    });

    test("as release", async () => {
      const { send, told } = receiving(bang, { replayStore: { claim: () => "token", release: fail } });
      assert.equal(await send(), "500 handler_failed");
      if (!(how in LOST)) assert.match(told.lines[0], /was not released/);
    });

    if (how in LOST) return;

    test("as what finds the webhook", async () => {
      let fails = true;
      const { send, told } = receiving(() => {}, {}, () => (fails ? fail() : webhook));
      assert.equal(await send(), "500 webhook_unavailable");
      assert.match(told.lines[0], /^error twenty-webhook: webhook_unavailable: /);
      assert.deepEqual(told.errors.map(({ code }) => code), ["webhook_unavailable"]);
      fails = false;
      assert.equal(await send(), "200 handled");
    });

    test("as a handler", async () => {
      for (const background of [false, true]) {
        const { send, told } = receiving(fail, { background });
        assert.equal(await send(), background ? "200 accepted" : "500 handler_failed");
        await pause(5);
        assert.deepEqual(told.errors.map(({ code }) => code), ["handler_failed"]);
      }
    });

    test("as claim", async () => {
      for (const [onStoreFailure, expected] of [["refuse", "503 replay_store_unavailable"], ["handle", "200 handled"]]) {
        const { send, told } = receiving(() => {}, { replayStore: { claim: fail, release() {} }, onStoreFailure });
        assert.equal(await send(), expected);
        assert.deepEqual(told.errors.map(({ code }) => code), ["replay_store_unavailable"]);
      }
    });
  });
}

test("a context whose waitUntil cannot be read changes nothing", async () => {
  const { send } = receiving(() => {});
  assert.equal(await send(delivery(), {}, { get waitUntil() { return bang(); } }), "200 handled");
  assert.equal(await send(delivery(), revoked()), "200 duplicate");
});

test("a function that is a thenable is waited for", async () => {
  let isDone = false;
  const { send } = receiving(() => Object.assign(() => {}, { then: (resolve) => setTimeout(() => resolve((isDone = true)), 20) }));
  assert.equal(await send(), "200 handled");
  assert.ok(isDone);
});

test("a promise that starts when it is waited for is started once", async () => {
  let started = 0;
  class Lazy extends Promise {
    then(...given) {
      started += 1;
      return Promise.resolve("done").then(...given);
    }
  }
  const { send } = receiving(() => new Lazy(() => {}));
  assert.equal(await send(), "200 handled");
  assert.equal(started, 1);
});

describe("an answer that is decided", () => {
  test("is not changed by onError, which gets the error", async () => {
    const onError = (error) => void Object.assign(error, { status: 200, code: "handled" });
    const { send } = receiving(() => {}, { onError });
    assert.equal(await send(delivery(body(), {})), "401 missing_header");
  });

  test("is not changed by waitUntil, which gets a promise", async () => {
    const values = [];
    const waitUntil = (promise) => {
      promise.then((value) => values.push(value));
      Object.defineProperty(promise, "constructor", { get: bang });
      promise.then = (resolve) => resolve({ status: 200, headers: {}, body: "{}" });
    };
    const { send } = receiving(bang, { waitUntil });
    assert.equal(await send(), "500 handler_failed");
    await pause(5);
    assert.deepEqual(values, [undefined]);
  });
});
