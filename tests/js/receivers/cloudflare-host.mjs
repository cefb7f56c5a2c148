// Cloudflare's Queues and D1 on this machine, as `wrangler dev` has them: miniflare with the worker bundled. Its queue is in memory
// and ends with it, so instead of being killed the worker fails, with FAULTS. What it has done is asked of its host, at /done.
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import path from "node:path";

import { build } from "esbuild";
import { Miniflare } from "miniflare";

const { STATE, PORT, TWENTY_WEBHOOK_SECRET, FAULTS } = process.env;
const plain = 'export { default } from "./src/index.js";';
const failing = `
  import example from "./src/index.js";
  let batches = 0;
  export default {
    fetch: example.fetch,
    async queue(batch, ...rest) {
      batches += 1;
      if (batches % 5 === 1) throw new Error("before its work");
      if (batches % 5 !== 2) return example.queue(batch, ...rest);
      await example.queue({ messages: batch.messages.map(({ body }) => ({ body, ack() {} })) }, ...rest);
      throw new Error("between its work and its acknowledgement");
    },
  };
`;
await build({
  stdin: { contents: FAULTS ? failing : plain, resolveDir: "." }, outfile: path.join(STATE, "worker.js"), bundle: true, format: "esm", target: "es2022",
  conditions: ["workerd"], loader: { ".wasm": "copy" }, assetNames: "[name]", logLevel: "error",
});
const host = new Miniflare({
  modules: [{ type: "ESModule", path: path.join(STATE, "worker.js") }, { type: "CompiledWasm", path: path.join(STATE, "module.wasm") }],
  modulesRoot: STATE,
  compatibilityDate: "2025-09-01",
  bindings: { TWENTY_WEBHOOK_SECRET },
  queueProducers: { EVENTS: "twenty" },
  queueConsumers: { twenty: { maxBatchSize: 10, maxBatchTimeout: 0.05, maxRetries: 20, retryDelay: 0 } },
  d1Databases: ["DATABASE"],
  d1Persist: STATE,
  host: "127.0.0.1",
  port: 0,
});
const worker = await host.ready;
const database = await host.getD1Database("DATABASE");
const migration = readFileSync("migrations/0001_delivery.sql", "utf8").replaceAll("CREATE TABLE", "CREATE TABLE IF NOT EXISTS");
await database.batch(migration.trim().split("\n").map((statement) => database.prepare(statement)));

createServer(async (incoming, outgoing) => {
  if (incoming.url === "/done") {
    const { results } = await database.prepare("SELECT record FROM change").all();
    outgoing.end(JSON.stringify(results.map(({ record }) => record)));
    return;
  }
  const { method, url, headers } = incoming;
  const sent = request(new URL(url, worker), { method, headers }, (answer) => answer.pipe(outgoing.writeHead(answer.statusCode, answer.headers)));
  sent.on("error", () => outgoing.destroy());
  incoming.pipe(sent);
}).listen(Number(PORT), "127.0.0.1");
