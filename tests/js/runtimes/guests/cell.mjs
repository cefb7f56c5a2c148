// In a runtime of its own: Deno and Bun. It is told what must be running.
import process from "node:process";

import * as api from "twenty-webhook";
import * as diagnosing from "twenty-webhook/diagnose";

import { conform } from "../../conformance.mjs";
import { vectors } from "../../vectors.mjs";

console.log(JSON.stringify(conform(api, vectors, { diagnosing, backend: process.argv[2] })));
