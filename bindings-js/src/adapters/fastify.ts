/** A receiver for Fastify 4 and 5. */
import type { Webhook } from "../face.js";
import type { Handlers } from "../receiver/handlers.js";
import type { ReceiveOptions } from "../receiver/options.js";
import { answerIncoming, type IncomingMessageLike } from "./node.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { IncomingMessageLike } from "../receiver/incoming.js";
export type { Logger, ReceiveOptions } from "../receiver/options.js";

/** Fastify's instance, as far as it is used. */
export interface FastifyInstanceLike {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(type: string, parser: (request: never, payload: never, done: (error: null) => void) => void): unknown;
  all(path: string, handler: (request: never, reply: never) => unknown): unknown;
}

interface FastifyRequestLike {
  readonly raw: IncomingMessageLike;
}

interface FastifyReplyLike {
  code(status: number): FastifyReplyLike;
  headers(headers: Record<string, string>): FastifyReplyLike;
  send(body: string): unknown;
}

/**
 * Makes a plugin with one route, at the prefix it is registered with. Parsers of the body elsewhere in the app stay as they
 * are, because a plugin's own are its own.
 *
 * ```ts
 * app.register(receive(webhook, { "person.created": (event) => welcome(event.record) }), { prefix: "/webhooks/twenty" });
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string>(
  webhook: Webhook,
  handlers: Handlers<Pattern>,
  options: ReceiveOptions = {},
): (instance: FastifyInstanceLike) => Promise<void> {
  const answer = answerIncoming(webhook, handlers, options, REMEDY);
  return async (instance) => {
    instance.removeAllContentTypeParsers();
    // Leaves the stream to the receiver.
    instance.addContentTypeParser("*", (_request: unknown, _payload: unknown, done: (error: null) => void) => done(null));
    instance.all("/", async ({ raw }: FastifyRequestLike, reply: FastifyReplyLike) => {
      const { status, headers, body } = await answer(raw);
      return reply.code(status).headers(headers).send(body);
    });
  };
}

const REMEDY =
  "A hook or a plugin read the request before the receiver could: let no preParsing hook or raw-body plugin run on the receiver's route.";
