// What the compiler says of programs that use the installed package together with others.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

import { FOLDER } from "./support.mjs";

/** Fails with what it says. `packages` are those of the tests that the program imports, `types` those it sees everywhere. */
export async function compiles(name, program, packages, types = ["node"]) {
  const paths = Object.fromEntries(packages.map((one) => [one, [here("@types", one), here(one)]]));
  await compile(name, program, { compilerOptions: { types, paths } });
}

/** Fails with what it says of the examples in these folders, which are JavaScript: parameters of theirs may be of any type. */
export async function checksOut(name, folders) {
  const variables = "declare namespace NodeJS { interface ProcessEnv { TWENTY_WEBHOOK_SECRET: string; REDIS_URL: string; DATABASE_URL: string } }";
  const include = folders.flatMap((folder) => readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".js")).map((file) => path.join(folder, file)));
  await compile(name, variables, { compilerOptions: { allowJs: true, checkJs: true, noImplicitAny: false, types: ["node"] }, include });
}

const here = (...parts) => path.join(import.meta.dirname, "node_modules", ...parts);

async function compile(name, program, { compilerOptions, include = [] }) {
  const folder = path.join(FOLDER, "client-types", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(path.join(folder, "program.ts"), program);
  const common = { target: "es2022", module: "esnext", moduleResolution: "bundler", strict: true, skipLibCheck: true, noEmit: true, typeRoots: [here("@types")] };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...common, ...compilerOptions }, files: ["program.ts", ...include] }));
  const compiler = path.join(path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "--project", folder, "--pretty", "false"]).catch(({ stdout }) => assert.fail(stdout));
}
