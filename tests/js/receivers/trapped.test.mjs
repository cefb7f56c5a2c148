// WebAssembly traps while requests are under way: they are answered and told of, and no other request pays for them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { SECRET, signed, words } from "./sender.mjs";
import { installed } from "./support.mjs";

const instances = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...given) {
    super(...given);
    instances.push(this);
  }
};
const { Webhook, canonicalize } = installed("twenty-webhook/wasm");
const { receive } = installed("twenty-webhook/fetch");

const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** Leaves no room to grow, so that an allocation ends in a trap. Nothing is written: it is address space only. */
function trap() {
  const { memory } = instances.at(-1).exports;
  const text = "x".repeat(memory.buffer.byteLength);
  memory.grow(MOST_PAGES - memory.buffer.byteLength / PAGE);
  assert.throws(() => canonicalize(text), { code: "internal" });
}

test("each is answered by itself", async () => {
  const [handled, outcomes, lines] = [[], [], []];
  const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
  const handle = receive(new Webhook(SECRET), (event) => handled.push(event.record.id), { logger, onOutcome: ({ outcome, code }) => outcomes.push([outcome, code]) });
  const begin = (id) => {
    const body = JSON.stringify({ eventName: "person.created", record: { id } });
    let stream;
    const request = new Request("http://localhost/", { method: "POST", headers: signed(body), body: new ReadableStream({ start: (controller) => (stream = controller) }), duplex: "half" });
    const answer = handle(request).then(async (response) => words(response.status, await response.text()));
    return { answer, send: () => (stream.enqueue(Buffer.from(body)), stream.close()) };
  };
  const before = begin("before");
  await new Promise((turn) => setImmediate(turn));
  trap();
  const after = begin("after");
  await new Promise((turn) => setImmediate(turn));
  assert.equal(instances.length, 2);
  before.send();
  assert.equal(await before.answer, "500 internal");
  after.send();
  assert.equal(await after.answer, "200 handled");
  assert.deepEqual(handled, ["after"]);
  assert.deepEqual(outcomes, [["refused", "internal"], ["handled", null]]);
  assert.equal(lines.length, 1);
  assert.match(lines[0], /^twenty-webhook: internal: /);
  await handle.drain();
});
