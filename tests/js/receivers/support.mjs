// What the tests of receivers share.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";

/** Where the examples are installed with the packed package. */
export const FOLDER = process.env.RECEIVERS;
assert.ok(FOLDER, "RECEIVERS names the folder in which the examples are installed");

/** Of the installed packages: the examples import the ECMAScript modules, so here it is the CommonJS. */
export const installed = createRequire(path.join(FOLDER, "package.json"));

export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
