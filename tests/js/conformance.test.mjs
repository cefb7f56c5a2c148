// Every vector against the installed package, in the Node that runs this.
import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { test } from "node:test";

import { conform, report } from "./conformance.mjs";
import { api, backend, diagnosing, format } from "./installed.mjs";
import { vectors } from "./vectors.mjs";

test(`all vectors, ${backend}, ${format}`, (t) => {
  assert.ok(["native", "wasm"].includes(backend), "BACKEND names what must run: native or wasm");
  const line = report(`Node ${process.versions.node}, ${process.env.RUN ?? format}`, conform(api, vectors, { diagnosing, backend }));
  t.diagnostic(line);
  if (process.env.MATRIX) appendFileSync(process.env.MATRIX, `${line}\n`);
});
