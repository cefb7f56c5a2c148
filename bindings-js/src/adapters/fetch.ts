/** Receivers for everything that has `Request` and `Response`: Next.js, Astro, Remix, Workers, Deno, Bun. */
import { check } from "../options.js";
import { type Handlers } from "../receiver/handlers.js";
import type { ReceiveOptions } from "../receiver/settings.js";
import { type Exchange, receiver } from "../receiver/receiver.js";
import { exchangeOf } from "../receiver/shapes.js";
import { readRequest } from "../receiver/stream.js";
import type { Webhook } from "../webhook.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { Logger, ReceiveOptions } from "../receiver/settings.js";

export interface FetchReceiveOptions extends ReceiveOptions {
  /** Where the platform has it and does not pass it with the request: Next's `after`, Vercel's `waitUntil`. */
  waitUntil?: (promise: Promise<unknown>) => unknown;
}

/**
 * Makes a handler of requests: it verifies a delivery, passes it on once, and answers. What the platform passes beside the
 * request (a Worker's `env` and `ctx`, the route's parameters) the handlers get, too.
 *
 * ```ts
 * export const POST = receive(webhook, { "person.created": (event) => welcome(event.record) });
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string, Rest extends readonly unknown[] = []>(
  webhook: Webhook,
  handlers: Handlers<Pattern, Rest>,
  options: FetchReceiveOptions = {},
): (request: Request, ...rest: Rest) => Promise<Response> {
  const answer = answerExchange(webhook, handlers, options);
  const waitUntil = check(options, "waitUntil", "function") as FetchReceiveOptions["waitUntil"];
  return (request, ...rest) => {
    const keepAlive = waitUntil ?? ((promise: Promise<unknown>) => waitUntilOf(rest, promise));
    return answer(exchangeOf(request, "a Request", () => ({ ...requestExchange(request), waitUntil: keepAlive, rest })));
  };
}

/** @internal It never rejects. */
export function answerExchange(webhook: Webhook, handlers: unknown, options: ReceiveOptions): (exchange: Exchange) => Promise<Response> {
  const answer = receiver(webhook, handlers, options);
  return async (exchange) => {
    const { status, headers, body } = await answer(exchange);
    return new Response(body, { status, headers });
  };
}

/** @internal */
export function requestExchange(request: Request): Pick<Exchange, "method" | "headers" | "read"> {
  const { method, headers } = request;
  return { method, headers, read: (atMost, timeoutMs) => readRequest(request, atMost, timeoutMs) };
}

/** Of a Worker's context, or whatever else has it. */
function waitUntilOf(rest: readonly unknown[], promise: Promise<unknown>): unknown {
  const contexts = rest as readonly ({ waitUntil?: FetchReceiveOptions["waitUntil"] } | null | undefined)[];
  return contexts.find((context) => typeof context?.waitUntil === "function")?.waitUntil?.(promise);
}
