import type { Internals } from "./internals.js";
import type { Settings } from "./options.js";
import { log, report } from "./report.js";

/** What came of claiming a delivery. */
export type Claim =
  | { readonly isOurs: true; /** For the next who sends it. */ release(): Promise<void> }
  | { readonly isOurs: false };

/** Claims a delivery for this receiver. Throws where the store fails and a delivery is not to be handled without it. */
export function claim(internals: Internals, settings: Settings, id: string): Promise<Claim> | Claim {
  const { store, namespace, ttlMs, windowMs } = settings;
  if (!store) return UNCLAIMED;
  const key = `${namespace}:${id}`;
  let asked: ReturnType<typeof store.claim>;
  try {
    asked = store.claim(key, ttlMs, windowMs);
    if (asked === null || typeof asked === "string") return granted(internals, settings, key, asked);
  } catch (cause) {
    return unavailable(internals, settings, cause);
  }
  return awaited(internals, settings, key, Promise.resolve(asked));
}

async function awaited(internals: Internals, settings: Settings, key: string, asked: Promise<string | null>): Promise<Claim> {
  try {
    return granted(internals, settings, key, await within(asked, internals.limits.storeTimeoutMs));
  } catch (cause) {
    // It may come late. Of what is handled it is kept; of what is not, it would keep out the same event sent again.
    const releaseLate = async () => {
      asked.then(
        (late) => (typeof late === "string" ? release(internals, settings, key, late) : undefined),
        () => {},
      );
    };
    return unavailable(internals, settings, cause, releaseLate);
  }
}

function granted(internals: Internals, settings: Settings, key: string, token: string | null): Claim {
  if (token === null) return DUPLICATE;
  if (typeof token !== "string") throw new TypeError("claim must give a token or null");
  return { isOurs: true, release: () => release(internals, settings, key, token) };
}

function unavailable(internals: Internals, settings: Settings, cause: unknown, releaseLate = async () => {}): Claim {
  const failure = internals.error("replay_store_unavailable", { cause });
  if (!settings.handlesWithoutStore) {
    void releaseLate();
    throw failure;
  }
  report(settings, failure);
  return { isOurs: true, release: releaseLate };
}

async function release(internals: Internals, { store, logger }: Settings, key: string, token: string): Promise<void> {
  try {
    await within((async () => store?.release(key, token))(), internals.limits.storeTimeoutMs);
  } catch {
    log(logger, "error", `replay_store_unavailable: the claim on ${key} was not released, so the event sent again counts as handled`);
  }
}

const DUPLICATE: Claim = { isOurs: false };
const UNCLAIMED: Claim = { isOurs: true, release: async () => {} };

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
