// What a receiver does with its handlers, its log and its options, whichever framework it is in.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { body, delivery, receive, receiving, webhook } from "./receiving.mjs";
import { SECRET, signed } from "./sender.mjs";
import { installed } from "./support.mjs";

const { WebhookError, WebhookVerificationError } = installed("twenty-webhook");

describe("handlers", () => {
  test("by pattern: the first that matches is called, and only that one", async () => {
    const ran = [];
    const { send } = receiving({
      "company.*": () => ran.push("company"),
      "person.created": (event, { id, payload }) => ran.push(["person.created", event.record.id, id.length, payload.length]),
      "person.*": (event) => ran.push(["person.*", event.name]),
      "*.deleted": () => ran.push("deleted"),
      unknown: (event) => ran.push(["unknown", event.payload]),
    });
    for (const text of [body(), body("person.deleted"), "[]"]) assert.equal(await send(delivery(text)), "200 handled");
    assert.deepEqual(ran, [["person.created", "7", 64, body().length], ["person.*", "person.deleted"], ["unknown", []]]);
  });

  test("that are never called, or for what is never sent, are a warning when the receiver is made", () => {
    const { told } = receiving({ "person.*": () => {}, "person.created": () => {}, "company.create": () => {} });
    assert.deepEqual(told.lines, [
      'warn twenty-webhook: The route "person.created" is never taken, because "person.*" above it matches the same events: put it first.',
      'warn twenty-webhook: No version of Twenty sends the action of "company.create": write "created".',
    ]);
  });

  test("an authentic delivery of unknown shape without a route is not lost in silence", async () => {
    const { send, told } = receiving({ "*.*": () => assert.fail("handled") });
    assert.equal(await send(delivery("[]")), "200 ignored");
    assert.match(told.lines.join(), /^warn twenty-webhook: ignored: The delivery is authentic and of a shape not known here/);
  });

  test("one for everything gets what has no known shape, too", async () => {
    const kinds = [];
    const { send } = receiving((event) => kinds.push(event.kind));
    for (const text of [body(), "hello", "[]"]) assert.equal(await send(delivery(text)), "200 handled");
    assert.deepEqual(kinds, ["record", "unknown", "unknown"]);
  });

  test("get the request, and what the platform hands over beside it", async () => {
    const given = [];
    const { send } = receiving((event, { nonce }, ...passed) => given.push(nonce.length, ...passed));
    const request = delivery();
    await send(request, { KEY: "value" }, "context");
    assert.deepEqual(given, [32, request, { KEY: "value" }, "context"]);
  });

  test("that fail answer 500, release their claim, and are told with their error as the cause", async () => {
    for (const failure of [new Error("no"), undefined, "text", null]) {
      let isFailing = true;
      const { send, told } = receiving(() => {
        if (isFailing) throw failure;
      });
      assert.equal(await send(), "500 handler_failed");
      const [error] = told.errors;
      assert.ok(error instanceof WebhookVerificationError && error instanceof WebhookError);
      assert.deepEqual([error.code, error.status, error.cause, error.name], ["handler_failed", 500, failure, "WebhookVerificationError"]);
      assert.match(told.lines[0], /^error twenty-webhook: handler_failed: /);
      isFailing = false;
      assert.equal(await send(), "200 handled");
      assert.equal(await send(), "200 duplicate");
    }
  });

  test("that take longer than the sender waits are logged while they run", async () => {
    const { send, told } = receiving(() => pause(4_300));
    const answer = send();
    await pause(4_150);
    assert.match(told.lines.join(), /^warn twenty-webhook: The handler is still running after 4 s/);
    assert.equal(await answer, "200 handled");
    assert.equal(told.lines.length, 1);
  });

  test("in the background are answered for at once", async () => {
    let finish;
    const waited = [];
    const { send } = receiving(() => new Promise((resolve) => (finish = resolve)), { background: true });
    assert.equal(await send(delivery(), {}, { waitUntil: (promise) => waited.push(promise) }), "200 accepted");
    assert.equal(await send(), "200 duplicate");
    assert.equal(waited.length, 1);
    finish();
    await waited[0];
  });

  test("that fail in the background are told, and their claim is released", async () => {
    const waited = [];
    const options = { background: true, waitUntil: (promise) => waited.push(promise) };
    const { send, told } = receiving(() => Promise.reject(new Error("later")), options);
    assert.equal(await send(), "200 accepted");
    await waited[0];
    assert.deepEqual(told.errors.map(({ code, cause }) => [code, cause.message]), [["handler_failed", "later"]]);
    assert.equal(await send(), "200 accepted");
  });
});

describe("a platform that may end what runs once nobody waits", () => {
  test("is asked to wait for a handler in the foreground, too, and for what it tells", async () => {
    const waited = [];
    const context = { waitUntil: (promise) => waited.push(promise) };
    const { send, told } = receiving(() => pause(50).then(() => Promise.reject(new Error("later"))));
    const answer = send(delivery(), {}, context);
    await pause(20);
    assert.equal(waited.length, 1);
    await waited[0];
    assert.deepEqual(told.errors.map(({ code }) => code), ["handler_failed"]);
    assert.equal(await answer, "500 handler_failed");
  });

  test("and throws at that changes no answer", async () => {
    for (const background of [false, true]) {
      const ran = [];
      const waitUntil = () => { throw new Error("outside of a request"); };
      const { send, told } = receiving(() => ran.push(1), { background, waitUntil });
      assert.equal(await send(), background ? "200 accepted" : "200 handled");
      await pause(10);
      assert.deepEqual([ran, told.errors], [[1], []]);
      assert.match(told.lines.join(), /^warn twenty-webhook: waitUntil failed.*outside of a request/);
      assert.equal(await send(), "200 duplicate");
    }
  });
});

