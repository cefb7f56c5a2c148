// In Deno and Bun.
import { readFileSync } from "node:fs";
import process from "node:process";

import { compare } from "../harness.mjs";
import { comparison } from "./comparison.mjs";

const { what, peer, sizes, bodies, isSmoke } = JSON.parse(process.argv[2]);
const texts = JSON.parse(readFileSync(bodies, "utf8"));
const rows = [];
for (const bytes of sizes) {
  const { row, ours, theirs } = await comparison(what, peer, texts[bytes]);
  rows.push({ ...row, ...(await compare(ours, theirs, isSmoke)) });
}
const runtime = typeof Deno === "object" ? `Deno ${Deno.version.deno}` : `Bun ${Bun.version}`;
console.log(JSON.stringify({ runtime, rows }));
