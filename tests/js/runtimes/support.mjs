// What the tests of the runtimes share. APP is a folder in which the package is installed and the tests are copied.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { report } from "../conformance.mjs";

for (const name of ["APP", "MATRIX", "PACKAGE", "NATIVE"]) assert.ok(process.env[name], `${name} is not set`);
export const { APP, PACKAGE, NATIVE } = process.env;

/** The package of this platform's native module. */
export const nativeName = () => NATIVE.replace(/^.*[\\/]/, "").replace(/-\d+\.\d+\.\d+.*$/, "");

/** A program that npm installed here. */
export const program = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));

/** A folder beside the installed package, made anew. */
export function folder(name) {
  const directory = join(APP, "..", name);
  rmSync(directory, { recursive: true, force: true });
  return directory;
}

/** Runs a program and gives what it printed; fails with all of it. */
export async function run(command, given, { cwd = APP, env = {} } = {}) {
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  const child = spawn(command, given, { cwd, env: { ...inherited, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"]) child[stream].on("data", (piece) => (output[stream] += piece));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  assert.equal(code, 0, `${command} ${given.join(" ")}:\n${output.stdout}\n${output.stderr}`);
  return output.stdout;
}

/** Fails if a runtime's result of all vectors is not what it must be, else adds a line to the matrix. */
export function record(t, runtime, result, backend = "wasm") {
  assert.equal(result.backend, backend);
  const line = report(runtime, result);
  t.diagnostic(line);
  appendFileSync(process.env.MATRIX, `${line}\n`);
}

/** Bundles a guest as a platform's own tools do: by the export conditions it takes. */
export async function bundle(guest, options) {
  await build({
    entryPoints: [join(APP, "tests/js/runtimes/guests", guest)],
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    ...options,
  });
}
