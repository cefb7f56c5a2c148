import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import webpack from "webpack";

import { FOLDER, assertNothingOfNode, entry, expected, output, runBare, runElsewhere, runInNode } from "../support.mjs";

/** Builds without a warning. */
async function bundle(name, main, { library = "module", ...options }) {
  const folder = output(`webpack/${name}`);
  const filename = library === "module" ? "bundle.mjs" : "bundle.cjs";
  const compiler = webpack({
    context: FOLDER, entry: entry(main), mode: "production",
    output: { path: folder, filename, clean: true, library: { type: library }, ...(library === "module" ? { module: true, chunkFormat: "module" } : {}) },
    experiments: library === "module" ? { outputModule: true } : {},
    ...options,
  });
  const stats = await promisify(compiler.run).call(compiler);
  await promisify(compiler.close).call(compiler);
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  const told = (problems) => problems.map(({ message }) => message);
  // The module is part of the script, which is larger than what webpack advises for a first page.
  const advice = /asset size limit|entrypoint size limit|limit the size of your bundles/;
  assert.deepEqual([told(errors), told(warnings).filter((message) => !advice.test(message))], [[], []]);
  return { folder, file: path.join(folder, filename) };
}

for (const main of ["main.mjs", "main.cjs"]) {
  for (const library of ["module", "commonjs2"]) {
    test(`node: ${main} to ${library}`, async () => {
      const { folder, file } = await bundle(`node-${main}-${library}`, main, { library, target: "node20" });
      assert.deepEqual(runElsewhere(folder, path.basename(file)), expected("wasm"));
      // webpack reads createRequire(import.meta.url) as its own, and leaves nothing of it.
      assert.deepEqual(runInNode(file), expected(main === "main.mjs" ? "wasm" : "native"));
    });
  }
}

for (const main of ["main.mjs", "main.cjs"]) {
  test(`browser: ${main}`, async () => {
    const { folder, file } = await bundle(`web-${main}`, main, { target: ["web", "es2022"] });
    assertNothingOfNode(folder);
    assert.deepEqual(await runBare(file), expected("wasm"));
  });
}

test("web worker", async () => {
  const { folder, file } = await bundle("webworker", "main.mjs", { target: ["webworker", "es2022"] });
  assertNothingOfNode(folder);
  assert.deepEqual(await runBare(file), expected("wasm"));
});
