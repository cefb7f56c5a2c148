/** A receiver for Hono, on whatever it runs. */
import type { Handlers } from "../receiver/handlers.js";
import type { Exchange } from "../receiver/exchange.js";
import { IncomingHeaders, type IncomingMessageLike, isReadable, readIncoming } from "../receiver/incoming.js";
import type { Drainable } from "../receiver/running.js";
import type { ReceiveOptions } from "../receiver/settings.js";
import type { WebhookSource } from "../receiver/webhook-source.js";
import { exchangeOf } from "../receiver/shapes.js";
import { REMEDY } from "../receiver/stream.js";
import { answerExchange, requestExchange } from "./fetch.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { Failed, Outcome } from "../receiver/observers.js";
export type { Drainable } from "../receiver/running.js";
export type { Logger, ReceiveOptions } from "../receiver/settings.js";
export type { FindWebhook, WebhookSource } from "../receiver/webhook-source.js";

/** Hono's context, as far as it is used. */
export interface HonoContextLike {
  readonly req: { readonly raw: Request };
  readonly env?: unknown;
}

/**
 * Makes a handler of one route. The event's handlers get Hono's context, too.
 *
 * ```ts
 * app.all("/webhooks/twenty", receive(webhook, { "person.created": (event) => welcome(event.record) }));
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string, Context extends HonoContextLike>(
  webhook: WebhookSource<Context>,
  handlers: Handlers<Pattern, Context>,
  options: ReceiveOptions<Context> = {},
): ((context: Context) => Promise<Response>) & Drainable {
  const { answer, drain } = answerExchange(webhook, handlers, options);
  const handle = (context: Context) => answer(exchangeOf([context], "Hono's context", (passed) => {
    const { raw } = context.req;
    const incoming = incomingOf(context);
    if (!incoming) return { ...requestExchange(raw), waitUntil: (promise) => waitUntilOf(context, promise), passed };
    // If something has read Node's request already, the Request says so, or holds what a middleware has put in its place.
    return isReadable(incoming) ? incomingExchange(raw, incoming, passed) : { ...requestExchange(raw), passed };
  }));
  return Object.assign(handle, { drain });
}

/** Hono throws where the platform has none. Its server for Node is not asked: it never has one, and a throw is a tenth of a request. */
function waitUntilOf(context: HonoContextLike, promise: Promise<unknown>): unknown {
  let executionCtx: { waitUntil?(promise: Promise<unknown>): unknown } | undefined;
  try {
    ({ executionCtx } = context as { executionCtx?: typeof executionCtx });
  } catch {
    return undefined; // The server goes on by itself.
  }
  return typeof executionCtx?.waitUntil === "function" ? executionCtx.waitUntil(promise) : undefined;
}

/** Node's request, under Hono's server for Node. */
function incomingOf({ env }: HonoContextLike): IncomingMessageLike | undefined {
  const { incoming } = (env ?? {}) as { incoming?: Partial<IncomingMessageLike> };
  if (typeof incoming?.on !== "function" || typeof incoming.pause !== "function" || incoming.readableDidRead === undefined) return undefined;
  return incoming as IncomingMessageLike;
}

/**
 * Through Node's own request where nobody could tell: with the stream of the server's `Request` the server is a fifth as fast, and
 * making its headers takes a tenth of a delivery's time. What a middleware has cloned would be empty if Node's request was read
 * beneath it, and what it has put into the headers counts. The symbols have these names in every version of the server.
 */
function incomingExchange(request: Request, incoming: IncomingMessageLike, passed: readonly unknown[]): Exchange {
  const made = new Set(Object.getOwnPropertySymbols(request).map(({ description }) => description));
  if (!made.has("incomingKey") || made.has("requestCache")) return { ...requestExchange(request), passed };
  return {
    method: request.method,
    headers: made.has("headersKey") ? request.headers : new IncomingHeaders(incoming.headers),
    read: (atMost, timeoutMs) => readIncoming(incoming, atMost, timeoutMs, REMEDY),
    passed,
  };
}
