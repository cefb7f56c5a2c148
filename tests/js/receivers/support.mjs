// The package and the examples as they are installed for the tests of receivers.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";

/** Where the examples are installed with the packed package. */
export const FOLDER = process.env.RECEIVERS;
assert.ok(FOLDER, "RECEIVERS names the folder in which the examples are installed");

/** Of the installed packages: the examples import the ECMAScript modules, so here it is the CommonJS. */
export const installed = createRequire(path.join(FOLDER, "package.json"));
