// Every Node: the native module and WebAssembly, imported and required; and WebAssembly where no native module fits.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { APP, PACKAGE, folder, nativeName, run } from "./support.mjs";

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

/** What is left of the native package in a copy of the app, and why it is not used. */
const NATIVE_PACKAGES = [
  ["as it is", () => {}, null],
  ["that is not installed", (file) => rmSync(dirname(file), { recursive: true }), /Cannot find module/],
  ["that is cut off", (file) => writeFileSync(file, "\x7fELF, but not for long"), /twenty-webhook\.node/],
  ["of another system", (file) => writeFileSync(file, `MZ${"\0".repeat(2_000)}`), /twenty-webhook\.node/],
  ["for a newer C library", changeBytes("GLIBC_2.34", "GLIBC_2.99"), /version `GLIBC_2\.99' not found/],
  ["of an older version", (_, main) => main("exports.version = () => '0.0.1'"), /0\.0\.1/],
  ["of a newer version", (_, main) => main("exports.version = () => '99.0.0'"), /99\.0\.0/],
  ["of a version that cannot tell", (_, main) => main("exports.open = () => {}"), /version is not a function/],
  ["of a version that throws", (_, main) => main("throw new Error('no such processor\\nat all')"), /: no such processor(;|$)/],
  ["that throws what has no text", (_, main) => main("throw Object.create(null)"), /an error without a text/],
];

/** Prints of both formats, and of WebAssembly that was asked for, what runs, why, that it works, and what a receiver logs of it. */
const TELL = `
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const { receive } = require("twenty-webhook/fetch");
const tell = ({ Webhook, backend, backendReason, canonicalize }) => {
  const lines = [];
  receive(new Webhook("s"), () => {}, { logger: { debug: (line) => lines.push(line), warn() {}, error() {} } });
  return { backend, backendReason, worked: canonicalize("[1.0]"), lines };
};
const entries = ["twenty-webhook", "twenty-webhook/diagnose"];
const either = [...(await Promise.all(entries.map((name) => import(name)))), ...entries.map((name) => require(name))];
console.log(JSON.stringify([require("twenty-webhook/wasm"), ...either].map(tell)));
`;

for (const [what, change, expected] of NATIVE_PACKAGES) {
  test(`a native package ${what}`, async (t) => {
    const directory = folder("changed");
    cpSync(join(APP, "node_modules"), join(directory, "node_modules"), { recursive: true });
    const native = join(directory, "node_modules", nativeName());
    const cannot = change(join(native, "twenty-webhook.node"), (text) => {
      writeFileSync(join(native, "index.js"), text);
      writeFileSync(join(native, "package.json"), JSON.stringify({ name: nativeName(), version: "0.0.1", main: "index.js" }));
    });
    if (cannot) return t.skip(cannot);
    const [wasm, ...either] = JSON.parse(await run(process.execPath, ["--input-type=module", "-e", TELL], { cwd: directory }));
    assert.deepEqual(wasm, { backend: "wasm", backendReason: null, worked: "[1]", lines: [] });
    for (const told of either) {
      if (expected === null) {
        assert.deepEqual(told, { backend: "native", backendReason: null, worked: "[1]", lines: [] });
        continue;
      }
      const { backendReason, ...others } = told;
      assert.match(backendReason, expected);
      assert.ok(backendReason.includes(nativeName()) && !backendReason.includes("\n"), backendReason);
      assert.deepEqual(others, { backend: "wasm", worked: "[1]", lines: [`twenty-webhook: the backend is wasm: ${backendReason}`] });
    }
  });
}

function changeBytes(from, to) {
  return (file) => {
    const text = readFileSync(file, "latin1");
    writeFileSync(file, text.replaceAll(from, to), "latin1");
    return text.includes(from) ? undefined : `the module of this machine needs no ${from}`;
  };
}
