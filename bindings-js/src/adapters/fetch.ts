/** Receivers for everything that has `Request` and `Response`: Next.js, Astro, Remix, Workers, Deno, Bun. */
import type { Answer } from "../engine.js";
import { check } from "../option-values.js";
import { type Handlers } from "../receiver/handlers.js";
import { RECEIVE, type ReceiveOptions } from "../receiver/settings.js";
import { type Exchange, receiver } from "../receiver/receiver.js";
import type { Drainable } from "../receiver/running.js";
import { exchangeOf } from "../receiver/shapes.js";
import { type RequestLike, readRequest } from "../receiver/stream.js";
import type { WebhookSource } from "../receiver/webhook-source.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { Failed, Outcome } from "../receiver/observers.js";
export type { Drainable } from "../receiver/running.js";
export type { Logger, ReceiveOptions } from "../receiver/settings.js";
export type { FindWebhook, WebhookSource } from "../receiver/webhook-source.js";

export interface FetchReceiveOptions<Incoming = Request> extends ReceiveOptions<Incoming> {
  /** Where the platform has it and does not pass it with the request: Next's `after`, Vercel's `waitUntil`. */
  waitUntil?: (promise: Promise<unknown>) => unknown;
}

/**
 * Makes a handler of requests: it verifies a delivery, passes it on once, and answers. The event's handlers get the request, too,
 * and what the platform passes beside it: a Worker's `env` and `ctx`, the route's parameters.
 *
 * ```ts
 * export const POST = receive(webhook, { "person.created": (event) => welcome(event.record) });
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string, Incoming extends RequestLike = Request, Rest extends readonly unknown[] = []>(
  webhook: WebhookSource<Incoming, Rest>,
  handlers: Handlers<Pattern, Incoming, Rest>,
  options: FetchReceiveOptions<Incoming> = {},
): ((request: Incoming, ...rest: Rest) => Promise<Response>) & Drainable {
  const { answer, drain, options: read } = answerExchange(webhook, handlers, options, NAMES);
  const waitUntil = check(read, "waitUntil", "function") as FetchReceiveOptions["waitUntil"];
  const handle = (request: Incoming, ...rest: Rest) => {
    const keepAlive = waitUntil ?? ((promise: Promise<unknown>) => waitUntilOf(rest, promise));
    return answer(exchangeOf([request, ...rest], "a Request", (passed) => ({ ...requestExchange(request), waitUntil: keepAlive, passed })));
  };
  return Object.assign(handle, { drain });
}

/** @internal */
export function answerExchange(webhook: unknown, handlers: unknown, given: ReceiveOptions<never>, names?: readonly string[]) {
  const { answer, drain, options } = receiver(webhook, handlers, given, names);
  /** It never rejects. */
  const respond = (exchange: Exchange): Promise<Response> => answer(exchange, responseWith);
  return { answer: respond, drain, options };
}

const responseWith = ({ status, headers, body }: Answer): Response => new Response(body, { status, headers });

/** @internal */
export function requestExchange(request: RequestLike): Pick<Exchange, "method" | "headers" | "read"> {
  const { method, headers } = request;
  return { method, headers, read: (atMost, timeoutMs, leftoverMs) => readRequest(request, atMost, timeoutMs, leftoverMs) };
}

/** Of a Worker's context, or whatever else has it. */
function waitUntilOf(rest: readonly unknown[], promise: Promise<unknown>): unknown {
  const contexts = rest as readonly ({ waitUntil?: FetchReceiveOptions["waitUntil"] } | null | undefined)[];
  return contexts.find((context) => typeof context?.waitUntil === "function")?.waitUntil?.(promise);
}

const NAMES = [...RECEIVE, "waitUntil"];
