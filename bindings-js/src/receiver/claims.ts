import { shown } from "../body.js";
import { called, within } from "./guarded.js";
import type { Internals } from "./internals.js";
import type { Settings } from "./options.js";
import { log, report } from "./report.js";

/** What came of claiming a delivery. */
export type Claim =
  | { readonly isOurs: true; /** For the next who sends it. It never rejects. */ release(): Promise<void> }
  | { readonly isOurs: false };

/** Claims a delivery for this receiver. Throws where the store fails and a delivery is not to be handled without it. */
export function claim(internals: Internals, settings: Settings, id: string): Promise<Claim> | Claim {
  const { store, namespace, ttlMs, windowMs } = settings;
  if (!store) return UNCLAIMED;
  const key = `${namespace}:${id}`;
  let asked: unknown;
  try {
    asked = called<unknown>(() => store.claim(key, ttlMs, windowMs));
  } catch (cause) {
    return unavailable(internals, settings, { cause });
  }
  return asked instanceof Promise ? awaited(internals, settings, key, asked) : judged(internals, settings, key, asked);
}

async function awaited(internals: Internals, settings: Settings, key: string, asked: Promise<unknown>): Promise<Claim> {
  const { storeTimeoutMs } = internals.limits;
  let answer: unknown;
  try {
    answer = await within(asked, storeTimeoutMs, () => new Error(`no answer within ${storeTimeoutMs} ms`));
  } catch (cause) {
    // It may come late. Of what is handled it is kept; of what is not, it would keep out the same event sent again.
    const releaseLate = async () => {
      asked.then(
        (late) => (isToken(late) ? release(internals, settings, key, late) : undefined),
        () => {},
      );
    };
    return unavailable(internals, settings, { cause }, releaseLate);
  }
  return judged(internals, settings, key, answer);
}

/** Only the store's word for granted grants, and only its word for held is a duplicate. */
function judged(internals: Internals, settings: Settings, key: string, answer: unknown): Claim {
  if (answer === null) return DUPLICATE;
  if (isToken(answer)) return { isOurs: true, release: () => release(internals, settings, key, answer) };
  const reason = `The replay store's claim gave ${shown(answer)}: it must give a token, which is text, or null if the key is held.`;
  return unavailable(internals, settings, { reason });
}

function isToken(answer: unknown): answer is string {
  return typeof answer === "string" && answer !== "";
}

function unavailable(
  internals: Internals,
  settings: Settings,
  why: { reason?: string; cause?: unknown },
  releaseLate = async () => {},
): Claim {
  const failure = internals.error("replay_store_unavailable", why);
  if (!settings.handlesWithoutStore) {
    void releaseLate();
    throw failure;
  }
  report(settings, failure);
  return { isOurs: true, release: releaseLate };
}

async function release(internals: Internals, { store, logger }: Settings, key: string, token: string): Promise<void> {
  const { storeTimeoutMs } = internals.limits;
  try {
    const released = (async () => called(() => store?.release(key, token)))();
    await within(released, storeTimeoutMs, () => new Error(`no answer within ${storeTimeoutMs} ms`));
  } catch {
    log(logger, "error", `replay_store_unavailable: the claim on ${key} was not released, so the event sent again counts as handled`);
  }
}

const DUPLICATE: Claim = { isOurs: false };
const UNCLAIMED: Claim = { isOurs: true, release: async () => {} };
