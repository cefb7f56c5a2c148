import { createRequire } from "node:module";
import { face } from "./face.js";
import { nativeEngine } from "./native.js";
import { inlineEngine } from "./wasm/inline.js";

const native = nativeEngine(() => createRequire(__filename));

export * from "./index.js";
export const { Webhook, canonicalize, isEvent, memoryReplayStore, backend, version } = native ? face(native, "native") : face(inlineEngine(), "wasm");
export type Webhook = import("./face.js").Webhook;
