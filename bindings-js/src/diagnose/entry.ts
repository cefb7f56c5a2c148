/** What each entry of diagnosis exports beside what the others do: published in place of the entries' own declarations. */
import type { Body } from "../body.js";
import type { HeadersLike } from "../headers.js";
import type { WebhookClass } from "../entry.js";
import type { Secret } from "../options.js";
import type { Webhook as Ordinary } from "../webhook.js";
import type { DiagnoseByOptions, DiagnoseOptions, Diagnosis } from "./diagnosis.js";
import type { CapturedRequest, SignedParts, SignedPartsOptions } from "./requests.js";

export * from "../entry.js";
export type * from "./diagnosis.js";
export type { Cause } from "./causes.js";
export type { CapturedRequest, SignedParts, SignedPartsOptions } from "./requests.js";

/** A webhook that also says why it refuses a delivery. */
export interface Webhook extends Ordinary {
  /**
   * Finds out why this webhook refuses a delivery: undoes each known mistake, signs what comes of it, and compares the result
   * with the signature that was sent. Give all headers of the request, because the others say who sent it.
   *
   * ```ts
   * for (const { code, cause, remedy } of webhook.diagnose(body, request.headers).findings) console.log(code, cause, remedy);
   * ```
   *
   * It accepts nothing, and tells neither a secret nor a signature that would have been right. It hashes up to 256 MiB, which takes
   * a second or two: let nobody choose how often.
   *
   * @param options `now`, `method`, `url` and `otherSecrets`.
   * @throws {TypeError} as `verify` does.
   */
  diagnose(body: Body, headers: HeadersLike, options?: DiagnoseByOptions): Diagnosis;
}

/** The class of webhooks that can diagnose: receivers with the option `diagnose` take them only. */
export declare const Webhook: WebhookClass<Webhook>;

/**
 * Finds out why a delivery is refused, by secrets as they are configured, which may be none that a webhook takes: with quotes, with
 * a line end, `undefined`.
 *
 * @param secret One or more, with whatever surrounds them.
 * @param options Those of the webhook, too.
 * @throws {WebhookError} for options that cannot be meant, as `new Webhook` does.
 * @throws {TypeError} as `verify` does.
 */
export declare function diagnose(secret: Secret, body: Body, headers: HeadersLike, options?: DiagnoseOptions): Diagnosis;

/** Eight hex digits by which the secrets of two places can be compared without showing them: the same in every language. */
export declare function fingerprint(secret: string | Uint8Array): string;

/**
 * Reads every request of a text, in whatever form a tool kept it, which is found out: header lines; a dump of HTTP, with its body;
 * what `curl -v` prints; a command of curl; a HAR; the JSON of a request bin, of a cloud function, of a saved delivery, or of headers
 * alone; a list of any of these.
 *
 * ```ts
 * for (const { body, headers, receivedAt } of readRequests(har)) if (body) console.log(webhook.diagnose(body, headers, { now: receivedAt }));
 * ```
 *
 * @throws {SyntaxError} for a text that is in none of these forms, or has a body that was not kept as it arrived.
 */
export declare function readRequests(text: Body): CapturedRequest[];

/**
 * What of a delivery is signed, to compare it with what code of your own signs. It verifies nothing.
 *
 * @param options `headerPrefix` and `payloadForm`.
 * @throws {WebhookError} `payload_not_utf8`, `payload_not_json`, `payload_too_deep`, of which form of the payload nothing can be made.
 * @throws {TypeError} as `verify` does.
 */
export declare function signedParts(body: Body, headers: HeadersLike, options?: SignedPartsOptions): SignedParts;
