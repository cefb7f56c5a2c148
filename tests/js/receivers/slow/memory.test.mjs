// The memory of a receiver's process, in each language, over many deliveries, each another event.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { fixture, freePort, open, program } from "../processes.mjs";
import { example as rust } from "../rust/examples.mjs";
import { signed, words } from "../sender.mjs";

const EXAMPLES = fileURLToPath(new URL("../../../../bindings-python/examples", import.meta.url));
const DELIVERIES = 100_000;
const CONNECTIONS = 32;
const MEGABYTE = 1 << 20;

/** Served by uvicorn, whose port has to be given. */
const fastapi = {
  start: async () => {
    const port = await freePort();
    return { ...program(process.env.PYTHON, { PORT: String(port), PYTHONDONTWRITEBYTECODE: "1" }, [path.join(EXAMPLES, "fastapi/app.py")]), port };
  },
  path: "/webhooks/twenty",
};

// Half of the claims come in with the second half, of some 250 bytes each, in Python twice as many.
for (const [what, kind, allowance] of [
  ["Node without a store", fixture()({ replayStore: null }), 10],
  ["Node with the store in memory", fixture()({}), 30],
  ["axum with the store in memory", { start: rust("example-axum") }, 30],
  ["FastAPI with the store in memory", fastapi, 40],
]) {
  test(`${DELIVERIES} deliveries to ${what}`, { timeout: 900_000 }, async (t) => {
    const receiver = await open(kind);
    const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    try {
      let sent = 0;
      const sendUntil = (count) => Promise.all(Array.from({ length: CONNECTIONS }, async () => {
        while (sent < count) assert.equal(await send(receiver.url, agent, ++sent), "200 handled");
      }));
      const resident = [];
      for (let part = 1; part <= 10; part += 1) {
        await sendUntil((part * DELIVERIES) / 10);
        resident.push(Math.round(residentBytes(receiver.child.pid) / MEGABYTE));
      }
      t.diagnostic(`MiB after each tenth: ${resident.join(" ")}`);
      // It rises until the engine collects what is old, so the lowest of one half is held against the highest of the other.
      const grown = Math.min(...resident.slice(5)) - Math.max(...resident.slice(0, 5));
      assert.ok(grown < allowance, `it grew by ${grown} MiB in the second half`);
    } finally {
      agent.destroy();
      await receiver.close();
    }
  });
}

function send(url, agent, id) {
  const body = JSON.stringify({ eventName: "person.created", record: { id: String(id), fill: "a".repeat(2_000) } });
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method: "POST", agent, headers: { ...signed(body), "Content-Length": body.length } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece) => (text += piece)).on("end", () => resolve(words(response.statusCode, text)));
    });
    sent.on("error", reject).end(body);
  });
}

function residentBytes(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1_024;
}
