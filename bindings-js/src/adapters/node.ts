/** A receiver for Node's own `http` servers, and for what is built on their requests. */
import type { Webhook } from "../face.js";
import type { Answer } from "../receiver/answer.js";
import type { Handlers } from "../receiver/handlers.js";
import { IncomingHeaders, type IncomingMessageLike, readIncoming } from "../receiver/incoming.js";
import type { ReceiveOptions } from "../receiver/options.js";
import { receiver } from "../receiver/receiver.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { IncomingMessageLike } from "../receiver/incoming.js";
export type { Logger, ReceiveOptions } from "../receiver/options.js";

/** Node's `ServerResponse`, as far as it is used. */
export interface ServerResponseLike {
  writeHead(status: number, headers: Record<string, string | number>): unknown;
  end(body: string): unknown;
}

/**
 * Makes a handler of requests: it verifies a delivery, passes it on once, and answers. The promise is there to be waited
 * for; it never rejects.
 *
 * ```ts
 * createServer(receive(webhook, { "person.created": (event) => welcome(event.record) })).listen(3000);
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string>(
  webhook: Webhook,
  handlers: Handlers<Pattern>,
  options: ReceiveOptions = {},
): (request: IncomingMessageLike, response: ServerResponseLike) => Promise<void> {
  return receiveIncoming(webhook, handlers, options, REMEDY);
}

/** @internal The same, with a framework's own remedy for a body that was read. */
export function receiveIncoming(webhook: Webhook, handlers: unknown, options: ReceiveOptions, remedy: string) {
  const answer = answerIncoming(webhook, handlers, options, remedy);
  return async (request: IncomingMessageLike, response: ServerResponseLike): Promise<void> => {
    const { status, headers, body } = await answer(request);
    response.writeHead(status, { ...headers, "content-length": body.length });
    response.end(body);
  };
}

/** @internal */
export function answerIncoming(webhook: Webhook, handlers: unknown, options: ReceiveOptions, remedy: string) {
  const answer = receiver(webhook, handlers, options);
  return async (request: IncomingMessageLike, ...rest: unknown[]): Promise<Answer> => {
    const answered = await answer({
      method: request.method ?? "",
      headers: new IncomingHeaders(request.headers),
      read: (_head, internals, timeoutMs) => readIncoming(request, internals, timeoutMs, remedy),
      rest,
    });
    return isWorthReading(request) ? answered : { ...answered, headers: { ...answered.headers, connection: "close" } };
  };
}

/**
 * Whether to read what is left of the body, as Node does to keep the connection for the next request. HTTP/2 has streams
 * instead of connections to close.
 */
function isWorthReading({ headers, complete, httpVersionMajor = 1 }: IncomingMessageLike & { complete?: boolean }): boolean {
  if (complete || httpVersionMajor > 1) return true;
  return headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) <= LEFTOVER_BYTES;
}

const LEFTOVER_BYTES = 64 * 1024;
const REMEDY = "Something read the request's body before the receiver could: call the receiver before what reads it.";
