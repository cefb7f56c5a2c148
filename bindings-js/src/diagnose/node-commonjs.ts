import { createRequire } from "node:module";
import { diagnosingFace } from "./face.js";
import type * as inline from "./inlined.js";
import { diagnosingNative } from "./native.js";

const native = diagnosingNative(() => createRequire(__filename));

/** Loaded where there is no native module only; by a literal name, which bundlers follow. */
const wasmEngine = () => (require("./inlined.js") as typeof inline).inlineEngine();

export * from "../index.js";
export const { Webhook, Delivery, canonicalize, deliveryIdOf, isEvent, readEvent, memoryReplayStore, redisReplayStore, sqlReplayStore, diagnose, fingerprint, readRequests, signedParts, backend, backendReason, version } =
  typeof native === "string" ? diagnosingFace(wasmEngine(), "wasm", native) : diagnosingFace(native, "native");
export type Webhook = import("./entry.js").Webhook;
export type Delivery = import("../delivery.js").Delivery;
