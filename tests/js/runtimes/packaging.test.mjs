// What the packed tarball holds, as it was installed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { build } from "esbuild";

import { APP, NATIVE, PACKAGE, nativeName } from "./support.mjs";

const ROOT = join(APP, "node_modules/twenty-webhook");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const [MODULE, DIAGNOSING_MODULE] = ["esm/module.wasm", "esm/diagnose.wasm"];
/** WebAssembly for both CommonJS entries, and for the entries of diagnosis in either format. */
const FALLBACK = "cjs/wasm/inlined.js";
const DIAGNOSING = ["esm", "cjs"].map((format) => `${format}/diagnose/inlined.js`);
const ADAPTERS = ["express", "fastify", "fetch", "hono", "koa", "lambda", "node"];
const ORDER = ["bun", "deno", "workerd", "edge-light", "node", "browser", "default"];

test("Bun and Deno are asked before Node, whose condition they take as well", () => {
  assert.deepEqual(Object.keys(manifest.exports["."]), ORDER);
  assert.deepEqual(Object.keys(manifest.exports["./wasm"]), ["workerd", "edge-light", "default"]);
  assert.deepEqual(Object.keys(manifest.exports["./diagnose"]), ORDER);
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

test("the inlined modules are the files' bytes, in both formats", () => {
  for (const [module, paths] of [[MODULE, ["esm/inline.js", "esm/node.mjs", FALLBACK]], [DIAGNOSING_MODULE, DIAGNOSING]]) {
    const file = readFileSync(join(ROOT, "dist", module));
    assert.ok(WebAssembly.validate(file));
    for (const path of paths) {
      const [, base64] = readFileSync(join(ROOT, "dist", path), "utf8").match(/base64 = "([^"]+)"/);
      assert.ok(Buffer.from(base64, "base64").equals(file), path);
    }
  }
});

test("who only verifies loads nothing of diagnosis", () => {
  const hasCauses = (path) => readFileSync(join(ROOT, "dist", path)).includes("body_printed_by_python");
  assert.deepEqual([MODULE, DIAGNOSING_MODULE].map(hasCauses), [false, true]);
  for (const [path] of ENTRIES.filter(([path]) => !path.includes("diagnose"))) {
    assert.doesNotMatch(readFileSync(join(ROOT, "dist", path), "utf8"), /diagnoseBy|fingerprint|body_printed_by_python/, path);
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

const ENTRIES = [
  ["esm/inline.js", []],
  ["cjs/inline.js", [], FALLBACK],
  ["esm/workerd.js", ["./module.wasm"]],
  ["esm/edge-light.js", ["./module.wasm?module"]],
  ["esm/node.mjs", ["node:module"]],
  ["cjs/node.cjs", ["node:module"], FALLBACK],
  ["esm/diagnose/inline.js", [], DIAGNOSING[0]],
  ["cjs/diagnose/inline.js", [], DIAGNOSING[1]],
  ["esm/diagnose/workerd.js", ["../diagnose.wasm"]],
  ["esm/diagnose/edge-light.js", ["../diagnose.wasm?module"]],
  ["esm/diagnose/node.mjs", ["node:module"], DIAGNOSING[0]],
  ["cjs/diagnose/node.cjs", ["node:module"], DIAGNOSING[1]],
  ...ADAPTERS.flatMap((name) => [[`esm/adapters/${name}.js`, []], [`cjs/adapters/${name}.js`, []]]),
  ["esm/testing.js", []],
  ["cjs/testing.js", []],
];

for (const [path, expected, ...others] of ENTRIES) {
  test(`one file, no top-level await, and nothing of Node's but at its own entry: ${path}`, async () => {
    const { outside, files } = await reach(`dist/${path}`);
    assert.deepEqual(outside, expected);
    const paths = [path, ...others].map((file) => `node_modules/twenty-webhook/dist/${file}`);
    assert.deepEqual(files.sort(), paths.sort());
    const text = files.map((file) => readFileSync(join(APP, file), "utf8")).join();
    const isInlined = !/adapters\/|testing/.test(path) && !expected.some((name) => name.includes(".wasm"));
    assert.equal(text.match(/[A-Za-z0-9+/]{4096,}/g)?.length ?? 0, isInlined ? 1 : 0, "one copy of the module is enough");
    assert.doesNotMatch(text, /\bimport\.meta\b(?!\.url\))|\bnew Function\b|(?<![.\w])eval\(/);
  });
}

test("no script is published that no entry is or needs", () => {
  const scripts = readdirSync(join(ROOT, "dist"), { recursive: true }).filter((name) => /\.[cm]?js$/.test(name));
  assert.deepEqual(scripts.map((name) => name.replaceAll("\\", "/")).sort(), [...ENTRIES.map(([path]) => path), FALLBACK, ...DIAGNOSING].sort());
});

test("CommonJS reads WebAssembly where there is no native module only", () => {
  const program = (entry) => `require("${entry}"); console.log(Object.keys(require.cache).some((name) => /(wasm|diagnose).inlined.js$/.test(name)))`;
  const isLoaded = (entry) => execFileSync(process.execPath, ["-e", program(entry)], { cwd: APP, encoding: "utf8" }).trim();
  assert.deepEqual(["twenty-webhook", "twenty-webhook/diagnose", "twenty-webhook/wasm"].map(isLoaded), ["false", "false", "true"]);
});

test("the tarballs hold what is meant to be published, and nothing else", () => {
  const list = (tarball) => execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n").sort();
  const texts = ["LICENSE-APACHE", "LICENSE-MIT", "LICENSE-THIRD-PARTY", "README.md", "package.json"].map((name) => `package/${name}`);
  assert.deepEqual(list(NATIVE), [...texts, "package/twenty-webhook.node"]);
  for (const file of list(PACKAGE).filter((name) => !texts.includes(name))) {
    assert.match(file, /^package\/((wasm|diagnose|express|fastify|fetch|hono|koa|lambda|node|testing)\/package\.json|dist\/(esm|cjs)\/([\w./-]+\.(js|mjs|cjs|d\.ts|d\.mts|d\.cts|wasm)|package\.json))$/);
  }
});

test("the page of runtimes names the oldest glibc that the native module loads with", () => {
  const module = readFileSync(join(APP, "node_modules", nativeName(), "twenty-webhook.node"), "latin1");
  const needed = Array.from(module.matchAll(/GLIBC_2\.(\d+)/g), ([, minor]) => Number(minor));
  const [, named] = /\| glibc \| 2\.(\d+) \|/.exec(readFileSync(new URL("../../../docs/runtimes.md", import.meta.url), "utf8"));
  assert.ok(Math.max(...needed) <= Number(named), `it needs glibc 2.${Math.max(...needed)}`);
});

test("what an entry exports is declared, with a comment that editors show", () => {
  const require = createRequire(join(APP, "x.js"));
  const [entry, index, diagnosing] = ["entry", "index", "diagnose/entry"].map((name) => readFileSync(join(ROOT, `dist/esm/${name}.d.ts`), "utf8"));
  const declaredIn = (text) => Array.from(text.matchAll(/^( \*\/|.*)\nexport declare (?:const|function) (\w+)/gm), ([, before, name]) => (assert.match(before, /\*\/$/, name), name));
  const shared = Array.from(index.matchAll(/^export \{ (.*?) \}/gm), ([, names]) => names.split(", ")).flat();
  const all = [...declaredIn(entry), ...shared];
  assert.deepEqual(all.sort(), Object.keys(require("twenty-webhook")).sort());
  assert.deepEqual([...new Set([...all, ...declaredIn(diagnosing)])].sort(), Object.keys(require("twenty-webhook/diagnose")).sort());
});

test("versions agree", () => {
  const require = createRequire(join(APP, "x.js"));
  const { name, version } = JSON.parse(readFileSync(join(APP, "node_modules", nativeName(), "package.json"), "utf8"));
  assert.equal(version, manifest.version);
  assert.equal(manifest.optionalDependencies[name], manifest.version);
  assert.deepEqual(new Set(Object.values(manifest.optionalDependencies)), new Set([manifest.version]));
  for (const entry of ["twenty-webhook", "twenty-webhook/wasm", "twenty-webhook/diagnose"]) assert.equal(require(entry).version, manifest.version);
});

test("every package names the repository that the workspace does", () => {
  const [, repository] = /^repository = "(.*)"$/m.exec(readFileSync(new URL("../../../Cargo.toml", import.meta.url), "utf8"));
  const native = JSON.parse(readFileSync(join(APP, "node_modules", nativeName(), "package.json"), "utf8"));
  for (const { homepage, bugs, repository: named } of [manifest, native]) {
    const expected = repository ? [`${repository}#readme`, `${repository}/issues`, `git+${repository}.git`] : [undefined, undefined, undefined];
    assert.deepEqual([homepage, bugs, named?.url], expected);
  }
});
