import { face } from "./webhook.js";
import { inlineEngine } from "./wasm/inlined.js";

export * from "./index.js";
export const { Webhook, canonicalize, deliveryIdOf, isEvent, memoryReplayStore, redisReplayStore, backend, version } = face(inlineEngine(), "wasm");
export type Webhook = import("./webhook.js").Webhook;
