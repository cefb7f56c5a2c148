// Starts the guest under a runtime: `guest(runtime, ADAPTER, [late])`.
import { fileURLToPath } from "node:url";

import { node, program } from "./processes.mjs";
import { FOLDER } from "./support.mjs";

const bin = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const GUEST = fileURLToPath(new URL("guest.mjs", import.meta.url));
const RUNTIMES = {
  Node: (...given) => node(FOLDER, GUEST, ...given),
  Deno: (...given) => program(bin("deno"), { RECEIVERS: FOLDER, NO_COLOR: "1" }, ["run", "--no-remote", "--node-modules-dir=manual", "--allow-all", GUEST, ...given]),
  Bun: (...given) => program(bin("bun"), { RECEIVERS: FOLDER, NO_COLOR: "1" }, ["run", "--no-install", GUEST, ...given]),
};

/** For `open`. */
export const guest = (runtime, ...given) => ({ start: () => RUNTIMES[runtime](...given), path: "/" });