describe("the log and onError", () => {
  test("get code and reason of a refusal; the answer has the code only", async () => {
    const { send, told } = receiving(() => {});
    const headers = signed(body());
    assert.equal(await send(delivery(`${body()} `, headers)), "401 signature_mismatch");
    assert.ok(told.errors[0] instanceof WebhookVerificationError);
    assert.match(told.lines[0], /^warn twenty-webhook: signature_mismatch: The signature does not belong/);
    for (const text of [told.lines[0], told.errors[0].stack]) {
      assert.ok(!text.includes(SECRET) && !text.includes(headers["X-Twenty-Webhook-Signature"]));
    }
  });

  test("change nothing by failing themselves", async () => {
    const bang = () => { throw new Error("bang"); };
    for (const options of [{ logger: { warn: bang, error: bang } }, { onError: bang }, { onError: async () => bang() }, { logger: null }]) {
      const { send } = receiving(() => {}, options);
      assert.equal(await send(delivery(body(), {})), "401 missing_header");
      assert.equal(await send(), "200 handled");
    }
  });
});

describe("mistakes of the caller", () => {
  const mistake = (type, pattern, ...given) => assert.throws(() => receive(...given), (error) => {
    assert.equal(Object.getPrototypeOf(error), type.prototype, String(error));
    assert.match(error.message, pattern);
    return true;
  });

  test("are found when the receiver is made", () => {
    mistake(TypeError, /must be a Webhook/, {}, () => {});
    mistake(TypeError, /must be a Webhook/, undefined, () => {});
    mistake(TypeError, /handlers must be/, webhook, undefined);
    mistake(TypeError, /"person\.\*" must be a function/, webhook, { "person.*": 7 });
    mistake(RangeError, /needs at least one handler/, webhook, {});
    for (const pattern of ["*", "person", "person.", "a.b.c", ""]) mistake(RangeError, /matches no event/, webhook, { [pattern]: () => {} });
    mistake(TypeError, /replayStore/, webhook, () => {}, { replayStore: {} });
    mistake(TypeError, /logger/, webhook, () => {}, { logger: {} });
    mistake(TypeError, /onError/, webhook, () => {}, { onError: "log" });
    mistake(TypeError, /background/, webhook, () => {}, { background: "yes" });
    mistake(RangeError, /onStoreFailure/, webhook, () => {}, { onStoreFailure: "ignore" });
    for (const bodyTimeoutMs of [0, -1, NaN, Infinity, 2 ** 31]) mistake(RangeError, /bodyTimeoutMs/, webhook, () => {}, { bodyTimeoutMs });
    for (const replayTtlSeconds of [609.9, 0, -1, NaN, Infinity]) {
      assert.throws(() => receive(webhook, () => {}, { replayTtlSeconds }), { name: "WebhookError", code: "invalid_ttl" });
    }
    assert.ok(receive(webhook, () => {}, { replayTtlSeconds: 610, namespace: "a", replayStore: null, bodyTimeoutMs: 1 }));
  });
});

describe("a request", () => {
  test("whose body was read before is a mistake that is named", async () => {
    for (const read of [(request) => request.text(), (request) => request.body.getReader()]) {
      const { send, told } = receiving(() => {});
      const request = delivery();
      await read(request);
      assert.equal(await send(request), "500 body_already_read");
      assert.match(told.lines[0], /^error twenty-webhook: body_already_read: .*request\.clone\(\)/);
    }
  });

  test("whose body breaks off, comes late or is too long is not handled", async () => {
    const { send, told } = receiving(() => assert.fail("handled"), { bodyTimeoutMs: 100 });
    const stream = (start) => delivery(new ReadableStream({ start }), signed(""), { duplex: "half" });
    assert.equal(await send(stream((controller) => controller.error(new Error("gone")))), "408 body_timeout");
    assert.match(told.lines[0], /went away/);
    assert.equal(await send(stream(() => {})), "408 body_timeout");
    assert.match(told.lines[1], /No byte of the body arrived in time\. .* something holds it back or has read it\. .*request\.clone\(\)/);
    assert.equal(await send(stream((controller) => controller.enqueue(new Uint8Array(1)))), "408 body_timeout");
    assert.match(told.lines[2], /The body did not arrive in time\.$/);
    let pulled = 0;
    const endless = new ReadableStream({ pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(65_536))) });
    assert.equal(await send(delivery(endless, signed(""), { duplex: "half" })), "413 payload_too_large");
    assert.ok(pulled < 25, `${pulled} pieces were asked for`);
  });

  test("verifies by itself, too", async () => {
    assert.equal((await webhook.verifyRequest(delivery())).event.name, "person.created");
    await assert.rejects(webhook.verifyRequest(delivery(`${body()} `, signed(body()))), { code: "signature_mismatch", status: 401 });
    await assert.rejects(webhook.verifyRequest(delivery("a".repeat(2 ** 21))), { code: "payload_too_large", status: 413 });
    await assert.rejects(webhook.verifyRequest(new Request("http://localhost/")), { code: "method_not_allowed", status: 405 });
    await assert.rejects(webhook.verifyRequest(delivery(body(), { ...signed(body()), "Content-Encoding": "br" })), { code: "unsupported_content_encoding" });
    const read = delivery();
    await read.arrayBuffer();
    await assert.rejects(webhook.verifyRequest(read), { code: "body_already_read", status: 500 });
    for (const wrong of [undefined, {}, "http://localhost/", { headers: {} }]) await assert.rejects(webhook.verifyRequest(wrong), TypeError);
    const later = { now: Date.now() + 400_000 };
    await assert.rejects(webhook.verifyRequest(delivery(), later), { code: "timestamp_too_old" });
  });
});
