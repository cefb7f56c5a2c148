/** A receiver for Hono, on whatever it runs. */
import type { Handlers } from "../receiver/handlers.js";
import { type IncomingMessageLike, isReadable, readIncoming } from "../receiver/incoming.js";
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
    const exchange = { ...requestExchange(raw), passed };
    const incoming = incomingOf(context);
    if (!incoming) return { ...exchange, waitUntil: (promise) => waitUntilOf(context, promise) };
    // Node's own request: with the stream of its Request the server is a fifth as fast. If something has read it already, the Request
    // says so, or holds what a middleware has put in its place.
    if (!isReadable(incoming) || !isUntouched(raw)) return exchange;
    return { ...exchange, read: (atMost, timeoutMs) => readIncoming(incoming, atMost, timeoutMs, REMEDY) };
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
 * Whether it is the server's own `Request`, over which no stream has been made, as `clone()` makes one: what a middleware has
 * cloned would be empty if Node's request was read beneath it. The symbols have these names in every version of the server.
 */
function isUntouched(request: Request): boolean {
  let isServers = false;
  for (const { description } of Object.getOwnPropertySymbols(request)) {
    if (description === "requestCache") return false;
    if (description === "incomingKey") isServers = true;
  }
  return isServers;
}
