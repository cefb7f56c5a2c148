// What somebody careful writes by hand in the place of a receiver: the checks, the limit and the memory that ours has.

export const MAX_BODY_BYTES = 1_048_576;

/** The timestamp and the signature of a delivery that is fresh, or the answer where it is none. */
export function judgeHead(header) {
  const timestamp = header("x-twenty-webhook-timestamp");
  const signature = header("x-twenty-webhook-signature");
  if (!timestamp || !signature) return { refusal: refused(400, "missing_header") };
  if (!/^\d{1,15}$/.test(timestamp)) return { refusal: refused(400, "malformed_timestamp") };
  if (Math.abs(Date.now() - Number(timestamp)) > TOLERANCE_MS) return { refusal: refused(401, "stale_timestamp") };
  if (!/^[0-9a-f]{64}$/i.test(signature)) return { refusal: refused(401, "malformed_signature") };
  return { timestamp, signature };
}

/** Handles an authentic delivery, once. */
export async function accept(text, signature, handle) {
  let event;
  try {
    event = JSON.parse(text);
  } catch {
    return refused(400, "not_json");
  }
  const claim = claims.add(signature);
  if (claim !== "granted") return claim === "held" ? { status: 200, content: { outcome: "duplicate" } } : refused(503, "full");
  try {
    await handle(event);
    return { status: 200, content: { outcome: "handled" } };
  } catch (error) {
    claims.delete(signature);
    console.error(error);
    return refused(500, "handler_failed");
  }
}

export const refused = (status, code) => ({ status, content: { code } });

/** The oldest stand first, because each lives as long as the others. */
class Claims {
  #expiries = new Map();

  constructor(atMost) {
    this.atMost = atMost;
  }

  add(key) {
    const now = performance.now();
    for (const [oldest, expiry] of this.#expiries) {
      if (expiry > now) break;
      this.#expiries.delete(oldest);
    }
    if (this.#expiries.has(key)) return "held";
    if (this.#expiries.size >= this.atMost) return "full";
    this.#expiries.set(key, now + TTL_MS);
    return "granted";
  }

  delete(key) {
    this.#expiries.delete(key);
  }
}

const TOLERANCE_MS = 300_000;
const TTL_MS = 86_400_000;
const claims = new Claims(Number(process.env.CLAIMS));
