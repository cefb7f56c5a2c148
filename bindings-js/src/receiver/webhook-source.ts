import { kindOf } from "../body.js";
import type { Webhook } from "../webhook.js";
import { called } from "./guarded.js";
import { type Internals, internalsOf } from "./internals.js";

/**
 * A webhook, or a function that finds the one of a request: for secrets that are known at run time only, and for many webhooks
 * at one address. It gets what the framework passes, and gives the webhook, a promise of it, or `null` if it knows none. Let it
 * keep what it made: a new `Webhook` for each request costs more than a verification.
 *
 * `null` is answered with 404, `unknown_webhook`. If it fails, gives anything else, or takes longer than two seconds, the answer
 * is 500, `webhook_unavailable`. It is called after the request's method and content coding are judged, and must not read the body.
 */
export type WebhookSource<Request = unknown, Rest extends readonly unknown[] = []> = Webhook | FindWebhook<Request, Rest>;

export type FindWebhook<Request = unknown, Rest extends readonly unknown[] = []> = (
  request: Request,
  ...rest: Rest
) => Webhook | null | PromiseLike<Webhook | null>;

/** @internal */
export type AnyFindWebhook = (...passed: readonly unknown[]) => unknown;

/** @internal `null` if it knows none. Throws, or rejects, for what is no webhook. */
export function findWith(find: AnyFindWebhook, passed: readonly unknown[]): Promise<Internals | null> | Internals | null {
  const given = find(...passed);
  const internals = internalsOf(given);
  if (internals) return internals;
  const found = called(() => given);
  return found instanceof Promise ? found.then(webhookOf) : webhookOf(found);
}

function webhookOf(found: unknown): Internals | null {
  if (found === null) return null;
  const internals = internalsOf(found);
  if (!internals) throw new TypeError(`it gave ${kindOf(found)}: it must give a Webhook, or null if it knows none`);
  return internals;
}
