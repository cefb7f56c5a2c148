// drain(): whoever ends a process waits for what its receivers have begun.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import { isSettled, later, withoutTime } from "./later.mjs";
import { body, delivery, receive, webhook } from "./receiving.mjs";
import { SECRET, signed } from "./sender.mjs";
import { example } from "./servers.mjs";
import { installed } from "./support.mjs";

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
  assert.equal(await isSettled(drained), false);
  second.resolve();
  assert.equal(await isSettled(drained), true);
  assert.deepEqual((await Promise.all(answers)).map(({ status }) => status), [200, 200]);
});

for (const how of ["done", "failed"]) {
  test(`waits for a handler in the background until it is ${how}, and for its release`, async () => {
    const [handler, release] = [later(), later()];
    const replayStore = { claim: () => "token", release: () => release.comes };
    const handle = receive(webhook, () => handler.comes, { ...silent, background: true, replayStore });
    assert.equal((await handle(delivery())).status, 200);
    const drained = handle.drain();
    assert.equal(await isSettled(drained), false);
    if (how === "failed") {
      handler.reject(new Error("no"));
      assert.equal(await isSettled(drained), false);
      release.resolve();
    } else handler.resolve();
    assert.equal(await isSettled(drained), true);
  });
}

test("waits for a claim that is late, which is held", async () => {
  const claim = later();
  const handle = receive(webhook, () => {}, { ...silent, replayStore: { claim: () => claim.comes, release: () => assert.fail("released") } });
  await withoutTime(async (pass) => {
    const answer = handle(delivery());
    assert.equal(await isSettled(answer), false);
    pass(1_000);
    assert.equal((await answer).status, 503);
  });
  const drained = handle.drain();
  assert.equal(await isSettled(drained), false);
  claim.resolve(null);
  assert.equal(await isSettled(drained), true);
});

test("waits for a claim that never comes until it is given up", async () => {
  const handle = receive(webhook, () => {}, { ...silent, replayStore: { claim: () => new Promise(() => {}), release: () => assert.fail("released") } });
  await withoutTime(async (pass) => {
    const answer = handle(delivery());
    assert.equal(await isSettled(answer), false);
    pass(1_000);
    assert.equal((await answer).status, 503);
    const drained = handle.drain();
    pass(89_999);
    assert.equal(await isSettled(drained), false);
    pass(1);
    assert.equal(await isSettled(drained), true);
  });
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
  assert.equal(await isSettled(closed), false);
  handler.resolve();
  await closed;
});
