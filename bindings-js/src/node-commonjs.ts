import { createRequire } from "node:module";
import { face } from "./webhook.js";
import { nativeEngine } from "./native.js";
import type * as inline from "./wasm/inlined.js";

const native = nativeEngine(() => createRequire(__filename));

/** Loaded where there is no native module only; by a literal name, which bundlers follow. */
const wasmEngine = () => (require("./wasm/inlined.js") as typeof inline).inlineEngine();

export * from "./index.js";
export const { Webhook, Delivery, canonicalize, deliveryIdOf, isEvent, readEvent, memoryReplayStore, redisReplayStore, sqlReplayStore, backend, backendReason, version } =
  typeof native === "string" ? face(wasmEngine(), "wasm", native) : face(native, "native");
export type Webhook = import("./webhook.js").Webhook;
export type Delivery = import("./delivery.js").Delivery;
