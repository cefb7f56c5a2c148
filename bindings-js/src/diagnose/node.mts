import { createRequire } from "node:module";
import { diagnosingFace } from "./face.js";
import { inlineEngine } from "./inlined.js";
import { diagnosingNative } from "./native.js";

const native = diagnosingNative(() => createRequire(import.meta.url));

export * from "../index.js";
export const { Webhook, Delivery, canonicalize, deliveryIdOf, isEvent, readEvent, memoryReplayStore, redisReplayStore, sqlReplayStore, diagnose, fingerprint, readRequests, signedParts, backend, backendReason, version } =
  typeof native === "string" ? diagnosingFace(inlineEngine(), "wasm", native) : diagnosingFace(native, "native");
export type Webhook = import("./entry.js").Webhook;
export type Delivery = import("../delivery.js").Delivery;
