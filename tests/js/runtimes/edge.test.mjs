// Vercel's edge runtime, with what Vercel's bundler makes of `?module`: a compiled module.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { EdgeRuntime } from "edge-runtime";

import { bundle, folder, record } from "./support.mjs";

const { version } = createRequire(import.meta.url)("edge-runtime/package.json");

test("edge-runtime", async (t) => {
  const outfile = join(folder("edge"), "edge.js");
  const seen = [];
  await bundle("edge.mjs", { outfile, format: "iife", conditions: ["edge-light"], plugins: [compiledModules(seen)] });
  assert.deepEqual(seen.sort(), ["../diagnose.wasm?module", "./module.wasm?module"]);
  const runtime = new EdgeRuntime({ initialCode: readFileSync(outfile, "utf8") });
  const response = await runtime.dispatchFetch("http://127.0.0.1/");
  await response.waitUntil();
  record(t, `edge-runtime ${version}`, await response.json());
});

function compiledModules(seen) {
  return {
    name: "?module",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => {
        seen.push(path);
        return { path: join(resolveDir, path.replace("?module", "")), namespace: "compiled" };
      });
      onLoad({ filter: /./, namespace: "compiled" }, ({ path }) => ({
        contents: `const text = atob("${readFileSync(path, "base64")}");
          export default new WebAssembly.Module(Uint8Array.from(text, (character) => character.charCodeAt(0)));`,
      }));
    },
  };
}
