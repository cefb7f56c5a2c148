// Requests per second with the receiver against the same server without it, in pairs, in one run.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";

import autocannon from "autocannon";

const isSmoke = process.argv.includes("--smoke");
const [PAIRS, SECONDS, CONNECTIONS] = isSmoke ? [1, 1, 2] : [7, 4, 50];
const SECRET = "a-secret-of-benches";
const FRAMEWORKS = ["node", "express", "koa", "hono", "fastify"];

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

async function measure(framework, way) {
  const server = fork(new URL("server.mjs", import.meta.url), [framework, way], { env: { ...process.env, SECRET, NODE_ENV: "production" } });
  try {
    const [{ port }] = await once(server, "message");
    const load = (duration) => autocannon({
      url: `http://127.0.0.1:${port}/`, connections: CONNECTIONS, duration, requests: [{ setupRequest: (request) => ({ ...request, ...delivery() }) }],
    });
    if (!isSmoke) await load(1);
    const before = await ask(server);
    const { requests, non2xx, errors, timeouts } = await load(SECONDS);
    const after = await ask(server);
    assert.deepEqual([non2xx, errors, timeouts], [0, 0, 0]);
    const handled = after.handled - before.handled;
    assert.ok(handled >= requests.total, `${handled} handled of ${requests.total}`);
    const cpu = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system;
    return { perSecond: requests.total / SECONDS, cpuMicros: cpu / handled };
  } finally {
    server.disconnect();
    await once(server, "exit");
  }
}

async function ask(server) {
  server.send("how much");
  return (await once(server, "message"))[0];
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const rows = [["framework", "without/s", "with/s", "ratio", "processor time ratio"]];
for (const framework of FRAMEWORKS) {
  const pairs = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    // In turns, so that what drifts meets both.
    const ways = pair % 2 === 0 ? ["with", "without"] : ["without", "with"];
    const found = {};
    for (const way of ways) found[way] = await measure(framework, way);
    pairs.push(found);
  }
  const of = (way) => median(pairs.map((pair) => pair[way].perSecond));
  const ratio = median(pairs.map((pair) => pair.with.perSecond / pair.without.perSecond));
  const cpu = median(pairs.map((pair) => pair.without.cpuMicros / pair.with.cpuMicros));
  rows.push([framework, of("without").toFixed(0), of("with").toFixed(0), ratio.toFixed(2), cpu.toFixed(2)]);
}
if (isSmoke) console.log("every server handled every delivery");
else for (const row of rows) console.log(row.map((cell, column) => (column ? cell.padStart(rows[0][column].length) : cell.padEnd(10))).join("  "));
