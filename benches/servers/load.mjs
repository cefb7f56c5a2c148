// What loads a server: genuine deliveries, none of them twice.
import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";

import autocannon from "autocannon";

export const SECRET = "a-secret-of-benches";

/** Sends one delivery after another, as many at a time as there are connections. */
export async function load(url, connections, seconds) {
  const setupRequest = (request) => ({ ...request, ...delivery() });
  const { requests, non2xx, errors, timeouts } = await autocannon({ url, connections, duration: seconds, requests: [{ setupRequest }] });
  assert.deepEqual({ non2xx, errors, timeouts }, { non2xx: 0, errors: 0, timeouts: 0 });
  return requests.total;
}

/** With the receiver and without it, a server answers the same. */
export async function checkAnswer(url) {
  const response = await fetch(url, delivery());
  assert.deepEqual(await response.json(), { outcome: "handled" });
}

let sent = 0;
/** Each another event, signed as the sender signs. */
function delivery() {
  const body = JSON.stringify({
    targetUrl: "https://example.com/webhooks/twenty", eventName: "person.created", objectMetadata: { id: "1", nameSingular: "person" },
    workspaceId: "2", webhookId: "3", eventDate: "2026-01-01T00:00:00.000Z", record: { id: String(++sent), city: "Paris", position: 1 },
  });
  const timestamp = String(Date.now());
  const signature = createHmac("sha256", SECRET).update(`${timestamp}:${body}`).digest("hex");
  const headers = {
    "content-type": "application/json", "x-twenty-webhook-timestamp": timestamp,
    "x-twenty-webhook-signature": signature, "x-twenty-webhook-nonce": randomBytes(16).toString("hex"),
  };
  return { method: "POST", body, headers };
}
