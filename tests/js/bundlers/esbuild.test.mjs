import assert from "node:assert/strict";
import { test } from "node:test";
import path from "node:path";

import { build } from "esbuild";

import { assertModuleBeside, assertNothingOfNode, entry, expected, output, runBare, runElsewhere, runInNode } from "./support.mjs";

/** Builds without a warning. */
async function bundle(name, main, options) {
  const folder = output(`esbuild/${name}`);
  const outfile = path.join(folder, options.format === "cjs" ? "bundle.cjs" : "bundle.mjs");
  const { errors, warnings } = await build({ entryPoints: [entry(main)], bundle: true, outfile, logLevel: "silent", ...options });
  assert.deepEqual([errors, warnings], [[], []]);
  return { folder, outfile };
}

/** What esbuild's users write for CommonJS in an ECMAScript module: esbuild itself gives it no `require`. */
const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };

for (const [main, own] of [["main.mjs", "esm"], ["main.cjs", "cjs"]]) {
  for (const format of ["esm", "cjs"]) {
    for (const minify of [false, true]) {
      test(`node: ${main} to ${format}${minify ? ", minified" : ""}`, async () => {
        const options = { platform: "node", format, minify, ...(own === "cjs" && format === "esm" ? { banner } : {}) };
        const { folder, outfile } = await bundle(`node-${main}-${format}-${minify}`, main, options);
        // Of the other kind than its sources it does not know where it lies, so it cannot look for the native module.
        const backend = format === own ? "native" : "wasm";
        assert.deepEqual(runInNode(outfile), expected(backend));
        assert.deepEqual(runElsewhere(folder, path.basename(outfile)), expected("wasm"));
      });
    }
  }
}

for (const [name, options] of Object.entries({
  browser: { platform: "browser" },
  "old browsers": { platform: "browser", target: "es2022", minify: true },
  neutral: { platform: "neutral" },
})) {
  for (const main of ["main.mjs", "diagnose.mjs"]) {
    test(`${name}: ${main}`, async () => {
      const { folder, outfile } = await bundle(`${name}-${main}`, main, { format: "esm", ...options });
      assertNothingOfNode(folder);
      assert.deepEqual(await runBare(outfile), expected("wasm"));
    });
  }
}

for (const main of ["main.mjs", "wasm.mjs", "diagnose.mjs"]) {
  test(`workerd: ${main}`, async () => {
    const { folder, outfile } = await bundle(`workerd-${main}`, main, {
      format: "esm", platform: "neutral", conditions: ["workerd"], loader: { ".wasm": "copy" },
    });
    assertModuleBeside(folder);
    assertNothingOfNode(folder);
    assert.deepEqual(await runBare(outfile), expected("wasm"));
  });
}
