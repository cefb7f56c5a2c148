/**
 * The one way in which what a user gave is called: handlers, loggers, stores, `onError`, `waitUntil`. Whatever it throws or
 * returns ends where it was called, never in the process.
 */

/** Calls it for what it gives. What may be a promise comes as one of ours; what it throws is thrown. */
export function called<T>(call: () => PromiseLike<T> | T): Promise<T> | T {
  const given = call();
  return mayBePromise(given) ? adopted<T>(given) : (given as T);
}

/** Calls it for nothing that it gives. `failed` is told what it threw or rejected with. */
export function quietly(call: () => unknown, failed: (cause: unknown) => void = () => {}): void {
  try {
    const given = call();
    if (mayBePromise(given)) adopted(given).catch(failed);
  } catch (cause) {
    failed(cause);
  }
}

/** The text of what was thrown, which may have none, or one that throws. */
export function textOf(thrown: unknown, part: "message" | "stack" = "message"): string {
  try {
    if (!(thrown instanceof Error)) return String(thrown);
    return `${thrown[part] ?? thrown.message}`;
  } catch {
    return "an error without a text";
  }
}

/** Rejects with what `late` gives, unless the promise is settled before. */
export async function within<T>(promise: Promise<T>, milliseconds: number, late: () => unknown): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late() as Error), milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
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

/** A rejected promise whose `then` is not its own, or fails, would stay unhandled, for which Node ends the process. */
function markHandled(given: object): void {
  try {
    if (!(given instanceof Promise)) return;
    try {
      Reflect.apply(Promise.prototype.then, given, [ignore, ignore]);
    } catch {
      // Its constructor says what promise `then` makes, and could not.
      Object.defineProperty(given, "constructor", { value: Promise, configurable: true, writable: true });
      Reflect.apply(Promise.prototype.then, given, [ignore, ignore]);
    }
  } catch {
    // It is no promise of this realm, or one that lets nobody handle it.
  }
}

const ignore = (): void => {};
