// The WebAssembly modules are no larger than this: what makes them larger is worth a look, or a new number here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { require } from "./installed.mjs";

const published = join(dirname(require.resolve("twenty-webhook/package.json")), "dist/esm");

for (const [file, most] of [["module.wasm", 67_500], ["diagnose.wasm", 242_500]]) {
  test(`the size of ${file}`, () => {
    const { length } = gzipSync(readFileSync(join(published, file)), { level: 9 });
    assert.ok(length <= most, `${length} bytes with gzip, and ${most} are the most`);
  });
}
