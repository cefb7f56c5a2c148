// Runs the cases that cases.mjs wrote, and the published numbers, against the installed package: javascript.mjs CASES NUMBERS
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const { BACKEND } = process.env;
const { backend, canonicalize } = await import(BACKEND === "wasm" ? "twenty-webhook/wasm" : "twenty-webhook");
assert.equal(backend, BACKEND);
const [file, lines] = process.argv.slice(2);
const { cases, numbers } = JSON.parse(readFileSync(file, "utf8"));

const counts = {};
for (const { suite, name, inputHex, expected } of cases) {
  let found = null;
  try {
    found = canonicalize(Buffer.from(inputHex, "hex"));
  } catch (error) {
    assert.match(error.code, /^payload_(not_utf8|not_json|too_deep)$/);
  }
  assert.equal(found, expected, `${suite}, ${name}`);
  counts[suite] = (counts[suite] ?? 0) + 1;
}
console.log(`${backend}:`, counts);

/** The sequence of doubles that RFC 8785's author publishes. */
function* sequence() {
  const view = new DataView(new ArrayBuffer(8));
  const double = (bits) => (view.setBigUint64(0, bits), view.getFloat64(0));
  for (const bits of numbers.begin) yield double(BigInt(`0x${bits}`));
  for (let serial = 0n; serial < 2000n; serial += 1n) yield double(0x0010000000000000n + serial);
  for (let block = Buffer.alloc(32); ; ) {
    block = createHash("sha256").update(block).digest();
    for (let at = 0; at < 32; at += 8) {
      const number = block.readDoubleLE(at);
      if (number !== 0 && Number.isFinite(number)) yield number;
    }
  }
}

if (numbers) {
  const [hash, view] = [createHash("sha256"), new DataView(new ArrayBuffer(8))];
  const bits = (number) => (view.setFloat64(0, number), view.getBigUint64(0).toString(16));
  const doubles = sequence();
  for (let left = Number(lines); left > 0; ) {
    const batch = Array.from({ length: Math.min(left, 1_000) }, () => doubles.next().value);
    left -= batch.length;
    // Not as V8 prints them.
    const texts = canonicalize(`[${batch.map((number) => number.toExponential(16)).join(" , ")}]`).slice(1, -1).split(",");
    hash.update(batch.map((number, index) => `${bits(number)},${texts[index]}\n`).join(""));
  }
  assert.equal(hash.digest("hex"), numbers.digests[lines]);
  console.log(`${backend}: ${lines} numbers have the published digest`);
}
