// Canonical text against V8's own JSON, both from a string to a string.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { compare, synchronous } from "../harness.mjs";

export async function measure({ canonicalize }, { title, bodies, isSmoke }) {
  const rows = [];
  for (const [name, text] of textsOf(JSON.parse(readFileSync(bodies, "utf8")).canonical)) {
    assert.equal(canonicalize(text), roundTrip(text), `${name}: ours prints what V8 prints`);
    const timing = await compare(synchronous(() => canonicalize(text)), synchronous(() => roundTrip(text)), isSmoke);
    rows.push({ case: `${title}, ${name}`, bytes: Buffer.byteLength(text), peer: "JSON.stringify(JSON.parse())", ...timing });
  }
  return rows;
}

const roundTrip = (text) => JSON.stringify(JSON.parse(text));

/** As they are sent, and as an editor or a proxy shows them. */
function textsOf(texts) {
  const compact = Object.entries(texts);
  return [...compact, ...compact.map(([name, text]) => [`${name}, indented`, JSON.stringify(JSON.parse(text), null, 2)])];
}
