// Prints how large the published files are, and how long a process takes from importing the package to a first verdict.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const [dist, installed] = process.argv.slice(2);
const published = join(installed, "node_modules/twenty-webhook/dist");
const generated = fileURLToPath(new URL("../../bindings-js/src/generated", import.meta.url));

const rows = [["", "bytes", "gzip -9"]];
const row = (name, bytes) => rows.push([name, String(bytes.length), String(gzipSync(bytes, { level: 9 }).length)]);

const [module, glue] = ["module.wasm", "module.js"].map((file) => readFileSync(join(generated, file)));
row("WebAssembly module", module);
row("its glue, as wasm-bindgen makes it", glue);
row("module and glue", Buffer.concat([module, glue]));
for (const [file, what] of [
  ["esm/workerd.js", "the face and what is used of the glue"],
  ["esm/inline.js", "the same and the module as text"],
  ["esm/node.mjs", "the same and the way to the native module"],
  ["cjs/node.cjs", "without the module, which is a file of its own"],
  ["cjs/wasm/inline.js", "that file"],
  ["esm/adapters/express.js", "a receiver"],
]) {
  row(`${file}: ${what}`, readFileSync(join(published, file)));
}
for (const file of readdirSync(dist)) rows.push([file, String(statSync(join(dist, file)).size), "-"]);
const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
for (const cells of rows) {
  console.log(cells.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  "));
}

const now = Date.now();
const signature = createHmac("sha256", "secret").update(`${now}:{}`).digest("hex");
const headers = { "x-twenty-webhook-timestamp": String(now), "x-twenty-webhook-signature": signature };

const FIRST = `
  const headers = ${JSON.stringify(headers)};
  const processor = process.cpuUsage();
  const start = performance.now();
  const { Webhook } = await import(process.argv[1]);
  new Webhook("secret").verify("{}", headers);
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(processor);
  console.log(JSON.stringify([elapsed, (user + system) / 1000]));`;

/** The medians of many processes: of time that passed, and of the processor's in all threads. */
function firstVerdict(entry) {
  const run = () => JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", FIRST, entry], { cwd: installed }));
  const times = Array.from({ length: 21 }, run);
  return [0, 1].map((which) => times.map((both) => both[which]).sort((a, b) => a - b)[times.length >> 1].toFixed(2));
}
console.log(`\nfrom import to the first verdict, Node ${process.version}, ms and processor ms (medians of 21 processes)`);
for (const entry of ["twenty-webhook", "twenty-webhook/wasm"]) console.log(entry.padEnd(20), ...firstVerdict(entry));
