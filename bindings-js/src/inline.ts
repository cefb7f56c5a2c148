import { face } from "./webhook.js";
import { inlineEngine } from "./wasm/inlined.js";

export * from "./index.js";
export const { Webhook, canonicalize, isEvent, memoryReplayStore, redisReplayStore, sqlReplayStore, backend, version } = face(inlineEngine(), "wasm");
export type Webhook = import("./webhook.js").Webhook;
