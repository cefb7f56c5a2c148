// Loaded twice, in both formats, as two copies, and with diagnosis beside: each works, whichever was called last.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

import { backend, diagnosing, require } from "./installed.mjs";

const entry = backend === "wasm" ? "twenty-webhook/wasm" : "twenty-webhook";
const installed = dirname(require.resolve("twenty-webhook/package.json"));
// Inside the same node_modules, where the copy finds the native module as well.
const folder = mkdtempSync(join(installed, "..", "copy-"));
after(() => rmSync(folder, { recursive: true }));
const NAMES = backend === "wasm" ? { esm: "inline.js", cjs: "inline.js" } : { esm: "node.mjs", cjs: "node.cjs" };
const FILES = Object.entries(NAMES).flatMap(([format, name]) => [`${format}/${name}`, `${format}/diagnose/${name}`]);

async function copy(name) {
  const target = join(folder, name);
  cpSync(installed, target, { recursive: true });
  const files = FILES.map((file) => join(target, "dist", file));
  return Promise.all(files.map((file) => (file.includes(join("dist", "esm")) ? import(pathToFileURL(file)) : require(file))));
}

test(`imported, required, and copied: ${backend}`, async () => {
  const faces = [await import(entry), require(entry), diagnosing, ...(await copy("first")), ...(await copy("second"))];
  assert.equal(new Set(faces.map((face) => face.Webhook)).size, faces.length, "they are one");
  const now = Date.now();
  const webhooks = faces.map((face) => new face.Webhook("secret"));
  const body = '{"eventName":"person.created","record":{"id":"7"}}';
  for (const signer of webhooks) {
    const headers = signer.sign(body, { timestamp: now });
    webhooks.forEach((webhook, index) => {
      const delivery = webhook.verify(body, headers, { now });
      assert.equal(delivery.event.name, "person.created");
      assert.ok(faces.every(({ Delivery }) => delivery instanceof Delivery));
      assert.ok(faces[index].isEvent(delivery.event, "person.*"));
      assert.throws(() => webhook.verify(`${body} `, headers, { now }), faces[index].WebhookVerificationError);
    });
  }
  const [refusal, refused] = [() => webhooks[0].verify(body, {}), () => new faces[0].Webhook("")].map(thrownBy);
  for (const face of faces) {
    class Derived extends face.WebhookError {}
    assert.ok(refusal instanceof face.WebhookVerificationError && refusal instanceof face.WebhookError && !(refusal instanceof Derived));
    assert.ok(refused instanceof face.WebhookError && !(refused instanceof face.WebhookVerificationError));
    for (const other of [undefined, null, 0, "", {}, new Error("another"), Object.create(null)]) assert.ok(!(other instanceof face.WebhookError));
    assert.equal(face.backend, backend);
    assert.equal(face.canonicalize("[1.0]"), "[1]");
  }
});

function thrownBy(action) {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

test(`imported again, as bundlers' development servers do: ${backend}`, async () => {
  for (const file of FILES.slice(0, 2)) {
    const url = pathToFileURL(join(installed, "dist", file));
    for (let again = 0; again < 20; again += 1) {
      const face = await import(`${url}?again=${again}`);
      assert.equal(face.canonicalize('{"2":0,"1":0}'), '{"1":0,"2":0}');
    }
  }
});
