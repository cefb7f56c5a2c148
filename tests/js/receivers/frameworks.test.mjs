// Receivers are checked against the frameworks' own types: the README's lines, and what users' functions get.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { FOLDER } from "./support.mjs";

const here = (...parts) => path.join(import.meta.dirname, "node_modules", ...parts);
/** Of those that bring none. */
const TYPES = ["express", "koa", "aws-lambda"];

for (const exactOptionalPropertyTypes of [true, false]) {
  test(`compilers take them, with ${exactOptionalPropertyTypes ? "" : "in"}exact optional properties`, async () => {
    const folder = path.join(FOLDER, `framework-types-${exactOptionalPropertyTypes}`);
    mkdirSync(folder, { recursive: true });
    cpSync(path.join(import.meta.dirname, "../types/frameworks.ts"), path.join(folder, "frameworks.ts"));
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
    const compilerOptions = {
      target: "es2022", lib: ["es2023", "dom", "dom.iterable"], module: "esnext", moduleResolution: "bundler",
      types: ["node"], typeRoots: [here("@types")], paths: Object.fromEntries(TYPES.map((name) => [name, [here("@types", name)]])),
      strict: true, exactOptionalPropertyTypes, noUncheckedIndexedAccess: true, skipLibCheck: true, noEmit: true,
    };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["frameworks.ts"] }));
    const program = path.join(path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
    await promisify(execFile)(process.execPath, [program, "--project", folder, "--pretty", "false"]).catch(({ stdout }) => assert.fail(stdout));
  });
}
