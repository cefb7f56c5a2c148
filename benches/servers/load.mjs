// What loads a server: genuine deliveries, none of them twice.
import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";

import autocannon from "autocannon";

export const SECRET = "a-secret-of-benches";

/** Sends so many deliveries, as many at a time as there are connections: how many seconds that took. */
export async function load(url, connections, amount) {
  const setupRequest = (request) => ({ ...request, ...delivery() });
  const start = performance.now();
  const { non2xx, errors, timeouts } = await autocannon({ url, connections, amount, timeout: 60, requests: [{ setupRequest }] });
  assert.deepEqual({ non2xx, errors, timeouts }, { non2xx: 0, errors: 0, timeouts: 0 });
  return (performance.now() - start) / 1_000;
}

/** Both sides answer the same: that it is handled, that it was, that it is forged. */
export async function checkAnswers(url) {
  const genuine = delivery();
  const forged = { ...delivery(), body: genuine.body };
  const expected = [[genuine, 200, { outcome: "handled" }], [genuine, 200, { outcome: "duplicate" }], [forged, 401, { code: "signature_mismatch" }]];
  for (const [request, status, content] of expected) {
    const response = await fetch(url, request);
    assert.deepEqual([response.status, await response.json()], [status, content]);
  }
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
