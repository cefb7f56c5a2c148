// Writes the fuzzer's seeds, one a file: every input that the vectors hold, as hex. seeds.mjs VECTORS OUTDIR
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Longer ones only slow the fuzzer down.
const LONGEST = 4096;

const [vectors, directory] = process.argv.slice(2);
const seeds = new Set();
for (const file of readdirSync(vectors).filter((name) => name.endsWith(".json"))) {
  JSON.parse(readFileSync(join(vectors, file), "utf8"), (name, value) => {
    if (name.endsWith("Hex") && typeof value === "string" && value.length <= 2 * LONGEST) seeds.add(value);
    return value;
  });
}
if (seeds.size === 0) throw new Error("the vectors hold no input");
mkdirSync(directory, { recursive: true });
for (const [number, seed] of [...seeds].entries()) writeFileSync(join(directory, String(number)), Buffer.from(seed, "hex"));
