// The time that deliveries are judged by: the clock's of the process, a test's, or a function's.
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { body, delivery, receiving } from "./receiving.mjs";
import { signed } from "./sender.mjs";

const AT = Date.UTC(2025, 0, 1);
const sent = (timestamp = AT) => delivery(body(), signed(body(), { timestamp }));

test("an option of the receiver, asked for each request", async () => {
  for (const time of [(at) => at, (at) => new Date(at)]) {
    let now = AT;
    const { send } = receiving(() => {}, { replayStore: null, clock: () => time(now) });
    assert.equal(await send(sent()), "200 handled");
    now = AT + 300_001;
    assert.equal(await send(sent()), "401 timestamp_too_old");
    now = AT - 300_001;
    assert.equal(await send(sent()), "401 timestamp_too_new");
  }
});

test("without it, that of the process, also where a test replaces it after the receiver was made", async () => {
  const { send } = receiving(() => {});
  mock.timers.enable({ apis: ["Date"], now: AT });
  try {
    assert.equal(await send(sent()), "200 handled");
    mock.timers.setTime(AT + 300_001);
    assert.equal(await send(sent()), "401 timestamp_too_old");
  } finally {
    mock.timers.reset();
  }
});

test("one that gives no time is told so, and nothing is handled", async () => {
  const cases = [
    [undefined, "undefined"], [null, "an object|null"], ["2025-01-01", "a string"], [NaN, "NaN"], [-1, "-1"], [Infinity, "Infinity"],
    [new Date(NaN), "NaN"], [1n, "a bigint"], [Promise.resolve(AT), "an object"], [Promise.reject(new Error("late")), "an object"], [{}, "an object"],
  ];
  for (const [given, said] of cases) {
    const { send, told } = receiving(() => assert.fail("handled"), { clock: () => given });
    assert.equal(await send(sent()), "500 internal");
    assert.match(told.lines.join(), new RegExp(`^error twenty-webhook: internal: The clock that this receiver was given failed, or gave something that is no time\\. \\(clock must be .*, not (${said})\\)$`));
    assert.equal(told.errors[0].code, "internal");
    assert.equal(await send(new Request("http://localhost/")), "405 method_not_allowed");
  }
});

test("one that fails while the body is awaited is told so, too", async () => {
  let asked = 0;
  const clock = () => {
    if (asked++ > 0) throw new Error("stopped");
    return AT;
  };
  const { send, told } = receiving(() => assert.fail("handled"), { clock });
  assert.equal(await send(sent()), "500 internal");
  assert.match(told.lines.join(), /\(stopped\)$/);
});

test("that is no function is refused when the receiver is made", () => {
  for (const clock of [AT, new Date(), "now", {}]) assert.throws(() => receiving(() => {}, { clock }), /^TypeError: clock must be a function/);
});
