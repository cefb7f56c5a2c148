// The installed package, as BACKEND and FORMAT say: what runs, and whether it is imported or required.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

export const backend = process.env.BACKEND;
export const format = process.env.FORMAT ?? "esm";
const entry = process.env.ENTRY ?? (backend === "wasm" ? "twenty-webhook/wasm" : "twenty-webhook");

export const require = createRequire(import.meta.url);
const load = (name) => (format === "cjs" ? require(name) : import(name));
export const api = await load(entry);

/** Of diagnosis no entry forces WebAssembly, so here it is the file of the hosts that have nothing else. */
export const WASM_DIAGNOSING = join(dirname(require.resolve("twenty-webhook/package.json")), "dist", format, "diagnose/inline.js");
const isForced = entry === "twenty-webhook/wasm";
export const diagnosing = await load(!isForced ? "twenty-webhook/diagnose" : format === "cjs" ? WASM_DIAGNOSING : pathToFileURL(WASM_DIAGNOSING).href);
