/** A receiver for Koa. */
import type { Webhook } from "../webhook.js";
import type { Handlers } from "../receiver/handlers.js";
import type { ReceiveOptions } from "../receiver/settings.js";
import { mistakeOf } from "../receiver/shapes.js";
import { type AnsweredLike, answerIncoming, type IncomingMessageLike } from "./node.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { IncomingMessageLike } from "../receiver/incoming.js";
export type { Logger, ReceiveOptions } from "../receiver/settings.js";

/** Koa's context, as far as it is used. */
export interface KoaContextLike {
  readonly req: IncomingMessageLike;
  readonly res: AnsweredLike;
  readonly request: object;
  respond?: boolean;
  status: number;
  body: unknown;
  set(headers: Record<string, string>): unknown;
}

/**
 * Makes a middleware that answers every request it gets: mount it at the path, before the body parser or beside one that
 * keeps `rawBody`, as koa-bodyparser does.
 *
 * ```ts
 * router.all("/webhooks/twenty", receive(webhook, { "person.created": (event) => welcome(event.record) }));
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string>(
  webhook: Webhook,
  handlers: Handlers<Pattern>,
  options: ReceiveOptions = {},
): (context: KoaContextLike) => Promise<void> {
  const answer = answerIncoming(webhook, handlers, options, REMEDY);
  return async (context) => {
    const isKoas = mistakeOf(context, "Koa's context") === undefined;
    const answered = await answer(context, "Koa's context", () => withRawBody(context), isKoas ? context.res : undefined);
    // Anything else has no place for an answer.
    if (!isKoas) return;
    if (!answered) {
      context.respond = false;
      return;
    }
    const { status, headers, body } = answered;
    context.status = status;
    context.set(headers);
    context.body = body;
  };
}

/** Node's request, with the text a body parser kept at Koa's. */
function withRawBody({ req, request }: KoaContextLike): IncomingMessageLike {
  const { rawBody } = request as { rawBody?: unknown };
  if (rawBody === undefined) return req;
  return Object.create(req, { rawBody: { value: rawBody } }) as IncomingMessageLike;
}

const REMEDY =
  "A body parser read the request before the receiver could: mount the receiver above app.use(bodyParser()), or use one that keeps rawBody.";
