/** A receiver for Express 4 and 5, NestJS, Cloud Functions, and others whose requests are Express's. */
import type { Handlers } from "../receiver/handlers.js";
import type { Drainable } from "../receiver/running.js";
import type { ReceiveOptions } from "../receiver/settings.js";
import type { WebhookSource } from "../receiver/webhook-source.js";
import { type IncomingMessageLike, receiveIncoming, type ServerResponseLike } from "./node.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { Failed, Outcome } from "../receiver/observers.js";
export type { Drainable } from "../receiver/running.js";
export type { IncomingMessageLike } from "../receiver/incoming.js";
export type { Logger, ReceiveOptions } from "../receiver/settings.js";
export type { FindWebhook, WebhookSource } from "../receiver/webhook-source.js";
export type { ServerResponseLike } from "./node.js";

/**
 * Makes a request handler. Mount it before `express.json()`, or let the platform keep the bytes: `rawBody` (NestJS's option,
 * Cloud Functions) and what `express.raw` leaves are used. The event's handlers get Express's request, too.
 *
 * ```ts
 * app.all("/webhooks/twenty", receive(webhook, { "person.created": (event) => welcome(event.record) }));
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string, Request extends IncomingMessageLike = IncomingMessageLike>(
  webhook: WebhookSource<Request>,
  handlers: Handlers<Pattern, Request>,
  options: ReceiveOptions<Request> = {},
): ((request: Request, response: ServerResponseLike) => Promise<void>) & Drainable {
  return receiveIncoming(webhook, handlers, options, REMEDY);
}

const REMEDY =
  "A body parser read the request before the receiver could: move app.all(path, receive(...)) above app.use(express.json()); " +
  "in NestJS pass { rawBody: true } to NestFactory.create.";
