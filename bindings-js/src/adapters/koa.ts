/** A receiver for Koa. */
import type { Handlers } from "../receiver/handlers.js";
import type { Drainable } from "../receiver/running.js";
import type { ReceiveOptions } from "../receiver/settings.js";
import { mistakeOf } from "../receiver/shapes.js";
import type { WebhookSource } from "../receiver/webhook-source.js";
import { type AnsweredLike, answerIncoming, type IncomingMessageLike } from "./node.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { Failed, Outcome } from "../receiver/observers.js";
export type { Drainable } from "../receiver/running.js";
export type { IncomingMessageLike } from "../receiver/incoming.js";
export type { Logger, ReceiveOptions } from "../receiver/settings.js";
export type { FindWebhook, WebhookSource } from "../receiver/webhook-source.js";

/** Koa's context, as far as it is used. */
export interface KoaContextLike {
  readonly req: IncomingMessageLike;
  readonly res: AnsweredLike;
  readonly request: object;
  respond?: boolean | undefined;
  status: number;
  body: unknown;
  set(headers: Record<string, string>): unknown;
}

/**
 * Makes a middleware that answers every request it gets: mount it at the path, before the body parser or beside one that
 * keeps `rawBody`, as koa-bodyparser does. The event's handlers get Koa's context, too.
 *
 * ```ts
 * router.all("/webhooks/twenty", receive(webhook, { "person.created": (event) => welcome(event.record) }));
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string, Context extends KoaContextLike = KoaContextLike>(
  webhook: WebhookSource<Context>,
  handlers: Handlers<Pattern, Context>,
  options: ReceiveOptions<Context> = {},
): ((context: Context) => Promise<void>) & Drainable {
  const { answer, drain } = answerIncoming(webhook, handlers, options, {
    passes: "Koa's context",
    remedy: REMEDY,
    message: withRawBody,
    // Anything else has no place for an answer.
    response: (context: Context) => (mistakeOf(context, "Koa's context") === undefined ? context.res : undefined),
    give(answered, response, context) {
      if (!response) return;
      if (!answered) {
        context.respond = false;
        return;
      }
      const { status, headers, body } = answered;
      context.status = status;
      context.set(headers);
      context.body = body;
    },
  });
  return Object.assign((context: Context) => answer(context, context), { drain });
}

/** Node's request, with the text a body parser kept at Koa's. */
function withRawBody({ req, request }: KoaContextLike): IncomingMessageLike {
  const { rawBody } = request as { rawBody?: unknown };
  if (rawBody === undefined || (rawBody === "" && !req.readableDidRead)) return req;
  return Object.create(req, { rawBody: { value: rawBody } }) as IncomingMessageLike;
}

const REMEDY =
  "A body parser read the request before the receiver could: mount the receiver above app.use(bodyParser()), or use one that keeps rawBody.";
