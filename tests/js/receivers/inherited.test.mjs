// What a fault of another package puts where every object inherits it: it changes nothing of a delivery.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";

import { body, delivery, receive, webhook } from "./receiving.mjs";
import { converse, onTheWire, signed, words } from "./sender.mjs";
import { installed } from "./support.mjs";

/** Whatever is read of requests, of what frameworks pass with them, and of what the core says, where it may be missing. */
const NAMES = [
  "content-encoding", "content-length", "transfer-encoding", "code", "status", "message", "offset", "outcome", "line", "level", "delivery", "event", "webhook",
  "mistake", "waitUntil", "remainingMs", "getRemainingTimeInMillis", "multiValueHeaders", "isBase64Encoded", "httpMethod", "requestContext", "headers", "rawBody", "then",
];
const VALUES = ["gzip", 200, true, {}];

describe("what every object inherits", () => {
  const told = [];
  const options = {
    logger: { warn: (line) => told.push(line), error: (line) => told.push(line) },
    onError: ({ code }) => told.push(code),
    onOutcome: ({ outcome, code, status, webhook: name }) => told.push({ outcome, code, status, name }),
  };
  const HANDLED = [{ outcome: "handled", code: null, status: 200, name: null }];
  const handlers = { "person.*": () => {} };
  const handle = receive(webhook, handlers, { ...options, replayStore: null });
  const lambda = installed("twenty-webhook/lambda").receive(webhook, handlers, { ...options, replayStore: null });
  const server = createServer(installed("twenty-webhook/node").receive(webhook, handlers, { ...options, replayStore: null }));
  before(() => new Promise((listening) => server.listen(0, "127.0.0.1", listening)));
  after(() => new Promise((closed) => server.close(closed)));

  const RECEIVERS = {
    fetch: () => {
      const request = delivery();
      return async () => {
        const response = await handle(request, {}, {});
        return () => response.text().then((text) => words(response.status, text));
      };
    },
    lambda: () => {
      const event = { version: "2.0", requestContext: { http: { method: "POST" } }, headers: signed(body()), body: body() };
      return async () => {
        const { statusCode, body: text } = await lambda(event, {});
        return () => words(statusCode, text);
      };
    },
    node: () => {
      const text = onTheWire("/", body());
      return async () => {
        const said = await converse(server.address().port, text, (all) => /\}$/.test(all));
        return () => words(Number(said.split(" ")[1]), said.split("\r\n\r\n")[1]);
      };
    },
  };
  for (const [name, prepare] of Object.entries(RECEIVERS)) {
    test(`changes nothing of what ${name} is told, does and tells`, async () => {
      for (const inherited of NAMES) {
        for (const value of VALUES) {
          told.length = 0;
          const send = prepare();
          Object.defineProperty(Object.prototype, inherited, { value, configurable: true, writable: true });
          let answered;
          try {
            answered = await send();
          } finally {
            delete Object.prototype[inherited];
          }
          assert.equal(await answered(), "200 handled", `${inherited} ${value}: ${told}`);
          assert.deepEqual(told, HANDLED, `${inherited} ${value}`);
        }
      }
    });
  }

  test("is nothing that an error says", () => {
    for (const [name, value] of [["offset", 5], ["status", 200], ["cause", "gzip"]]) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      try {
        assert.throws(() => webhook.verify("", {}), ({ code, status, offset }) => code === "missing_header" && status === 401 && offset === undefined);
      } finally {
        delete Object.prototype[name];
      }
    }
  });
});
