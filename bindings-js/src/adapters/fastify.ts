/** A receiver for Fastify 4 and 5. */
import type { Handlers } from "../receiver/handlers.js";
import type { Drainable } from "../receiver/running.js";
import type { ReceiveOptions } from "../receiver/settings.js";
import type { WebhookSource } from "../receiver/webhook-source.js";
import { type AnsweredLike, answerIncoming, type IncomingMessageLike } from "./node.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { Failed, Outcome } from "../receiver/observers.js";
export type { Drainable } from "../receiver/running.js";
export type { IncomingMessageLike } from "../receiver/incoming.js";
export type { Logger, ReceiveOptions } from "../receiver/settings.js";
export type { FindWebhook, WebhookSource } from "../receiver/webhook-source.js";

/** Fastify's instance, as far as it is used. */
export interface FastifyInstanceLike {
  all(path: string, options: { onRequest: RouteHandler }, handler: RouteHandler): unknown;
  addHook(name: "onClose", hook: () => Promise<void>): unknown;
}

/** As Fastify declares it for requests of every kind. */
type RouteHandler = (request: any, reply: any) => Promise<unknown>;

/** Fastify's request, as far as it is used. */
export interface FastifyRequestLike {
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
 * hooks on what they parsed do not run for it. When the server closes, what runs in the background is waited for. The event's
 * handlers get Fastify's request, too.
 *
 * ```ts
 * app.register(receive(webhook, { "person.created": (event) => welcome(event.record) }), { prefix: "/webhooks/twenty" });
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string, Request extends FastifyRequestLike = FastifyRequestLike>(
  webhook: WebhookSource<Request>,
  handlers: Handlers<Pattern, Request>,
  options: ReceiveOptions<Request> = {},
): ((instance: FastifyInstanceLike) => Promise<void>) & Drainable {
  const { answer, drain } = answerIncoming(webhook, handlers, options, {
    passes: "Fastify's request",
    remedy: REMEDY,
    message: (request: FastifyRequestLike) => request.raw,
    response: (reply: FastifyReplyLike) => reply.raw,
    give(answered, _, reply) {
      if (!answered) return reply.hijack();
      const { status, headers, body } = answered;
      return reply.code(status).headers(headers).send(body);
    },
  });
  const plugin = async (instance: FastifyInstanceLike) => {
    if (typeof instance?.all !== "function") {
      throw new TypeError("receive gives a plugin of Fastify, no handler: app.register(receive(webhook, handlers), { prefix: path })");
    }
    // Before Fastify looks at the content type, of which it refuses what is none, and parses the body.
    instance.all("/", { onRequest: answer }, answer);
    instance.addHook("onClose", drain);
  };
  return Object.assign(plugin, { drain });
}

const REMEDY =
  "An onRequest hook read the request before the receiver could: let none that reads the body run on the receiver's route.";
