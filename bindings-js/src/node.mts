import { createRequire } from "node:module";
import { face } from "./face.js";
import { nativeEngine } from "./native.js";
import { inlineEngine } from "./wasm/inline.js";

const native = nativeEngine(() => createRequire(import.meta.url));

export * from "./index.js";
export const { Webhook, canonicalize, isEvent, memoryReplayStore, redisReplayStore, backend, version } = native ? face(native, "native") : face(inlineEngine(), "wasm");
export type Webhook = import("./face.js").Webhook;
