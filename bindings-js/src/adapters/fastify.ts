/** A receiver for Fastify 4 and 5. */
import type { Webhook } from "../webhook.js";
import type { Handlers } from "../receiver/handlers.js";
import type { ReceiveOptions } from "../receiver/settings.js";
import { type AnsweredLike, answerIncoming, type IncomingMessageLike } from "./node.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { IncomingMessageLike } from "../receiver/incoming.js";
export type { Logger, ReceiveOptions } from "../receiver/settings.js";

/** Fastify's instance, as far as it is used. */
export interface FastifyInstanceLike {
  all(path: string, options: { onRequest: RouteHandler }, handler: RouteHandler): unknown;
}

type RouteHandler = (request: never, reply: never) => Promise<unknown>;

interface FastifyRequestLike {
  readonly raw: IncomingMessageLike;
}

interface FastifyReplyLike {
  readonly raw: AnsweredLike;
  hijack(): unknown;
  code(status: number): FastifyReplyLike;
  headers(headers: Record<string, string>): FastifyReplyLike;
  send(body: string): unknown;
}

/**
 * Makes a plugin with one route, at the prefix it is registered with. It answers before the body is parsed, so parsers and
 * hooks on what they parsed do not run for it.
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
    if (typeof instance?.all !== "function") {
      throw new TypeError("receive gives a plugin of Fastify, no handler: app.register(receive(webhook, handlers), { prefix: path })");
    }
    const handle = async (request: FastifyRequestLike, reply: FastifyReplyLike) => {
      const answered = await answer(request, "Fastify's request", () => request.raw, reply.raw);
      if (!answered) return reply.hijack();
      const { status, headers, body } = answered;
      return reply.code(status).headers(headers).send(body);
    };
    // Before Fastify looks at the content type, of which it refuses what is none, and parses the body.
    instance.all("/", { onRequest: handle }, handle);
  };
}

const REMEDY =
  "An onRequest hook read the request before the receiver could: let none that reads the body run on the receiver's route.";
