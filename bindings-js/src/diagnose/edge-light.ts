import module from "../generated/diagnose.wasm?module";
import { diagnosingFace } from "./face.js";
import { diagnosingWasm } from "./wasm.js";

export * from "../index.js";
export const { Webhook, Delivery, canonicalize, deliveryIdOf, isEvent, readEvent, memoryReplayStore, redisReplayStore, sqlReplayStore, diagnose, fingerprint, readRequests, signedParts, backend, backendReason, version } = diagnosingFace(diagnosingWasm(module), "wasm");
export type Webhook = import("./entry.js").Webhook;
export type Delivery = import("../delivery.js").Delivery;
