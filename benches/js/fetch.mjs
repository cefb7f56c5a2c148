// Runtimes of the Fetch API, with what their bundlers make of the package.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The runtimes are those that the tests run in, as npm installed them there. */
const TESTS = new URL("../../tests/js/package.json", import.meta.url);
const { build } = createRequire(TESTS)("esbuild");

export const FETCH_SIZES = [360, 2_000, 20_000, 200_000];

const PEERS = ["webCrypto", "byHand", "standardwebhooks"];

/** What is compared with whom. */
export const FETCH_COMPARISONS = ["verify", "event"].flatMap((what) => PEERS.map((peer) => ({ what, peer })));

export const deno = (setup, report) => guest("deno", ["run", "--no-remote", "--no-prompt", "--allow-read"], "deno", setup, report);

/** As it is installed, and with the module in the script, as where there is no native one. */
export const bun = async (setup, report) => {
  for (const condition of ["bun", "browser"]) await guest("bun", ["run", "--no-install"], condition, setup, report);
};

/** Every comparison has a process of its own. */
async function guest(name, run, condition, { installed, bodies, isSmoke }, report) {
  await withBundle("fetch/guest.mjs", installed, { conditions: [condition] }, (directory) => {
    for (const comparison of FETCH_COMPARISONS) {
      const given = JSON.stringify({ ...comparison, sizes: FETCH_SIZES, bodies, isSmoke });
      const words = [...run, join(directory, "guest.mjs"), given];
      const { runtime, rows } = JSON.parse(execFileSync(program(name), words, { stdio: ["ignore", "pipe", "inherit"] }));
      report.add(runtime, rows);
    }
  });
}

/** A program of theirs. */
export const program = (name) => fileURLToPath(new URL(`node_modules/.bin/${name}`, TESTS));

/** Bundles an entry by a platform's export conditions, for as long as it is used; gives what its use gives. */
export async function withBundle(entry, installed, options, use) {
  // Where the native module can be found.
  const outdir = mkdtempSync(join(installed, "bundle-"));
  try {
    await build({
      entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
      outdir,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      format: "esm",
      target: "es2022",
      external: ["node:*"],
      // The package under test is installed elsewhere.
      nodePaths: [join(installed, "node_modules")],
      logLevel: "error",
      ...options,
    });
    return await use(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
