import type { Internals } from "./internals.js";
import type { Settings } from "./options.js";
import { log, report } from "./report.js";

/** What came of claiming a delivery. */
export type Claim =
  | { readonly isOurs: true; /** For the next who sends it. */ release(): Promise<void> }
  | { readonly isOurs: false };

/** Claims a delivery for this receiver. Throws where the store fails and a delivery is not to be handled without it. */
export async function claim(internals: Internals, settings: Settings, id: string): Promise<Claim> {
  const { store, namespace, ttlMs, windowMs } = settings;
  if (!store) return UNCLAIMED;
  const key = `${namespace}:${id}`;
  // In a function of its own, so that a store that throws is one that rejects.
  const asked = (async () => store.claim(key, ttlMs, windowMs))();
  let token: string | null;
  try {
    token = await within(asked, internals.limits.storeTimeoutMs);
    if (typeof token !== "string" && token !== null) throw new TypeError("claim must give a token or null");
  } catch (cause) {
    const failure = internals.error("replay_store_unavailable", { cause });
    if (!settings.handlesWithoutStore) {
      // It may come late, and would keep out the same event sent again.
      asked.then((late) => late !== null && store.release(key, late)).catch(() => {});
      throw failure;
    }
    report(settings, failure);
    return UNCLAIMED;
  }
  if (token === null) return { isOurs: false };
  const held = token;
  return { isOurs: true, release: () => release(internals, settings, key, held) };
}

async function release(internals: Internals, { store, logger }: Settings, key: string, token: string): Promise<void> {
  try {
    await within((async () => store?.release(key, token))(), internals.limits.storeTimeoutMs);
  } catch {
    log(logger, "error", `replay_store_unavailable: the claim on ${key} was not released, so the event sent again counts as handled`);
  }
}

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
