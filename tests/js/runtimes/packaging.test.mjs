// What the packed tarball holds, as it was installed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { build } from "esbuild";

import { APP, NATIVE, PACKAGE } from "./support.mjs";

const ROOT = join(APP, "node_modules/twenty-webhook");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const ORDER = ["bun", "deno", "workerd", "edge-light", "node", "browser", "default"];

test("Bun and Deno are asked before Node, whose condition they take as well", () => {
  assert.deepEqual(Object.keys(manifest.exports["."]), ORDER);
  assert.deepEqual(Object.keys(manifest.exports["./wasm"]), ["workerd", "edge-light", "default"]);
  const native = JSON.stringify(manifest.exports["./wasm"]).match(/node\.[mc]js/);
  assert.equal(native, null, "the entry that forces WebAssembly leads to the native one");
});

test("every path of the manifest is a file, and types come first", () => {
  const paths = [];
  const walk = (target) => {
    if (typeof target === "string") return paths.push(target);
    if ("types" in target) assert.equal(Object.keys(target)[0], "types");
    Object.values(target).forEach(walk);
  };
  walk(manifest.exports);
  walk({ main: manifest.main, types: manifest.types }.main);
  paths.push(manifest.types);
  assert.ok(paths.length > 20);
  for (const path of paths) assert.ok(existsSync(join(ROOT, path)), path);
});

test("the inlined module is the file's bytes, in both formats", () => {
  const file = readFileSync(join(ROOT, "dist/esm/generated/module.wasm"));
  assert.ok(WebAssembly.validate(file));
  for (const path of ["esm/generated/base64.js", "cjs/generated/base64.js"]) {
    const [, base64] = readFileSync(join(ROOT, "dist", path), "utf8").match(/base64 = "([^"]+)"/);
    assert.ok(Buffer.from(base64, "base64").equals(file), path);
  }
});

/** The files an entry leads to, and what they import that is not in the package. */
async function reach(path) {
  const outside = new Set();
  const { metafile } = await build({
    entryPoints: [join(ROOT, path)],
    absWorkingDir: APP,
    bundle: true,
    write: false,
    metafile: true,
    platform: "neutral",
    format: "esm",
    target: "es2022",
    supported: { "top-level-await": false }, // Then it is an error.
    logLevel: "silent",
    plugins: [
      {
        name: "outside",
        setup: ({ onResolve }) =>
          onResolve({ filter: /^[^./]|\.wasm/ }, ({ path }) => {
            outside.add(path);
            return { path, external: true };
          }),
      },
    ],
  });
  return { outside: [...outside], files: Object.keys(metafile.inputs) };
}

const MODULE = "./generated/module.wasm";
for (const [path, expected] of [
  ["dist/esm/inline.js", []],
  ["dist/cjs/inline.js", []],
  ["dist/esm/workerd.js", [MODULE]],
  ["dist/esm/edge-light.js", [`${MODULE}?module`]],
  ["dist/esm/node.mjs", ["node:module"]],
  ["dist/cjs/node.cjs", ["node:module"]],
]) {
  test(`no top-level await, and nothing of Node's but at its own entry: ${path}`, async () => {
    const { outside, files } = await reach(path);
    assert.deepEqual(outside, expected);
    const isInlined = files.some((file) => file.endsWith("base64.js"));
    assert.equal(isInlined, !expected.some((name) => name.includes(".wasm")), "one copy of the module is enough");
    for (const file of files) assert.doesNotMatch(readFileSync(join(APP, file), "utf8"), /\bimport\.meta\b(?!\.url\))|\bnew Function\b|(?<![.\w])eval\(/);
  });
}

test("the tarballs hold what is meant to be published, and nothing else", () => {
  const list = (tarball) => execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n").sort();
  const texts = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "package.json"].map((name) => `package/${name}`);
  assert.deepEqual(list(NATIVE), [...texts, "package/twenty-webhook.node"]);
  for (const file of list(PACKAGE).filter((name) => !texts.includes(name))) {
    assert.match(file, /^package\/((wasm|express|fastify|fetch|hono|koa|lambda|node)\/package\.json|dist\/(esm|cjs)\/([\w./-]+\.(js|mjs|cjs|d\.ts|d\.mts|d\.cts|wasm)|package\.json))$/);
  }
});

test("versions agree", () => {
  const require = createRequire(join(APP, "x.js"));
  const { name, version } = JSON.parse(readFileSync(join(APP, "node_modules", nativeName(), "package.json"), "utf8"));
  assert.equal(version, manifest.version);
  assert.equal(manifest.optionalDependencies[name], manifest.version);
  assert.deepEqual(new Set(Object.values(manifest.optionalDependencies)), new Set([manifest.version]));
  for (const entry of ["twenty-webhook", "twenty-webhook/wasm"]) assert.equal(require(entry).version, manifest.version);
});

function nativeName() {
  return Object.keys(manifest.optionalDependencies).find((name) => existsSync(join(APP, "node_modules", name)));
}
