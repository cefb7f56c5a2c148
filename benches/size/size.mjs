// Prints how large the published files are, and how long a process takes from importing the package to a first verdict.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const [dist, installed] = process.argv.slice(2);
const esm = join(installed, "node_modules/twenty-webhook/dist/esm");

const rows = [["", "bytes", "gzip -9"]];
const row = (name, bytes) => rows.push([name, String(bytes.length), String(gzipSync(bytes, { level: 9 }).length)]);
const concatenated = (files) => Buffer.concat(files.map((file) => readFileSync(join(esm, file))));

row("WebAssembly module", readFileSync(join(esm, "generated/module.wasm")));
row("its glue, as wasm-bindgen makes it", readFileSync(join(esm, "generated/module.js")));
row("module and glue", concatenated(["generated/module.wasm", "generated/module.js"]));
const face = readdirSync(esm).filter((file) => file.endsWith(".js") && !file.startsWith("edge-light"));
row("the TypeScript face, all of it", concatenated([...face, "wasm/engine.js", "wasm/inline.js"]));
for (const file of readdirSync(dist)) rows.push([file, String(statSync(join(dist, file)).size), "-"]);
const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
for (const cells of rows) {
  console.log(cells.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  "));
}

const FIRST = `
  const start = performance.now();
  const { Webhook } = await import(process.argv[1]);
  const webhook = new Webhook("secret");
  webhook.verify("{}", webhook.sign("{}"));
  console.log(performance.now() - start);`;

/** The median of many processes. */
function firstVerdict(entry) {
  const run = () => Number(execFileSync(process.execPath, ["--input-type=module", "-e", FIRST, entry], { cwd: installed }));
  const times = Array.from({ length: 21 }, run).sort((a, b) => a - b);
  return times[times.length >> 1].toFixed(2);
}
console.log(`\nfrom import to the first verdict, Node ${process.version}, ms (median of 21 processes)`);
for (const entry of ["twenty-webhook", "twenty-webhook/wasm"]) console.log(`${entry.padEnd(20)} ${firstVerdict(entry)}`);
