import { createRequire } from "node:module";
import { face } from "./webhook.js";
import { nativeEngine } from "./native.js";
import { inlineEngine } from "./wasm/inlined.js";

const native = nativeEngine(() => createRequire(import.meta.url));

export * from "./index.js";
export const { Webhook, Delivery, canonicalize, deliveryIdOf, isEvent, readEvent, memoryReplayStore, redisReplayStore, sqlReplayStore, backend, version } = native ? face(native, "native") : face(inlineEngine(), "wasm");
export type Webhook = import("./webhook.js").Webhook;
export type Delivery = import("./delivery.js").Delivery;
