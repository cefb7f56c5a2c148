import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { chromium } from "playwright-core";
import { build } from "vite";

import { FOLDER, assertNothingOfNode, entry, expected, input, output, runElsewhere, runInNode } from "./support.mjs";

/** Builds without a warning. */
async function bundle(name, options) {
  const warnings = [];
  const warn = (message) => warnings.push(message);
  const logger = { info() {}, warn, warnOnce: warn, error: warn, clearScreen() {}, hasErrorLogged: () => false, hasWarned: false };
  const outDir = output(`vite/${name}`);
  await build({ root: path.join(FOLDER, "app"), configFile: false, customLogger: logger, ...options, build: { outDir, emptyOutDir: true, ...options.build } });
  assert.deepEqual(warnings, []);
  return outDir;
}

test("server side, packages bundled", async () => {
  const folder = await bundle("ssr", { ssr: { noExternal: true }, build: { ssr: entry("main.mjs") } });
  assert.deepEqual(runInNode(path.join(folder, "main.mjs")), expected("native"));
  assert.deepEqual(runElsewhere(folder, "main.mjs"), expected("wasm"));
});

test("server side, packages left outside", async () => {
  const folder = await bundle("ssr-external", { build: { ssr: entry("main.mjs") } });
  assert.deepEqual(runInNode(path.join(folder, "main.mjs")), expected("native"));
});

test("worker", async () => {
  const folder = await bundle("webworker", { ssr: { target: "webworker", noExternal: true }, build: { ssr: entry("main.mjs") } });
  assertNothingOfNode(folder);
  assert.deepEqual(runInNode(path.join(folder, "main.js")), expected("wasm"));
});

test("browser, under a Content-Security-Policy", async () => {
  const folder = await bundle("browser", {});
  assertNothingOfNode(folder);
  const server = createServer((request, response) => serve(folder, request, response));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const errors = [];
    const page = await browser.newPage();
    page.on("pageerror", ({ message }) => errors.push(message));
    const visit = (policy) => page.goto(`http://127.0.0.1:${server.address().port}/?policy=${encodeURIComponent(policy)}`);
    await visit("script-src 'self' 'wasm-unsafe-eval'");
    assert.deepEqual(await page.evaluate((given) => globalThis.fiveCases(given), input), expected("wasm"));
    assert.deepEqual(errors, []);
    await visit("script-src 'self'");
    assert.match(errors.join(), /'wasm-unsafe-eval' in the Content-Security-Policy/);
  } finally {
    await browser.close();
    server.close();
  }
});

const TYPES = { ".html": "text/html", ".js": "text/javascript" };

/** A page with the policy its address names, and what it loads. */
function serve(folder, request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const name = pathname === "/" ? "/index.html" : pathname;
  try {
    const content = readFileSync(path.join(folder, path.normalize(name)));
    response.setHeader("Content-Type", TYPES[path.extname(name)] ?? "application/octet-stream");
    if (searchParams.has("policy")) response.setHeader("Content-Security-Policy", searchParams.get("policy"));
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}
