import { kindOf } from "../body.js";
import type { Notice } from "../engine.js";
import { check, namesOf } from "../option-values.js";
import type { ReplayStore } from "../replay/store.js";
import { quietly } from "./guarded.js";
import type { Core } from "./internals.js";
import type { OnError, OnOutcome } from "./observers.js";

/** How a receiver behaves. What is left out has the core's default. `Request` is what the framework passes first. */
export interface ReceiveOptions<Request = unknown> {
  /** Remembers what was handled: a store in this process's memory unless set, none if `null`. */
  replayStore?: ReplayStore | null | undefined;
  /**
   * What the store's keys begin with; `twenty-webhook` unless set. Receivers that share a store and handle the same deliveries
   * each in their own way need one each.
   */
  namespace?: string | undefined;
  /** How long a delivery is remembered; a day unless set, and at least twice the tolerance and ten seconds. */
  replayTtlSeconds?: number | undefined;
  /**
   * What to do while the store fails or does not answer: `refuse` with 503, which loses the event, for the sender does not
   * send it again; or `handle`, and perhaps handle an event twice. `refuse` unless set.
   */
  onStoreFailure?: "refuse" | "handle" | undefined;
  /** Is told of everything that is not answered with 200, and of what fails in the background. */
  onError?: OnError<Request> | undefined;
  /**
   * Is told what became of each request, once its answer is decided; in the background a second time, when the handler has
   * ended. For counting: it gets nothing of a record.
   */
  onOutcome?: OnOutcome<Request> | undefined;
  /** Gives the time that deliveries are judged by, as a date or in milliseconds since the Unix epoch; `Date.now` unless set. */
  clock?: (() => Date | number) | undefined;
  /** Gets a line for the same; `console` unless set, nothing if `null`. */
  logger?: Logger | null | undefined;
  /** Answers once the delivery is claimed, before it is handled: for handlers that take longer than the sender waits. */
  background?: boolean | undefined;
  /** How long a body may take to arrive; ten seconds unless set. */
  bodyTimeoutMs?: number | undefined;
  /**
   * Adds to the line of the log why a signature does not match: of bodies up to 64 kB, and once in five seconds, because it takes
   * time. The webhook must be made by the `Webhook` of `twenty-webhook/diagnose`.
   */
  diagnose?: boolean | undefined;
}

/** @internal */
export const RECEIVE = namesOf<ReceiveOptions>({
  replayStore: true,
  namespace: true,
  replayTtlSeconds: true,
  onStoreFailure: true,
  onError: true,
  onOutcome: true,
  clock: true,
  logger: true,
  background: true,
  bodyTimeoutMs: true,
  diagnose: true,
});

export interface Logger {
  /** What was handled, ignored or a duplicate, where it is there. */
  debug?(line: string): unknown;
  warn(line: string): unknown;
  error(line: string): unknown;
}

/** @internal What is left out is the core's to say. */
export interface Settings {
  readonly store: ReplayStore | null;
  readonly namespace: string | undefined;
  readonly ttlSeconds: number | undefined;
  readonly bodyTimeoutMs: number | undefined;
  readonly onStoreFailure: string | undefined;
  readonly onError: OnError<unknown> | undefined;
  readonly onOutcome: OnOutcome<unknown> | undefined;
  readonly clock: (() => unknown) | undefined;
  readonly logger: Logger | null;
  readonly background: boolean;
  readonly wantsDebug: boolean;
  readonly diagnose: boolean;
}

/** @internal Of options that were read. */
export function settingsOf(core: Core, options: Partial<ReceiveOptions<never>>): Settings {
  const logger = loggerOf(options.logger);
  return {
    store: storeOf(options.replayStore, core),
    namespace: check(options, "namespace", "string"),
    ttlSeconds: check(options, "replayTtlSeconds", "number"),
    bodyTimeoutMs: timeout(check(options, "bodyTimeoutMs", "number")),
    onStoreFailure: choice(check(options, "onStoreFailure", "string")),
    onError: check(options, "onError", "function") as Settings["onError"],
    onOutcome: check(options, "onOutcome", "function") as Settings["onOutcome"],
    clock: check(options, "clock", "function") as Settings["clock"],
    logger,
    background: check(options, "background", "boolean") ?? false,
    diagnose: check(options, "diagnose", "boolean") ?? false,
    // The console would show them where nobody asked for them.
    wantsDebug: logger !== null && logger !== console && typeof logger.debug === "function",
  };
}

/** @internal Where the logger fails, there is no one left to tell. */
export function log(logger: Logger | null, level: Notice["level"], line: string): void {
  quietly(() => logger?.[level]?.(`twenty-webhook: ${line}`));
}

function storeOf(store: unknown, core: Core): ReplayStore | null {
  if (store === null) return null;
  if (store === undefined) return core.memoryReplayStore();
  const { claim, release } = store as Partial<ReplayStore>;
  if (typeof claim !== "function" || typeof release !== "function") {
    throw new TypeError("replayStore must have the functions claim and release: memoryReplayStore(), redisReplayStore(client), sqlReplayStore(client), or null for none");
  }
  return store as ReplayStore;
}

function loggerOf(logger: unknown): Logger | null {
  if (logger === null) return null;
  const { warn, error } = (logger ??= console) as Partial<Logger>;
  if (typeof warn !== "function" || typeof error !== "function") {
    throw new TypeError(`logger must have the functions warn and error, or be null, not ${kindOf(logger)}`);
  }
  return logger as Logger;
}

function choice(onStoreFailure: string | undefined): string | undefined {
  if (onStoreFailure === undefined || onStoreFailure === "refuse" || onStoreFailure === "handle") return onStoreFailure;
  throw new RangeError(`onStoreFailure must be "refuse" or "handle", not ${JSON.stringify(onStoreFailure.slice(0, 40))}`);
}

/** Timers of hosts count in 31 bits and take more for nothing at all. */
function timeout(milliseconds: number | undefined): number | undefined {
  if (milliseconds === undefined || (milliseconds > 0 && milliseconds < 2 ** 31)) return milliseconds;
  throw new RangeError(`bodyTimeoutMs must be milliseconds, more than 0 and less than 2^31, not ${milliseconds}`);
}
