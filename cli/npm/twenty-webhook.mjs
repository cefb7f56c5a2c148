#!/usr/bin/env node
// Runs the program of the platform's package, of which npm installs only those that fit.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const { resolve } = createRequire(import.meta.url);
const { optionalDependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

let ended;
for (const name of Object.keys(optionalDependencies)) ended ??= run(name);
const { status, signal } = ended ?? missing();
// A shell must see how it ended.
if (signal) process.kill(process.pid, signal);
process.exitCode = status ?? 1;

/** How the package's program ended; nothing if it is not installed, or is for another machine than this one. */
function run(name) {
  let folder;
  try {
    folder = path.dirname(resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
  const { os, cpu } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  if (!os.includes(process.platform) || !cpu.includes(process.arch)) return undefined;
  const ended = spawnSync(path.join(folder, "twenty-webhook"), process.argv.slice(2), { stdio: "inherit" });
  // Of a package for another C library the loader is not there.
  if (ended.error?.code === "ENOENT") return undefined;
  if (ended.error) throw ended.error;
  return ended;
}

function missing() {
  console.error(
    `twenty-webhook-cli has no program for ${process.platform}-${process.arch} here. If it was installed without optional dependencies, install it again with them; else use cargo install twenty-webhook-cli.`,
  );
  return { status: 2 };
}
