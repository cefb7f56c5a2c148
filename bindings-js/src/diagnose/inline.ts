import { diagnosingFace } from "./face.js";
import { inlineEngine } from "./inlined.js";

export * from "../index.js";
export const { Webhook, Delivery, canonicalize, deliveryIdOf, isEvent, readEvent, memoryReplayStore, redisReplayStore, sqlReplayStore, diagnose, fingerprint, readRequests, signedParts, backend, backendReason, version } = diagnosingFace(inlineEngine(), "wasm");
export type Webhook = import("./entry.js").Webhook;
export type Delivery = import("../delivery.js").Delivery;
