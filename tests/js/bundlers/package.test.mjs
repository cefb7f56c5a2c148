// What npm's own checkers say of the tarball, and what the package does not do.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

import { FOLDER } from "./support.mjs";

const bytes = readFileSync(process.env.TARBALL);
const ADAPTERS = ["express", "fastify", "fetch", "hono", "koa", "lambda", "node"];
const manifest = JSON.parse(readFileSync(path.join(FOLDER, "node_modules/twenty-webhook/package.json"), "utf8"));

test("publint finds nothing", async () => {
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages } = await publint({ pack: { tarball }, strict: true, level: "suggestion" });
  assert.deepEqual(messages.map((message) => formatMessage(message, manifest, { color: false })), []);
});

test("the types are not wrong", async () => {
  const { entrypoints, problems } = await checkPackage(createPackageFromTarballData(bytes));
  assert.deepEqual(Object.keys(entrypoints), [".", "./wasm", "./diagnose", ...ADAPTERS.map((name) => `./${name}`), "./testing", "./package.json"]);
  assert.deepEqual(problems, []);
});

test("no module waits at its top level", () => {
  const dist = path.join(FOLDER, "node_modules/twenty-webhook/dist");
  for (const name of readdirSync(dist, { recursive: true }).filter((file) => /\.[cm]?js$/.test(file))) {
    assert.doesNotMatch(readFileSync(path.join(dist, name), "utf8"), /^(?:export (?:const|let) .*= )?await\b/m, name);
  }
});
