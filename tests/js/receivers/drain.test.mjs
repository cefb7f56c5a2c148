// drain(): whoever ends a process waits for what its receivers have begun.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mock, test } from "node:test";

import { body, delivery, receive, webhook } from "./receiving.mjs";
import { SECRET, signed } from "./sender.mjs";
import { example } from "./servers.mjs";
import { installed } from "./support.mjs";

/** A promise, and how to settle it. */
function later() {
  const promise = {};
  promise.comes = new Promise((resolve, reject) => Object.assign(promise, { resolve, reject }));
  return promise;
}

/** Whether it has resolved once all that can happen by itself has. */
async function isDrained(drained) {
  let is = false;
  void drained.then(() => (is = true));
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return is;
}

const silent = { logger: null };

test("where nothing runs, it resolves", async () => {
  const handle = receive(webhook, () => {});
  await handle.drain();
  await handle(delivery());
  await handle.drain();
});

test("waits for a request that is under way, and stops no new one", async () => {
  const [first, second] = [later(), later()];
  const handlers = [first, second];
  const handle = receive(webhook, () => handlers.shift().comes);
  const answers = [handle(delivery())];
  const drained = handle.drain();
  answers.push(handle(delivery(body("person.updated"))));
  first.resolve();
  assert.equal(await isDrained(drained), false);
  second.resolve();
  assert.equal(await isDrained(drained), true);
  assert.deepEqual((await Promise.all(answers)).map(({ status }) => status), [200, 200]);
});

for (const how of ["done", "failed"]) {
  test(`waits for a handler in the background until it is ${how}, and for its release`, async () => {
    const [handler, release] = [later(), later()];
    const replayStore = { claim: () => "token", release: () => release.comes };
    const handle = receive(webhook, () => handler.comes, { ...silent, background: true, replayStore });
    assert.equal((await handle(delivery())).status, 200);
    const drained = handle.drain();
    assert.equal(await isDrained(drained), false);
    if (how === "failed") {
      handler.reject(new Error("no"));
      assert.equal(await isDrained(drained), false);
      release.resolve();
    } else handler.resolve();
    assert.equal(await isDrained(drained), true);
  });
}

for (const token of ["token", null]) {
  test(`waits for a claim that is late, which is ${token ? "granted" : "held"}`, async () => {
    const [claim, release] = [later(), later()];
    const handle = receive(webhook, () => {}, { ...silent, replayStore: { claim: () => claim.comes, release: () => release.comes } });
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const answer = handle(delivery());
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      mock.timers.tick(1_000);
      assert.equal((await answer).status, 503);
    } finally {
      mock.timers.reset();
    }
    const drained = handle.drain();
    assert.equal(await isDrained(drained), false);
    claim.resolve(token);
    assert.equal(await isDrained(drained), token === null);
    release.resolve();
    assert.equal(await isDrained(drained), true);
  });
}

test("waits for a claim that never comes until it is given up", async () => {
  const handle = receive(webhook, () => {}, { ...silent, replayStore: { claim: () => new Promise(() => {}), release: () => assert.fail("released") } });
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const answer = handle(delivery());
    assert.equal(await isDrained(answer), false);
    mock.timers.tick(1_000);
    assert.equal((await answer).status, 503);
    const drained = handle.drain();
    mock.timers.tick(89_999);
    assert.equal(await isDrained(drained), false);
    mock.timers.tick(1);
    assert.equal(await isDrained(drained), true);
  } finally {
    mock.timers.reset();
  }
});

test("every framework's receiver has it", async () => {
  for (const name of ["express", "fastify", "fetch", "hono", "koa", "lambda", "node"]) {
    await installed(`twenty-webhook/${name}`).receive(webhook, () => {}).drain();
  }
});

test("Fastify waits for it when it closes", async () => {
  const handler = later();
  const app = createRequire(example("fastify", "package.json"))("fastify")();
  app.register(installed("twenty-webhook/fastify").receive(new (installed("twenty-webhook").Webhook)(SECRET), () => handler.comes, { background: true }));
  const { statusCode } = await app.inject({ method: "POST", url: "/", payload: body(), headers: signed(body()) });
  assert.equal(statusCode, 200);
  const closed = app.close();
  assert.equal(await isDrained(closed), false);
  handler.resolve();
  await closed;
});
