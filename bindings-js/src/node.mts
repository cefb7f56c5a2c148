import { createRequire } from "node:module";
import { face } from "./webhook.js";
import { nativeEngine } from "./native.js";
import { inlineEngine } from "./wasm/inlined.js";

const native = nativeEngine(() => createRequire(import.meta.url));

export * from "./index.js";
export const { Webhook, Delivery, canonicalize, deliveryIdOf, isEvent, readEvent, memoryReplayStore, redisReplayStore, sqlReplayStore, backend, backendReason, version } =
  typeof native === "string" ? face(inlineEngine(), "wasm", native) : face(native, "native");
export type Webhook = import("./webhook.js").Webhook;
export type Delivery = import("./delivery.js").Delivery;
