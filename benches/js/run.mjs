// Side by side with peers: verification, events, canonical text, and the time to a first verdict.
//
//   node benches/js/run.mjs --installed DIR --bodies FILE [--only PART] [--smoke] [--json FILE]
//
// DIR is a folder in which the packed packages are installed, FILE what benches/inputs prints. --json also writes the rows;
// --smoke runs everything once, checks every result and times nothing. The checks are made before timing, too.
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { bun, deno } from "./fetch.mjs";
import { first } from "./first.mjs";
import { node } from "./node.mjs";
import { Report, header } from "./report.mjs";
import { workerd } from "./workerd.mjs";

const PARTS = { node, workerd, deno, bun, first };

const { setup, only, json } = readArguments();
const report = new Report();
if (!setup.isSmoke) console.log(header());
for (const [name, part] of Object.entries(PARTS)) {
  if (only === undefined || only === name) await part(setup, report);
}
if (setup.isSmoke) report.printSmoke();
else report.print();
if (json) report.writeJson(json);

function readArguments() {
  const { values } = parseArgs({
    options: {
      installed: { type: "string" },
      bodies: { type: "string" },
      only: { type: "string" },
      smoke: { type: "boolean", default: false },
      json: { type: "string" },
    },
  });
  const { installed, bodies, only, smoke: isSmoke, json } = values;
  if (!installed || !bodies) throw new Error("--installed DIR and --bodies FILE are needed");
  if (only !== undefined && !(only in PARTS)) throw new Error(`--only takes one of ${Object.keys(PARTS).join(", ")}`);
  if (isSmoke && json) throw new Error("--smoke times nothing, so --json has nothing to write");
  return { setup: { installed: resolve(installed), bodies: resolve(bodies), isSmoke }, only, json };
}
