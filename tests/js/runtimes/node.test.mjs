// Every Node: the native module and WebAssembly, imported and required; and WebAssembly where no native module fits.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { APP, NATIVE, PACKAGE, folder, run } from "./support.mjs";

const VERSIONS = [22, 24, 26];
const programOf = (major) => fileURLToPath(new URL(`../node_modules/node${major}/bin/node`, import.meta.url));
const nodes = [process.execPath, ...VERSIONS.map(programOf)];
const TEST = "tests/js/conformance.test.mjs";

for (const node of nodes) {
  for (const BACKEND of ["native", "wasm"]) {
    for (const FORMAT of ["esm", "cjs"]) {
      test(`${BACKEND} ${FORMAT} in ${node}`, { skip: existsSync(node) ? false : "npm has no such Node for this machine" }, () =>
        run(node, [TEST], { env: { BACKEND, FORMAT } }),
      );
    }
  }
}

test("no native module is installed, under --omit=optional", async () => {
  const directory = folder("portable");
  mkdirSync(directory);
  writeFileSync(join(directory, "package.json"), '{ "private": true }\n');
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  await run(npm, ["install", "--offline", "--no-audit", "--no-fund", "--omit=optional", PACKAGE], { cwd: directory });
  cpSync(join(APP, "tests"), join(directory, "tests"), { recursive: true });
  assert.ok(!existsSync(join(directory, "node_modules", nativeName())));
  for (const FORMAT of ["esm", "cjs"]) {
    const env = { BACKEND: "wasm", ENTRY: "twenty-webhook", FORMAT, RUN: `${FORMAT}, without the native module` };
    await run(process.execPath, [TEST], { cwd: directory, env });
  }
});

/** What is left of the native package in a copy of the app, and whether it is to be used. */
const NATIVE_PACKAGES = [
  ["as it is", () => {}, "native"],
  ["for another C library, or cut off", (file) => writeFileSync(file, "\x7fELF, but not for long"), "wasm"],
  ["of an older version", (_, main) => main("exports.version = () => '0.0.1'"), "wasm"],
  ["of a newer version", (_, main) => main("exports.version = () => '99.0.0'"), "wasm"],
  ["of a version that cannot tell", (_, main) => main("exports.open = () => {}"), "wasm"],
  ["of a version that throws", (_, main) => main("throw new Error('no')"), "wasm"],
];

for (const [what, change, expected] of NATIVE_PACKAGES) {
  test(`a native package ${what}`, async () => {
    const directory = folder("changed");
    cpSync(join(APP, "node_modules"), join(directory, "node_modules"), { recursive: true });
    const native = join(directory, "node_modules", nativeName());
    change(join(native, "twenty-webhook.node"), (text) => {
      writeFileSync(join(native, "index.js"), text);
      writeFileSync(join(native, "package.json"), JSON.stringify({ name: nativeName(), version: "0.0.1", main: "index.js" }));
    });
    const code = "const { backend, canonicalize } = require('twenty-webhook'); console.log(backend, canonicalize('[1.0]'))";
    assert.equal(await run(process.execPath, ["-e", code], { cwd: directory }), `${expected} [1]\n`);
  });
}

function nativeName() {
  return NATIVE.replace(/^.*[\\/]/, "").replace(/-\d+\.\d+\.\d+.*$/, "");
}
