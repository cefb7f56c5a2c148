import { face } from "./face.js";
import { inlineEngine } from "./wasm/inline.js";

export * from "./index.js";
export const { Webhook, canonicalize, isEvent, memoryReplayStore, redisReplayStore, backend, version } = face(inlineEngine(), "wasm");
export type Webhook = import("./face.js").Webhook;
