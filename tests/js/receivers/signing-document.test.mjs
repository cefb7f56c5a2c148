// docs/how-twenty-signs.md: the signature that it shows is Node's, and its payloads are read as what it says they are.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { installed } from "./support.mjs";

const { Webhook, readEvent } = installed("twenty-webhook");
const page = readFileSync(new URL("../../../docs/how-twenty-signs.md", import.meta.url), "utf8");

test("the signature that the page shows is what Node makes", () => {
  const [, timestamp] = /timestamp=(\d+)/.exec(page);
  const [, body] = /body='(.*)'/.exec(page);
  const [, signature] = /"\$signature" = ([0-9a-f]+)/.exec(page);
  const [, secret] = /-hmac (\S+)/.exec(page);
  assert.equal(signature, createHmac("sha256", secret).update(`${timestamp}:${body}`).digest("hex"));
  const headers = { "X-Twenty-Webhook-Timestamp": timestamp, "X-Twenty-Webhook-Signature": signature };
  assert.equal(new Webhook(secret).verify(body, headers, { now: Number(timestamp) }).event.recordId, "7");
});

test("the payloads that the page shows are of the kinds that it names", () => {
  const payloads = [...page.matchAll(/```json\n([^]*?)```/g)].map(([, text]) => readEvent(text));
  assert.deepEqual(payloads.map(({ kind, name }) => `${kind} ${name}`), ["record person.updated", "metadata metadata.objectMetadata.updated", "record person.created"]);
});
