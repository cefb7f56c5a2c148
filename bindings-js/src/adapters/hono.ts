/** A receiver for Hono, on whatever it runs. */
import type { Webhook } from "../face.js";
import type { Handlers } from "../receiver/handlers.js";
import type { ReceiveOptions } from "../receiver/options.js";
import { answerRequest } from "./fetch.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { Logger, ReceiveOptions } from "../receiver/options.js";

/** Hono's context, as far as it is used. */
export interface HonoContextLike {
  readonly req: { readonly raw: Request };
}

/**
 * Makes a handler of one route. The event's handlers get the context, too.
 *
 * ```ts
 * app.all("/webhooks/twenty", receive(webhook, { "person.created": (event) => welcome(event.record) }));
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string, Context extends HonoContextLike>(
  webhook: Webhook,
  handlers: Handlers<Pattern, [context: Context]>,
  options: ReceiveOptions = {},
): (context: Context) => Promise<Response> {
  const answer = answerRequest(webhook, handlers, options);
  let hasNone = false;
  /** Hono throws where the platform has none, which takes longer than all of a verification: once. */
  const waitUntil = (context: object, promise: Promise<unknown>) => {
    if (hasNone) return;
    try {
      (context as { executionCtx?: { waitUntil?(promise: Promise<unknown>): void } }).executionCtx?.waitUntil?.(promise);
    } catch {
      // The server goes on by itself.
      hasNone = true;
    }
  };
  return (context) => answer(context.req.raw, [context], (promise) => waitUntil(context, promise));
}
