/**
 * The one way in which what a user gave is called: handlers, loggers, stores, `onError`, `waitUntil`. Whatever it throws or
 * returns ends where it was called, never in the process.
 */
import { own } from "../own.js";

/** Calls it and gives its result. What may be a promise becomes a promise of ours; a throw stays a throw. */
export function called<T>(call: () => PromiseLike<T> | T): Promise<T> | T {
  const given = call();
  return mayBePromise(given) ? adopted<T>(given) : (given as T);
}

/** Calls it and drops its result; gives what resolves once that has settled, where it may settle later. `failed` gets what it threw or rejected with. */
export function quietly(call: () => unknown, failed: (cause: unknown) => void = () => {}): Promise<unknown> | undefined {
  try {
    const given = call();
    return mayBePromise(given) ? adopted(given).catch(failed) : undefined;
  } catch (cause) {
    failed(cause);
    return undefined;
  }
}

/** The text of what was thrown, and of what caused that. It may have none, or reading it may throw. */
export function textOf(thrown: unknown, part: "message" | "stack" = "message"): string {
  const texts = [];
  for (let error = thrown; texts.length <= MOST_CAUSES; error = partOf(error, "cause")) {
    texts.push(ownTextOf(error, part));
    if (partOf(error, "cause") === undefined) break;
  }
  return texts.join(part === "stack" ? "\ncaused by " : ", caused by ");
}

function ownTextOf(thrown: unknown, part: "message" | "stack"): string {
  try {
    const isError = thrown instanceof Error;
    const several = isError && thrown.message === "" ? severalOf(thrown) : "";
    if (part === "message" || !isError) return several || messageOf(thrown);
    return `${thrown.stack ?? String(thrown)}${several && ` (${several})`}`;
  } catch {
    return NO_TEXT;
  }
}

/** What an error without a message may have in its place, such as that of a host of which no address answers. */
function severalOf(error: Error): string {
  const [code, errors] = [partOf(error, "code"), partOf(error, "errors")];
  const all: unknown[] = Array.isArray(errors) ? errors : [];
  const texts = all.slice(0, MOST_CAUSES).map(messageOf);
  if (all.length > MOST_CAUSES) texts.push(`and ${all.length - MOST_CAUSES} more`);
  return [...(typeof code === "string" ? [code] : []), ...(texts.length > 0 ? [texts.join("; ")] : [])].join(": ");
}

function messageOf(thrown: unknown): string {
  try {
    return `${(thrown instanceof Error && thrown.message) || String(thrown)}`;
  } catch {
    return NO_TEXT;
  }
}

function partOf(thrown: unknown, name: "cause" | "code" | "errors"): unknown {
  try {
    return thrown instanceof Error ? own(thrown as Error & Record<string, unknown>, name) : undefined;
  } catch {
    return undefined;
  }
}

const MOST_CAUSES = 5;
const NO_TEXT = "an error without a text";

/** Gives what the promise gives, or rejects with what `late` makes once the time is up. An idle wait keeps no process alive. */
export function within<T>(promise: Promise<T>, milliseconds: number, late: () => unknown, isIdle = false): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const giveUp = () => reject(late() as Error);
    const timer = isIdle ? idleTimeout(giveUp, milliseconds) : setTimeout(giveUp, milliseconds);
    const settled = <Value>(settle: (value: Value) => void) => (value: Value) => (clearTimeout(timer), settle(value));
    promise.then(settled(resolve), settled(reject));
  });
}

/** A timer for which no process is kept alive. */
export function idleTimeout(call: () => void, milliseconds: number): ReturnType<typeof setTimeout> {
  const timer = setTimeout(call, milliseconds);
  (timer as { unref?: () => void }).unref?.();
  return timer;
}

function mayBePromise(given: unknown): given is object {
  return (typeof given === "object" && given !== null) || typeof given === "function";
}

/**
 * By its own `then`, which may begin the work. Not by `await` or `Promise.resolve`: those ask a promise for its constructor
 * first, and throw where that does.
 */
function adopted<T>(given: object): Promise<T> {
  return new Promise<T>((resolve) => {
    markHandled(given);
    resolve(given as T);
  });
}

/** If a rejected promise's `then` fails or was replaced, nothing handles the rejection, and Node ends the process. */
function markHandled(given: object): void {
  try {
    if (!(given instanceof Promise)) return;
    try {
      Reflect.apply(Promise.prototype.then, given, [ignore, ignore]);
    } catch {
      // `then` makes its promise with the constructor, which failed.
      Object.defineProperty(given, "constructor", { value: Promise, configurable: true, writable: true });
      Reflect.apply(Promise.prototype.then, given, [ignore, ignore]);
    }
  } catch {
    // It only looks like a promise, or it is frozen with such a constructor.
  }
}

const ignore = (): void => {};
