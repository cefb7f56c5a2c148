import type { Delivery } from "../delivery.js";
import type { Engine, EngineWebhook } from "../engine.js";
import { WebhookError, WebhookVerificationError, guard } from "../errors.js";
import { kindAndName } from "../events.js";
import { HeaderNames, type Values, joinedHeader, pickHeaders } from "../headers.js";
import { MemoryReplayStore } from "../replay/memory.js";
import type { Internals } from "./internals.js";

/** The internals of one webhook, over the engine that made it. */
export function implement(
  engine: Engine,
  webhook: EngineWebhook,
  names: HeaderNames,
  verify: (body: string | Uint8Array, values: Values, now: number) => Delivery,
): Internals {
  const maxHeaderValueLength = engine.maxHeaderValueBytes();
  const [bodyTimeoutMs, slowHandlerMs, storeTimeoutMs] = Array.from(engine.receiverLimits()) as [number, number, number];
  return {
    limits: { bodyTimeoutMs, slowHandlerMs, storeTimeoutMs },
    defaultNamespace: engine.defaultNamespace(),

    checkRequest(method, headers, now) {
      const values = pickHeaders(headers, names, maxHeaderValueLength);
      const [encoding, contentLength] = [joinedHeader(headers, CONTENT_ENCODING), joinedHeader(headers, CONTENT_LENGTH)];
      guard(WebhookVerificationError, () => webhook.checkRequest(method, encoding, contentLength, values[0], values[1], now));
      return values;
    },
    checkBodyLength: (bytes) => {
      guard(WebhookVerificationError, () => webhook.checkBodyLength(bytes));
    },
    verify,

    replayPolicy(ttlSeconds) {
      const [ttlMs, windowMs] = Array.from(guard(WebhookError, () => webhook.replayPolicy(ttlSeconds))) as [number, number];
      return { ttlMs, windowMs };
    },
    memoryReplayStore: () => memoryReplayStore(engine),

    matches(event, pattern) {
      const { kind, name } = kindAndName(event);
      return guard(WebhookError, () => engine.matches(kind, name, pattern));
    },
    isPattern: (pattern) => guard(WebhookError, () => engine.isPattern(pattern)),

    error(code, { reason, cause } = {}) {
      const failure = engine.meaning(code);
      return new WebhookVerificationError({ ...failure, message: reason ?? failure.message }, cause === undefined ? {} : { cause });
    },
    isError(thrown): thrown is WebhookVerificationError {
      try {
        return thrown instanceof WebhookVerificationError;
      } catch {
        return false; // A proxy that has been revoked.
      }
    },
  };
}

const CONTENT_ENCODING = new HeaderNames(["content-encoding"]);
const CONTENT_LENGTH = new HeaderNames(["content-length"]);

/** @internal */
export function memoryReplayStore(engine: Engine, maxEntries?: number): MemoryReplayStore {
  return new MemoryReplayStore(maxEntries ?? (engine.receiverLimits()[3] as number));
}
