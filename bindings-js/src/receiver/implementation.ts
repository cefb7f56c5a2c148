import { Delivery } from "../delivery.js";
import { type Constants, type Engine, type EngineWebhook, type Failure, type ReceiverFacts, isFailure } from "../engine.js";
import { WebhookError, WebhookVerificationError, internal } from "../errors.js";
import { HeaderNames, pickHeaders } from "../headers.js";
import { own } from "../own.js";
import { MemoryReplayStore, memoryOf } from "../replay/memory.js";
import { isWellFormed, wtf8 } from "../text.js";
import type { Core, Internals } from "./internals.js";
import { PAYLOAD_DIFFERS, SECRET_INDEX, USABLE_NONCE } from "./turn.js";

/** The internals of one webhook. */
export function implement(core: Core, webhook: EngineWebhook): Internals {
  const signature = webhook.headerNames();
  const names = new HeaderNames([...signature, ...CONTENT], signature.length);
  return {
    core,
    webhook,
    atMost: webhook.maxBodyBytes(),
    values: (headers) => pickHeaders(headers, names, core.constants.maxHeaderValueBytes),
  };
}

/** What receivers ask of an engine. */
export function coreOf(engine: Engine, constants: Constants, backendReason: string | null, diagnoses: boolean): Core {
  return {
    constants,
    backendReason,
    diagnoses,

    openReceiver(patterns, settings, webhook) {
      const { store, namespace, ttlSeconds, bodyTimeoutMs, onStoreFailure, background, wantsDebug, onOutcome, diagnose } = settings;
      const hasNoStore = store === null;
      const wantsOutcomes = onOutcome !== undefined;
      const memory = memoryOf(store);
      const own = memory && engine.owns(memory) ? memory : undefined;
      const machine = made(() =>
        engine.openReceiver(patterns, namespace, ttlSeconds, bodyTimeoutMs, onStoreFailure, hasNoStore, background, wantsDebug, wantsOutcomes, diagnose && diagnoses, own),
      );
      if (webhook) made(() => machine.check(webhook));
      return { machine, facts: JSON.parse(machine.facts()) as ReceiverFacts };
    },

    head: (headers) => pickHeaders(headers, HEAD, constants.maxHeaderValueBytes),

    memoryReplayStore: () => new MemoryReplayStore(engine.openMemory(undefined)),

    tellBody(machine, exchange, content, now) {
      const isIllFormed = typeof content === "string" && !isWellFormed(content);
      const sent = isIllFormed ? wtf8(content as string) : content;
      return machine.tellBody(exchange, sent, isIllFormed, now, performance.now());
    },

    delivery(machine, turn, content, values) {
      const payload = turn & PAYLOAD_DIFFERS ? (machine.takePayload() as string) : content;
      const nonce = turn & USABLE_NONCE ? (values[2] as string) : null;
      const event = machine.takeEvent() ?? undefined;
      return new Delivery(engine, payload, values[0] as string, nonce, (turn & SECRET_INDEX) >>> 22, undefined, event);
    },

    error(given, cause) {
      const { code } = given;
      const known = constants.codes[code] ?? constants.codes["internal"];
      const failure = { code, status: own(given, "status") ?? known?.status ?? 500, message: own(given, "message") ?? known?.message ?? code };
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

const CONTENT = ["content-encoding", "content-length"];
const HEAD = new HeaderNames(CONTENT, 0);
