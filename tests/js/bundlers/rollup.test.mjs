import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import commonjs from "@rollup/plugin-commonjs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";

import { assertModuleBeside, assertNothingOfNode, entry, expected, output, runBare, runElsewhere, runInNode } from "./support.mjs";

/** Builds without a warning. */
async function bundle(name, main, { format, conditions = [], external = /^node:/, plugins = [] }) {
  const warnings = [];
  const built = await rollup({
    input: entry(main), external, makeAbsoluteExternalsRelative: false, plugins: [...plugins, nodeResolve({ exportConditions: conditions })], onwarn: (warning) => warnings.push(warning),
  });
  const folder = output(`rollup/${name}`);
  const file = path.join(folder, format === "cjs" ? "bundle.cjs" : "bundle.mjs");
  await built.write({ file, format });
  await built.close();
  assert.deepEqual(warnings, []);
  return { folder, file };
}

for (const [main, plugins] of [["main.mjs", []], ["main.cjs", [commonjs({ ignoreDynamicRequires: true })]]]) {
  for (const format of ["esm", "cjs"]) {
    test(`node: ${main} to ${format}`, async () => {
      const { folder, file } = await bundle(`node-${main}-${format}`, main, { format, conditions: ["node"], plugins });
      // CommonJS in an ECMAScript module does not know where it lies, so it cannot look for the native module.
      assert.deepEqual(runInNode(file), expected(main === "main.cjs" && format === "esm" ? "wasm" : "native"));
      assert.deepEqual(runElsewhere(folder, path.basename(file)), expected("wasm"));
    });
  }
}

for (const [name, conditions] of Object.entries({ default: [], browser: ["browser"] })) {
  test(name, async () => {
    const { folder, file } = await bundle(name, "main.mjs", { format: "esm", conditions, external: [] });
    assertNothingOfNode(folder);
    assert.deepEqual(await runBare(file), expected("wasm"));
  });
}

test("workerd", async () => {
  const { folder, file } = await bundle("workerd", "main.mjs", { format: "esm", conditions: ["workerd"], external: [], plugins: [moduleBeside] });
  assertModuleBeside(folder);
  assertNothingOfNode(folder);
  assert.deepEqual(await runBare(file), expected("wasm"));
});

/** The platform takes the module as a file of its own. */
const moduleBeside = {
  name: "module-beside",
  resolveId(source, importer) {
    if (!source.endsWith(".wasm")) return null;
    this.emitFile({ type: "asset", fileName: "module.wasm", source: readFileSync(path.resolve(path.dirname(importer), source)) });
    return { id: "./module.wasm", external: true };
  },
};
