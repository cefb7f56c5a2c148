// The memory of a receiver's process over many deliveries, each another event.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import http from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { node, open } from "../processes.mjs";
import { signed } from "../sender.mjs";

const HERE = fileURLToPath(new URL("..", import.meta.url));
const DELIVERIES = 100_000;
const CONNECTIONS = 32;
const MEGABYTE = 1 << 20;

for (const [what, options, allowance] of [
  ["without a store", { replayStore: null }, 10],
  // Half of its claims come in then, of some 250 bytes each.
  ["with the store in memory", {}, 30],
]) {
  test(`${DELIVERIES} deliveries ${what}`, { timeout: 600_000 }, async (t) => {
    const receiver = await open({ start: () => node(HERE, "fixture.mjs", JSON.stringify(options)), path: "/" });
    const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    try {
      let sent = 0;
      const sendUntil = (count) => Promise.all(Array.from({ length: CONNECTIONS }, async () => {
        while (sent < count) assert.equal(await send(receiver.url, agent, ++sent), 200);
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
      assert.ok(receiver.lines.length >= DELIVERIES, `${receiver.lines.length} were handled`);
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
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject).end(body);
  });
}

function residentBytes(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1_024;
}
