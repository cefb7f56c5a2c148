/** Receivers for everything that has `Request` and `Response`: Next.js, Astro, Remix, Workers, Deno, Bun. */
import { check } from "../options.js";
import { type Handlers } from "../receiver/handlers.js";
import type { ReceiveOptions } from "../receiver/settings.js";
import { type Exchange, receiver } from "../receiver/receiver.js";
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
  const answer = answerRequest(webhook, handlers, options);
  const waitUntil = check(options, "waitUntil", "function") as FetchReceiveOptions["waitUntil"];
  return (request, ...rest) => answer(request, rest, waitUntil ?? ((promise) => waitUntilOf(rest, promise)));
}

/** @internal */
export function answerRequest(webhook: Webhook, handlers: unknown, options: ReceiveOptions) {
  const answer = receiver(webhook, handlers, options);
  return async (
    request: Request,
    rest: readonly unknown[],
    waitUntil: Exchange["waitUntil"],
    read: Exchange["read"] = (atMost, timeoutMs) => readRequest(request, atMost, timeoutMs),
  ) => {
    const { method, headers } = request;
    const answered = await answer({ method, headers, read, waitUntil, rest });
    return new Response(answered.body, { status: answered.status, headers: answered.headers });
  };
}

/** Of a Worker's context, or whatever else has it. */
function waitUntilOf(rest: readonly unknown[], promise: Promise<unknown>): unknown {
  const contexts = rest as readonly ({ waitUntil?: FetchReceiveOptions["waitUntil"] } | null | undefined)[];
  return contexts.find((context) => typeof context?.waitUntil === "function")?.waitUntil?.(promise);
}
