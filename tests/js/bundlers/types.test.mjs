// The types of the packed package, by compilers and under resolvers old and new.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import path from "node:path";
import { describe, test } from "node:test";

import { FOLDER } from "./support.mjs";

const SOURCES = path.join(import.meta.dirname, "..");
const require = createRequire(import.meta.url);

const BUNDLER = { module: "esnext", moduleResolution: "bundler" };
const NODE16 = { module: "node16", moduleResolution: "node16" };
const NODENEXT = { module: "nodenext", moduleResolution: "nodenext" };
const NODE10 = { module: "commonjs", moduleResolution: "node10" };

// [compiler, resolver, what the importing package is, options]
const cells = [
  ...["typescript", "typescript5", "typescript57"].flatMap((compiler) => [
    [compiler, "bundler", "module", BUNDLER],
    [compiler, "node16", "module", NODE16],
    [compiler, "node16", "commonjs", NODE16],
    [compiler, "nodenext", "module", NODENEXT],
    [compiler, "nodenext", "commonjs", NODENEXT],
  ]),
  // The seventh has no such resolver any more.
  ...["typescript5", "typescript57"].map((compiler) => [compiler, "node10", "commonjs", NODE10]),
  // Bytes are generic since 5.7: before, the declarations cannot be checked themselves, but used.
  ["typescript50", "bundler", "module", { ...BUNDLER, skipLibCheck: true }],
];
const conditional = ["workerd", "edge-light", "browser", "bun", "deno"].map((condition) => [
  "typescript", `bundler with ${condition}`, "module", { ...BUNDLER, customConditions: [condition] },
]);

const BARE = "no host's types";
const HOSTS = "dom and node";
// What `twenty-webhook types` wrote of two workspaces, one of them with names that would be code.
const ROCKETS = "rockets";
const HOSTILE = "hostile";
const FILES = {
  [BARE]: ["types/api.ts", "types/wasm.ts"],
  [HOSTS]: ["types/diagnosis.ts", "types/hosts.ts", "types/receivers.ts"],
  [ROCKETS]: ["records.ts", "handlers.ts", "receiver.ts"].map((file) => `../workspaces/rockets/${file}`),
  [HOSTILE]: ["../workspaces/hostile/records.ts"],
};

const CELLS = { [BARE]: [...cells, ...conditional], [HOSTS]: cells, [ROCKETS]: [cells[0], cells.at(-1)], [HOSTILE]: [cells[0], cells.at(-1)] };

describe("types", { concurrency: availableParallelism() }, () => {
  for (const [lib, own] of Object.entries(CELLS)) {
    for (const [compiler, resolver, type, options] of own) {
      const { version } = require(`${compiler}/package.json`);
      test(`TypeScript ${version}: ${resolver}, ${type}, ${lib}`, () => compile(compiler, { resolver, type, lib, options }));
    }
  }
});

function compile(compiler, { resolver, type, lib, options }) {
  const folder = path.join(FOLDER, "types", [compiler, resolver, type, lib].join("-").replace(/\W+/g, "-"));
  mkdirSync(folder, { recursive: true });
  const files = FILES[lib].map((file) => path.basename(file));
  for (const file of FILES[lib]) cpSync(path.join(SOURCES, file), path.join(folder, path.basename(file)));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type }));
  const isBare = lib === BARE;
  const compilerOptions = {
    target: "es2022", lib: isBare ? ["es2022"] : ["es2023", "dom", "dom.iterable"], types: isBare ? [] : ["node"], typeRoots: [path.join(import.meta.dirname, "node_modules/@types")],
    strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: !isBare, noEmit: true, ...options,
  };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const program = path.join(path.dirname(require.resolve(`${compiler}/package.json`)), "bin/tsc");
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, "--project", folder, "--pretty", "false"], (error, stdout) => (error ? reject(new Error(stdout)) : resolve()));
  });
}
