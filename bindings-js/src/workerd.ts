import { face } from "./webhook.js";
import module from "./generated/module.wasm";
import { wasmEngine } from "./wasm/instance.js";

export * from "./index.js";
export const { Webhook, Delivery, canonicalize, deliveryIdOf, isEvent, readEvent, memoryReplayStore, redisReplayStore, sqlReplayStore, backend, backendReason, version } = face(wasmEngine(module), "wasm");
export type Webhook = import("./webhook.js").Webhook;
export type Delivery = import("./delivery.js").Delivery;
