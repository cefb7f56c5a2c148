/** What each entry of diagnosis exports beside what the others do: published in place of the entries' own declarations. */
import type { Body } from "../body.js";
import type { HeadersLike } from "../headers.js";
import type { WebhookClass } from "../entry.js";
import type { Secret } from "../options.js";
import type { Webhook as Ordinary } from "../webhook.js";
import type { DiagnoseByOptions, DiagnoseOptions, Diagnosis } from "./diagnosis.js";

export * from "../entry.js";
export type * from "./diagnosis.js";
export type { Cause } from "./causes.js";

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
