// What outlasts an answer: a store that takes long to grant or to release. A platform that ends a function once nothing is left
// to wait for must not end it before.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { isSettled, later, withoutTime } from "./later.mjs";
import { body, delivery, receive, webhook } from "./receiving.mjs";
import { signed, words } from "./sender.mjs";
import { installed } from "./support.mjs";

/** A receiver of functions that may be ended after the answer, by what waits for it: each gives the answer and what it waits for. */
const WAITING = {
  drain(handler, options) {
    const handle = receive(webhook, handler, options);
    return { answered: handle(delivery()), ended: () => handle.drain() };
  },
  "the option waitUntil"(handler, options) {
    let ended;
    const handle = receive(webhook, handler, { ...options, waitUntil: (promise) => void (ended = promise) });
    return { answered: handle(delivery()), ended: () => ended };
  },
  "the context of a Worker"(handler, options) {
    let ended;
    const answered = receive(webhook, handler, options)(delivery(), {}, { waitUntil: (promise) => void (ended = promise) });
    return { answered, ended: () => ended };
  },
};

for (const [name, send] of Object.entries(WAITING)) {
  describe(name, () => {
    test("waits for a claim that comes after the answer, and for its release", async () => {
      const [claim, release] = [later(), later()];
      const replayStore = { claim: () => claim.comes, release: () => release.comes };
      const { answered, ended } = send(() => assert.fail("handled"), { logger: null, replayStore });
      await withoutTime(async (pass) => {
        assert.equal(await isSettled(answered), false);
        pass(1_000);
        assert.equal((await answered).status, 503);
      });
      assert.equal(await isSettled(ended()), false);
      claim.resolve("token");
      assert.equal(await isSettled(ended()), false);
      release.resolve();
      assert.equal(await isSettled(ended()), true);
    });

    test("waits for a release that comes after the answer, whatever comes of it", async () => {
      for (const settle of [({ resolve }) => resolve(), ({ reject }) => reject(new Error("down"))]) {
        const release = later();
        const replayStore = { claim: () => "token", release: () => release.comes };
        const { answered, ended } = send(() => Promise.reject(new Error("no")), { logger: null, replayStore });
        await withoutTime(async (pass) => {
          assert.equal(await isSettled(answered), false);
          pass(1_000);
          assert.equal((await answered).status, 500);
        });
        assert.equal(await isSettled(ended()), false);
        settle(release);
        assert.equal(await isSettled(ended()), true);
      }
    });

    test("waits for what onError and onOutcome return, of a refusal, too", async () => {
      for (const option of ["onError", "onOutcome"]) {
        for (const settle of [({ resolve }) => resolve(), ({ reject }) => reject(new Error("down"))]) {
          const told = later();
          const { answered, ended } = send(() => {}, { logger: null, clock: () => 0, [option]: () => told.comes });
          assert.equal((await answered).status, 401);
          assert.equal(await isSettled(ended()), false);
          settle(told);
          assert.equal(await isSettled(ended()), true);
        }
      }
    });

    test("waits for a release that never comes until it is given up", async () => {
      const replayStore = { claim: () => "token", release: () => new Promise(() => {}) };
      const { answered, ended } = send(() => Promise.reject(new Error("no")), { logger: null, replayStore });
      await withoutTime(async (pass) => {
        assert.equal(await isSettled(answered), false);
        pass(1_000);
        assert.equal((await answered).status, 500);
        pass(89_999);
        assert.equal(await isSettled(ended()), false);
        pass(1);
        assert.equal(await isSettled(ended()), true);
      });
    });
  });
}

describe("Lambda, which stops a function once it has answered", () => {
  const event = () => ({ httpMethod: "POST", headers: signed(body()), body: body() });

  /** One whose claims are kept, as a database does, however late they are granted. */
  function lambda(options = {}) {
    const [held, lines] = [new Map(), []];
    let slow = later();
    const replayStore = {
      async claim(key) {
        if (held.has(key)) return null;
        held.set(key, "token");
        await slow?.comes;
        return "token";
      },
      release: async (key) => void held.delete(key),
    };
    const handler = installed("twenty-webhook/lambda").receive(webhook, () => {}, { logger: { warn() {}, error: (line) => lines.push(line) }, replayStore, ...options });
    const send = async (context = {}) => {
      const { statusCode, body: text } = await handler(event(), context);
      return words(statusCode, text);
    };
    const recovers = () => {
      slow.resolve();
      slow = undefined;
    };
    return { send, lines, held, recovers };
  }

  test("answers when a claim that is late is given back, so that the same event sent again is handled", async () => {
    const { send, held, recovers } = lambda();
    await withoutTime(async (pass) => {
      const answered = send();
      assert.equal(await isSettled(answered), false);
      pass(1_000);
      assert.equal(await isSettled(answered), false);
      recovers();
      assert.equal(await answered, "503 replay_store_unavailable");
    });
    assert.equal(held.size, 0);
    assert.equal(await send(), "200 handled");
  });

  test("answers when a claim that never comes is given up", async () => {
    const { send, lines } = lambda();
    await withoutTime(async (pass) => {
      const answered = send();
      assert.equal(await isSettled(answered), false);
      pass(1_000);
      assert.equal(await isSettled(answered), false);
      pass(90_000);
      assert.equal(await answered, "503 replay_store_unavailable");
    });
    assert.match(lines.at(-1), /did not say in time whether it granted the claim, so the same event sent again may count as handled/);
  });

  test("answers before its own time is over, and says that the claim may be held", async () => {
    const { send, lines } = lambda();
    await withoutTime(async (pass) => {
      let remaining = 3_000;
      const answered = send({ getRemainingTimeInMillis: () => remaining });
      assert.equal(await isSettled(answered), false);
      pass(1_000);
      remaining -= 1_000;
      assert.equal(await isSettled(answered), false);
      pass(remaining - 1);
      assert.equal(await answered, "503 replay_store_unavailable");
    });
    assert.match(lines.at(-1), /the same event sent again may count as handled/);
  });

  test("answers when what onError returns has settled, which may keep what failed", async () => {
    const kept = later();
    const { send } = lambda({ clock: () => 0, onError: () => kept.comes });
    const answered = send();
    assert.equal(await isSettled(answered), false);
    kept.resolve();
    assert.equal(await answered, "401 timestamp_too_new");
  });

  test("of which the remaining time cannot be told waits as long as the claim may", async () => {
    for (const getRemainingTimeInMillis of [() => NaN, () => "soon", () => { throw new Error("no"); }, 7]) {
      const { send, recovers } = lambda();
      await withoutTime(async (pass) => {
        const answered = send({ getRemainingTimeInMillis });
        assert.equal(await isSettled(answered), false);
        pass(1_000);
        assert.equal(await isSettled(answered), false);
        recovers();
        assert.equal(await answered, "503 replay_store_unavailable");
      });
    }
  });
});
