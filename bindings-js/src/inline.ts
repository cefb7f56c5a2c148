import { face } from "./webhook.js";
import { inlineEngine } from "./wasm/inlined.js";

export * from "./index.js";
export const { Webhook, Delivery, canonicalize, deliveryIdOf, isEvent, readEvent, memoryReplayStore, redisReplayStore, sqlReplayStore, backend, backendReason, version } = face(inlineEngine(), "wasm");
export type Webhook = import("./webhook.js").Webhook;
export type Delivery = import("./delivery.js").Delivery;
