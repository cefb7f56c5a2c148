// The installed package, as BACKEND and FORMAT say: what runs, and whether it is imported or required.
import { createRequire } from "node:module";

export const backend = process.env.BACKEND;
export const format = process.env.FORMAT ?? "esm";
const entry = process.env.ENTRY ?? (backend === "wasm" ? "twenty-webhook/wasm" : "twenty-webhook");

export const require = createRequire(import.meta.url);
export const api = format === "cjs" ? require(entry) : await import(entry);
