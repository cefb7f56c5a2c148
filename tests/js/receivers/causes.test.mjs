// What the log says of why a store or a handler failed, where the error itself says little.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, test } from "node:test";

import { freePort } from "./processes.mjs";
import { receiving } from "./receiving.mjs";

const bang = () => { throw new Error("bang"); };

/** What connecting to a host of two addresses fails with where nothing listens: as pg's pool does. */
async function refused() {
  const lookup = (host, options, done) => done(null, [{ address: "127.0.0.1", family: 4 }, { address: "127.0.0.2", family: 4 }]);
  const port = await freePort();
  const error = await new Promise((resolve) => connect({ host: "db.example", port, lookup, autoSelectFamily: true }).on("error", resolve));
  assert.equal(error.message, "");
  return { error, said: `ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:${port}; connect ECONNREFUSED 127.0.0.2:${port}` };
}

/** What `fetch` fails with there. */
async function unfetched() {
  const port = await freePort();
  const error = await fetch(`http://127.0.0.1:${port}/`).catch((thrown) => thrown);
  return { error, said: `connect ECONNREFUSED 127.0.0.1:${port}` };
}

/** The line of a store that fails with it, and of a handler that does. */
async function linesOf(error) {
  const store = receiving(() => {}, { replayStore: { claim: () => Promise.reject(error), release() {} } });
  assert.equal(await store.send(), "503 replay_store_unavailable");
  const handler = receiving(() => Promise.reject(error));
  assert.equal(await handler.send(), "500 handler_failed");
  return [store.told.lines[0], handler.told.lines[0]];
}

describe("the line of what failed", () => {
  test("has the code and each message of an error that is several", async () => {
    const { error, said } = await refused();
    const [store, handler] = await linesOf(error);
    assert.ok(store.includes(`did not answer in time. (${said}) [`), store);
    assert.ok(handler.includes(said) && handler.includes("AggregateError"), handler);
  });

  test("has the cause of an error that has one", async () => {
    const { error, said } = await unfetched();
    const [store, handler] = await linesOf(error);
    assert.ok(store.includes(`did not answer in time. (fetch failed, caused by ${said}) [`), store);
    assert.match(handler, /The handler failed\. \(TypeError: fetch failed\n {4}at /);
    assert.ok(handler.includes(`\ncaused by Error: ${said}\n    at `), handler);
  });

  test("has the causes of causes, and of those that are several, but not without end", async () => {
    const { error, said } = await refused();
    const [store] = await linesOf(new Error("the job failed", { cause: new Error("", { cause: error }) }));
    assert.ok(store.includes(`(the job failed, caused by Error, caused by ${said})`), store);
    const endless = new Error("again");
    endless.cause = endless;
    for (const line of await linesOf(endless)) assert.equal(line.match(/again/g).length, 6);
    const itself = new AggregateError([]);
    itself.errors = Array.from({ length: 9 }, () => itself);
    assert.match((await linesOf(itself))[0], /\(AggregateError; AggregateError; .* and 4 more\)/);
    const many = new AggregateError(Array.from({ length: 1_000 }, (_, index) => new Error(`no ${index}`)));
    const [line] = await linesOf(many);
    assert.ok(line.includes("(no 0; no 1; no 2; no 3; no 4; and 995 more)"), line);
  });

  test("has a word for an error that has no text, and what can be read of one that cannot all be read", async () => {
    assert.match((await linesOf(new RangeError()))[0], /in time\. \(RangeError\) \[/);
    assert.match((await linesOf(undefined))[0], /in time\. \[/);
    assert.match((await linesOf(new Error("no", { cause: "the disk is full" })))[0], /\(no, caused by the disk is full\)/);
    for (const name of ["cause", "errors", "code"]) {
      const error = Object.defineProperty(new Error(name === "cause" ? "no" : ""), name, { get: bang });
      assert.match((await linesOf(error))[0], name === "cause" ? /\(no\)/ : /\(Error\)/);
    }
    const withCause = (cause) => Object.assign(new Error("no"), { cause });
    for (const cause of [Object.create(null), Object.defineProperty(new Error("x"), "message", { get: bang })]) {
      assert.match((await linesOf(withCause(cause)))[0], /\(no, caused by an error without a text\)/);
    }
    for (const errors of [7, null, { length: 3 }]) assert.match((await linesOf(Object.assign(new Error(), { errors, code: 7 })))[0], /\(Error\)/);
  });
});
