// Bytes that change after they were verified: nobody is shown an event that nobody signed, and no two deliveries share an id.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { EventEmitter } from "node:events";
import { describe, test } from "node:test";

import { BODY, NOW, outcome, signed, verify, webhook } from "./support.mjs";

const FORGED = BODY.replace('"7"', '"8"');
const idOf = (text) => createHash("sha256").update(text).digest("hex");
const bytesIn = (buffer, text = BODY) => (new Uint8Array(buffer, 0, text.length).set(Buffer.from(text)), buffer);
const resizable = () => bytesIn(new ArrayBuffer(BODY.length, { maxByteLength: 10_000 }));

/** The carriers of a body that begin at the buffer's start, and whose buffer can be got at. */
const CARRIERS = {
  "an ArrayBuffer": (buffer) => buffer,
  "a Uint8Array": (buffer) => new Uint8Array(buffer, 0, BODY.length),
  "a Uint8Array that follows its buffer's length": (buffer) => new Uint8Array(buffer),
  "a DataView": (buffer) => new DataView(buffer),
};
const READ = { id: (delivery) => delivery.id, event: (delivery) => delivery.event, payload: (delivery) => delivery.payload, toJSON: (delivery) => delivery.toJSON() };

for (const [name, carry] of Object.entries(CARRIERS)) {
  describe(name, () => {
    test("that is transferred away is a mistake that is named, whatever is read", () => {
      for (const read of Object.values(READ)) {
        const buffer = bytesIn(new ArrayBuffer(BODY.length));
        const delivery = verify({ body: carry(buffer) });
        structuredClone(buffer, { transfer: [buffer] });
        assert.throws(() => read(delivery), { name: "TypeError", message: /the body's bytes are gone.*copy: true/ });
      }
    });

    test("that is made smaller is, too", () => {
      for (const read of Object.values(READ)) {
        const buffer = resizable();
        const delivery = verify({ body: carry(buffer) });
        buffer.resize(BODY.length - 1);
        assert.throws(() => read(delivery), { name: "TypeError", message: /the body's bytes are gone/ });
      }
    });

    test("that grows stays what was authenticated", () => {
      const buffer = resizable();
      const delivery = verify({ body: carry(buffer) });
      buffer.resize(5_000);
      assert.equal(delivery.payload.length, BODY.length);
      assert.equal(delivery.id, idOf(BODY));
      assert.equal(delivery.toJSON().payload, BODY);
      assert.equal(delivery.event.recordId, "7");
    });

    test("changes nothing of a delivery that was read before", () => {
      const buffer = bytesIn(new ArrayBuffer(BODY.length));
      const delivery = verify({ body: carry(buffer) });
      const { id, event } = delivery;
      structuredClone(buffer, { transfer: [buffer] });
      assert.equal(delivery.id, id);
      assert.equal(delivery.event, event);
    });

    test("changes nothing of a delivery that has a copy", () => {
      const changes = [(buffer) => bytesIn(buffer, FORGED), (buffer) => buffer.resize(3), (buffer) => structuredClone(buffer, { transfer: [buffer] })];
      for (const change of changes) {
        const buffer = resizable();
        const delivery = verify({ body: carry(buffer), options: { now: NOW, copy: true } });
        change(buffer);
        assert.deepEqual([delivery.id, delivery.event.recordId, Buffer.from(delivery.payload).toString()], [idOf(BODY), "7", BODY]);
      }
    });
  });
}

test("copy is a boolean, and text needs none", () => {
  for (const copy of [1, "yes", null, {}]) assert.equal(outcome(() => verify({ options: { now: NOW, copy } })), "TypeError");
  assert.equal(outcome(() => verify({ options: { now: NOW, copy: true } })), "accepted");
  assert.equal(outcome(() => verify({ options: { now: NOW, copy: false } })), "accepted");
});

describe("a receiver owns its bytes:", () => {
  /** What a handler gets while somebody changes the bytes between the verification and the handler. */
  async function handled(adapter, ask, change) {
    const { receive } = await import(`twenty-webhook/${adapter}`);
    const seen = [];
    const replayStore = { claim: async () => (change(), "token"), release() {} };
    const receiver = receive(webhook, (event, delivery) => seen.push(event.recordId, delivery.id, Buffer.from(delivery.payload).toString()), { replayStore, logger: null });
    await ask(receiver);
    return seen;
  }
  const expected = ["7", idOf(BODY), BODY];
  const headers = () => webhook.sign(BODY);
  const lowerCase = (given) => Object.fromEntries(Object.entries(given).map(([key, value]) => [key.toLowerCase(), value]));
  const response = { writeHead() {}, end() {} };

  test("a kept body", async () => {
    for (const name of ["rawBody", "body"]) {
      for (const change of [(bytes) => bytes.set(Buffer.from(FORGED)), ({ buffer }) => structuredClone(buffer, { transfer: [buffer] })]) {
        const bytes = new Uint8Array(bytesIn(new ArrayBuffer(BODY.length)));
        const request = { method: "POST", headers: lowerCase(headers()), [name]: bytes, complete: true };
        assert.deepEqual(await handled("node", (receiver) => receiver(request, response), () => change(bytes)), expected);
      }
    }
  });

  test("a piece of a stream of Node's", async () => {
    const piece = Buffer.from(BODY);
    const request = Object.assign(new EventEmitter(), { method: "POST", headers: lowerCase(headers()), complete: true, pause() {} });
    setTimeout(() => (request.emit("data", piece), request.emit("end")), 5);
    assert.deepEqual(await handled("node", (receiver) => receiver(request, response), () => piece.set(Buffer.from(FORGED))), expected);
  });

  test("a piece of a Request's stream, which a clone has, too", async () => {
    const piece = new TextEncoder().encode(BODY);
    const body = new ReadableStream({ start: (controller) => (controller.enqueue(piece), controller.close()) });
    const request = { method: "POST", headers: new Headers(headers()), body, bodyUsed: false };
    assert.deepEqual(await handled("fetch", (receiver) => receiver(request), () => piece.set(Buffer.from(FORGED))), expected);
  });
});
