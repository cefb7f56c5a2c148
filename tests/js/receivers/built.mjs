// Examples that are built first, as for production, and started as what was built. Their frameworks need Node 22.
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { env, freePort, given, inherited } from "./processes.mjs";

const NODE_22 = fileURLToPath(new URL("../node_modules/node22/bin/node", import.meta.url));
const node = Number(process.versions.node.split(".")[0]) >= 22 ? process.execPath : NODE_22;
const skip = existsSync(node) ? false : "npm has no Node 22 for this machine";

/** These take a delivery that calls itself a form for one that a page of another site sends, and answer 403 themselves. */
const FORMS = { "content types of forms, and none": null };

/** Of each the programs that build it, serve what was built and check its types, with their parameters. */
const PROGRAMS = {
  sveltekit: {
    build: ["vite/bin/vite.js", "build"],
    serve: ["build/index.js"],
    settings: { BODY_SIZE_LIMIT: "2M" },
    types: [["@sveltejs/kit/svelte-kit.js", "sync"], ["typescript/bin/tsc", "--noEmit"]],
    but: FORMS,
  },
  astro: {
    build: ["astro/bin/astro.mjs", "build"],
    serve: ["dist/server/entry.mjs"],
    types: [["typescript/bin/tsc", "--noEmit"]],
    but: FORMS,
  },
  "react-router": {
    build: ["@react-router/dev/bin.cjs", "build"],
    serve: ["build/server/index.js"],
    by: "@react-router/serve/bin.cjs",
    types: [["@react-router/dev/bin.cjs", "typegen"], ["typescript/bin/tsc", "--noEmit"]],
  },
  nuxt: {
    build: ["nuxt/bin/nuxt.mjs", "build"],
    serve: [".output/server/index.mjs"],
    types: [["typescript/bin/tsc", "--build", "--noEmit"]],
  },
};

/** As `SERVERS`. */
export const BUILT = Object.fromEntries(Object.entries(PROGRAMS).map(([name, { but }]) => [name, { start: () => serve(name), can: ["stream"], but, skip }]));

export async function serve(name, environment = env) {
  const cwd = await built(name);
  const { by, serve: [file], settings } = PROGRAMS[name];
  const port = await freePort();
  const parameters = by ? [program(cwd, by), file] : [file];
  return { child: spawn(node, parameters, { cwd, env: { ...settings, ...environment, HOST: "127.0.0.1", PORT: String(port) }, ...given }), port };
}

export async function checkTypes(name) {
  const cwd = await built(name);
  for (const [file, ...parameters] of PROGRAMS[name].types) await run(node, [program(cwd, file), ...parameters], { cwd });
}

/** Where the example is, each installed alone. It is built once; whatever secret the machine that builds has must not matter. */
async function built(name) {
  const cwd = path.join(process.env.BUILT_EXAMPLES, name);
  const { build: [file, ...parameters], serve: [entry] } = PROGRAMS[name];
  if (existsSync(path.join(cwd, entry))) return cwd;
  addParsed(name, cwd);
  await run(node, [program(cwd, file), ...parameters], { cwd, env: { ...inherited, ...QUIET, TWENTY_WEBHOOK_SECRET: "of the machine that builds" } });
  return cwd;
}

/** A second route, which reads the body before it calls the receiver. */
export function addParsed(name, folder) {
  cpSync(fileURLToPath(new URL(`parsed/${name}`, import.meta.url)), folder, { recursive: true });
}

const run = promisify(execFile);
const QUIET = { ASTRO_TELEMETRY_DISABLED: "1", NUXT_TELEMETRY_DISABLED: "1", CI: "1" };

const program = (cwd, file) => path.join(cwd, "node_modules", file);
