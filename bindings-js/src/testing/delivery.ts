import { isUint8Array, kindOf } from "../body.js";
import { canonicalizeValue } from "../canonicalize-value.js";
import type { SignOptions } from "../options.js";
import type { Webhook } from "../webhook.js";

/** What is sent: text and headers, as the test clients of every framework take them. */
export interface SignedDelivery {
  /** The payload as JSON text. */
  body: string;
  /** The three headers of Twenty, and `Content-Type`. */
  headers: Record<string, string>;
}

/**
 * Signs a payload with the webhook's first secret, as Twenty does: now, or as the options of `sign` say. A text is sent as
 * it is, so that a body of your own can be tried; everything else is printed as JSON.
 *
 * A receiver takes the same payload for a duplicate when it comes again: make a new `sample` for each.
 *
 * @throws {TypeError} for what has no JSON text.
 */
export function signedDelivery(webhook: Pick<Webhook, "sign">, payload: unknown, options?: SignOptions): SignedDelivery {
  if (isUint8Array(payload)) throw new TypeError("payload must be text or a value to print as JSON, not bytes");
  if (typeof webhook?.sign !== "function") throw new TypeError(`webhook must be a Webhook, not ${kindOf(webhook)}`);
  const body = typeof payload === "string" ? payload : canonicalizeValue(payload);
  return { body, headers: { "Content-Type": "application/json", ...webhook.sign(body, options) } };
}

/** The request that Twenty sends, for receivers that take a `Request`. */
export function signedRequest(webhook: Pick<Webhook, "sign">, payload: unknown, url: string | URL, options?: SignOptions): Request {
  return new Request(url, { method: "POST", ...signedDelivery(webhook, payload, options) });
}
