// The package and the examples as they are installed for the tests of receivers.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";

/** Where the examples are installed with the packed package. */
export const FOLDER = process.env.RECEIVERS;
assert.ok(FOLDER, "RECEIVERS names the folder in which the examples are installed");

/** Of the installed packages: the examples import the ECMAScript modules, so here it is the CommonJS. */
export const installed = createRequire(path.join(FOLDER, "package.json"));

/** The entry that can diagnose. None of it forces WebAssembly, so here it is the file of the hosts that have nothing else. */
export function diagnosing(backend) {
  const wasm = path.join(path.dirname(installed.resolve("twenty-webhook/package.json")), "dist/cjs/diagnose/inline.js");
  return installed(backend === "wasm" ? wasm : "twenty-webhook/diagnose");
}
