// What the compiler says of programs that use the installed package together with others.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

import { FOLDER } from "./support.mjs";

/** Fails with what it says. `packages` are those of the tests that the program imports, `types` those it sees everywhere. */
export async function compiles(name, program, packages, types = ["node"]) {
  const folder = path.join(FOLDER, "client-types", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(path.join(folder, "program.ts"), program);
  const paths = Object.fromEntries(packages.map((one) => [one, [here("@types", one), here(one)]]));
  const common = { target: "es2022", module: "esnext", moduleResolution: "bundler", strict: true, skipLibCheck: true, noEmit: true, typeRoots: [here("@types")] };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...common, types, paths }, files: ["program.ts"] }));
  const compiler = path.join(path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "--project", folder, "--pretty", "false"]).catch(({ stdout }) => assert.fail(stdout));
}

const here = (...parts) => path.join(import.meta.dirname, "node_modules", ...parts);
