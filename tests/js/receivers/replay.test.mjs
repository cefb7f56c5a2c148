// What a receiver does with its replay store: alive, failing, late.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { receiving } from "./receiving.mjs";
import { installed } from "./support.mjs";

const { memoryReplayStore } = installed("twenty-webhook");

describe("a replay store", () => {
  test("that is shared separates namespaces", async () => {
    const replayStore = memoryReplayStore();
    const [one, other] = ["crm-1", "crm-2"].map((namespace) => receiving(() => {}, { replayStore, namespace }));
    assert.equal(await one.send(), "200 handled");
    assert.equal(await other.send(), "200 handled");
    assert.equal(await one.send(), "200 duplicate");
  });

  test("that is off lets everything through", async () => {
    const { send } = receiving(() => {}, { replayStore: null });
    assert.deepEqual([await send(), await send()], ["200 handled", "200 handled"]);
  });

  const failing = {
    throws: () => { throw new Error("down"); },
    rejects: async () => { throw new Error("down"); },
    "never answers": () => new Promise(() => {}),
  };
  for (const [how, claim] of Object.entries(failing)) {
    test(`that ${how} refuses or handles, as told`, async () => {
      for (const [onStoreFailure, expected] of [["refuse", "503 replay_store_unavailable"], ["handle", "200 handled"]]) {
        const { send, told } = receiving(() => {}, { replayStore: { claim, release() {} }, onStoreFailure });
        assert.equal(await send(), expected);
        assert.deepEqual(told.errors.map(({ code }) => code), ["replay_store_unavailable"]);
        assert.match(told.lines[0], /^error twenty-webhook: replay_store_unavailable: /);
      }
    });
  }

  const odd = { undefined, 0: 0, 1: 1, NaN, false: false, true: true, "empty text": "", "an object": {}, "an array": [], "a symbol": Symbol("a"), 10: 10n };
  for (const [named, answer] of Object.entries(odd)) {
    test(`that answers ${named} has neither granted nor refused`, async () => {
      for (const claim of [() => answer, async () => answer]) {
        const released = [];
        const replayStore = { claim, release: (...given) => void released.push(given) };
        const refusing = receiving(() => assert.fail("handled"), { replayStore });
        assert.equal(await refusing.send(), "503 replay_store_unavailable");
        assert.match(refusing.told.lines[0], new RegExp(`^error twenty-webhook: replay_store_unavailable: .*the store answered ${named}: it must give a non-empty text`));
        const handling = receiving(() => {}, { replayStore, onStoreFailure: "handle" });
        assert.deepEqual([await handling.send(), await handling.send()], ["200 handled", "200 handled"]);
        assert.equal(handling.told.errors.length, 2);
        assert.deepEqual(released, []);
      }
    });
  }

  test("whose claim comes late keeps what was handled, and releases what failed, whenever it fails", async () => {
    const check = async (fails, afterMs, expected) => {
      const released = [];
      const replayStore = { claim: () => pause(1_200, "token"), release: (_, token) => void released.push(token) };
      const handle = async () => {
        await pause(afterMs);
        if (fails) throw new Error("the database is away");
      };
      const { send, told } = receiving(handle, { replayStore, onStoreFailure: "handle" });
      assert.equal(await send(), fails ? "500 handler_failed" : "200 handled");
      await pause(400);
      assert.deepEqual(released, expected);
      if (fails) assert.equal(told.errors[1].message, "The handler failed.");
    };
    await Promise.all([check(false, 0, []), check(true, 0, ["token"]), check(true, 400, ["token"])]);
  });

  test("whose late claim cannot be released is logged", async () => {
    const replayStore = { claim: () => pause(1_200, "token"), release: () => Promise.reject(new Error("down")) };
    const { send, told } = receiving(() => {}, { replayStore });
    assert.equal(await send(), "503 replay_store_unavailable");
    assert.match(told.lines[0], /The replay store failed or did not answer in time\. \(/);
    await pause(400);
    assert.match(told.lines[1], /was not released/);
  });

  test("whose claim comes late releases it", async () => {
    const released = [];
    const replayStore = { claim: () => pause(1_200, "token"), release: (...claim) => void released.push(claim) };
    const { send } = receiving(() => {}, { replayStore });
    assert.equal(await send(), "503 replay_store_unavailable");
    await pause(400);
    assert.deepEqual(released.map(([key, token]) => [key.slice(0, 15), token]), [["twenty-webhook:", "token"]]);
  });

  test("that cannot release is logged, and the answer is the handler's", async () => {
    const replayStore = { claim: () => "token", release: () => Promise.reject(new Error("down")) };
    const { send, told } = receiving(() => { throw new Error("no"); }, { replayStore });
    assert.equal(await send(), "500 handler_failed");
    assert.match(told.lines[0], /was not released/);
  });
});
