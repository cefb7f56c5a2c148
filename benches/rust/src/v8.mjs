// Reads a file with a JSON array of texts and prints, for each, what JSON.stringify(JSON.parse(text)) gives and how long
// it takes: nanoseconds per operation, the median of the batches. No batches: no time.
import { readFileSync } from "node:fs";

const [, , file, batches] = process.argv;
const BATCH_NS = 3e6;

const cases = JSON.parse(readFileSync(file, "utf8")).map((text) => ({
  // Through UTF-8, as a body arrives: not a slice that keeps the whole file alive.
  text: roundTrip(Buffer.from(text).toString()),
  ns: Number(batches) === 0 ? 0 : measure(Buffer.from(text).toString()),
}));
process.stdout.write(JSON.stringify({ engine: `V8 ${process.versions.v8.split("-")[0]}, Node ${process.version}`, cases }));

function roundTrip(text) {
  return JSON.stringify(JSON.parse(text));
}

function measure(text) {
  let count = 1;
  let ns = batch(text, count);
  while (ns < BATCH_NS) {
    count *= 2;
    ns = batch(text, count);
  }
  const times = Array.from({ length: Number(batches) }, () => batch(text, count) / count);
  return times.sort((a, b) => a - b)[times.length >> 1];
}

function batch(text, count) {
  let length = 0;
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) length += roundTrip(text).length;
  const ns = Number(process.hrtime.bigint() - start);
  if (length === 0) throw new Error("nothing was printed");
  return ns;
}
