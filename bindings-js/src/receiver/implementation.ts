import { Delivery } from "../delivery.js";
import { type Constants, type Engine, type EngineWebhook, type Failure, type ReceiverFacts, isFailure } from "../engine.js";
import { WebhookError, WebhookVerificationError, internal } from "../errors.js";
import { HeaderNames, joinedHeader, pickHeaders } from "../headers.js";
import { MemoryReplayStore, memoryOf } from "../replay/memory.js";
import { isWellFormed, wtf8 } from "../text.js";
import type { Core, Internals } from "./internals.js";
import { PAYLOAD_DIFFERS, SECRET_INDEX, USABLE_NONCE } from "./turn.js";

/** The internals of one webhook, over the engine that made it. */
export function implement(engine: Engine, core: Core, webhook: EngineWebhook, names: HeaderNames): Internals {
  return {
    core,
    webhook,
    atMost: webhook.maxBodyBytes(),

    values: (headers) => pickHeaders(headers, names, core.constants.maxHeaderValueBytes),

    tellBody(machine, exchange, content, values, now) {
      const isIllFormed = typeof content === "string" && !isWellFormed(content);
      const sent = isIllFormed ? wtf8(content as string) : content;
      return machine.tellBody(exchange, webhook, sent, isIllFormed, values[0], values[1], values[2], now);
    },

    delivery(turn, content, values) {
      const payload = turn & PAYLOAD_DIFFERS ? (webhook.takePayload() as string) : content;
      const nonce = turn & USABLE_NONCE ? (values[2] as string) : null;
      return new Delivery(engine, payload, values[0] as string, nonce, (turn & SECRET_INDEX) >>> 22);
    },
  };
}

/** What receivers ask of an engine. */
export function coreOf(engine: Engine, constants: Constants): Core {
  return {
    constants,

    openReceiver(patterns, settings, webhook) {
      const { store, namespace, ttlSeconds, bodyTimeoutMs, onStoreFailure, background, wantsDebug, onOutcome } = settings;
      const hasNoStore = store === null;
      const wantsOutcomes = onOutcome !== undefined;
      const machine = made(() =>
        engine.openReceiver(patterns, namespace, ttlSeconds, bodyTimeoutMs, onStoreFailure, hasNoStore, background, wantsDebug, wantsOutcomes),
      );
      if (webhook) made(() => machine.check(webhook));
      return { machine, facts: JSON.parse(machine.facts()) as ReceiverFacts };
    },

    head: (headers) => ({
      contentEncoding: joinedHeader(headers, CONTENT_ENCODING),
      contentLength: joinedHeader(headers, CONTENT_LENGTH),
    }),

    memoryReplayStore: () => new MemoryReplayStore(engine.openMemory(undefined)),

    memoryOf(store) {
      const memory = memoryOf(store);
      return memory && engine.owns(memory) ? memory : undefined;
    },

    error({ code, status, message }, cause) {
      const known = constants.codes[code] ?? constants.codes["internal"];
      const failure = { code, status: status ?? known?.status ?? 500, message: message ?? known?.message ?? code };
      return new WebhookVerificationError(failure, cause === undefined ? {} : { cause });
    },
  };
}

/** What cannot be meant is a `RangeError`; what has a code, a `WebhookError`. */
function made<T>(make: () => T): Exclude<T, Failure> {
  let result: T;
  try {
    result = make();
  } catch (cause) {
    throw internal(WebhookError, cause);
  }
  if (!isFailure(result)) return result as Exclude<T, Failure>;
  throw result.code === "" ? new RangeError(result.message) : new WebhookError(result);
}

const CONTENT_ENCODING = new HeaderNames(["content-encoding"]);
const CONTENT_LENGTH = new HeaderNames(["content-length"]);
