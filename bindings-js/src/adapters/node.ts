/** A receiver for Node's own `http` servers, and for what is built on their requests. */
import type { Answer } from "../engine.js";
import { quietly, textOf } from "../receiver/guarded.js";
import type { Handlers } from "../receiver/handlers.js";
import { IncomingHeaders, type IncomingMessageLike, readIncoming } from "../receiver/incoming.js";
import { endRest } from "../receiver/leftover.js";
import { receiver } from "../receiver/receiver.js";
import { exchangeOf, type Shape } from "../receiver/shapes.js";
import type { Drainable } from "../receiver/running.js";
import { log, type ReceiveOptions } from "../receiver/settings.js";
import type { WebhookSource } from "../receiver/webhook-source.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { Failed, Outcome } from "../receiver/observers.js";
export type { Drainable } from "../receiver/running.js";
export type { IncomingMessageLike } from "../receiver/incoming.js";
export type { Logger, ReceiveOptions } from "../receiver/settings.js";
export type { FindWebhook, WebhookSource } from "../receiver/webhook-source.js";

/** What tells whether something else has answered, or the client has gone. */
export interface AnsweredLike {
  readonly headersSent?: boolean;
  readonly destroyed?: boolean;
}

/** Node's `ServerResponse`, as far as it is used. */
export interface ServerResponseLike extends AnsweredLike {
  writeHead(status: number, headers: Record<string, string | number>): unknown;
  end(body: string): unknown;
  destroy?(): unknown;
}

/**
 * Makes a handler of requests: it verifies a delivery, passes it on once, and answers. The promise is there to be waited
 * for; it never rejects. The event's handlers get Node's request, too.
 *
 * ```ts
 * createServer(receive(webhook, { "person.created": (event) => welcome(event.record) })).listen(3000);
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

/** @internal The same, with a framework's own remedy for a body that was read. */
export function receiveIncoming(webhook: unknown, handlers: unknown, options: ReceiveOptions<never>, remedy: string) {
  const { answer, drain, logger } = answerIncoming(webhook, handlers, options, remedy);
  const write = ({ status, headers, body }: Answer, response: ServerResponseLike): void => {
    const unwritten = (cause: unknown) => {
      log(logger, "error", `the answer ${status} ${body} could not be written (${textOf(cause)})`);
      quietly(() => response.destroy?.());
    };
    // Of what others put around it: the promise of a handler of Node's or of Express 4 is nobody's, so it must not reject.
    quietly(() => (response.writeHead(status, { ...headers, "content-length": body.length }), void response.end(body)), unwritten);
  };
  const handle = (request: IncomingMessageLike, given: ServerResponseLike): Promise<void> =>
    answer(request, "Node's request", () => request, () => responseOf(given), (answered, response) => {
      if (answered) write(answered, response);
    });
  return Object.assign(handle, { drain });
}

/** Fastify's reply has Node's response: whoever passed its request by mistake gets an answer. */
function responseOf(given: ServerResponseLike & { raw?: ServerResponseLike }): ServerResponseLike {
  return typeof given?.writeHead === "function" ? given : (given?.raw ?? given);
}

/** @internal Of what a framework passes, in which Node's request is found. There is no answer to give where there is nothing left to answer. */
export function answerIncoming(webhook: unknown, handlers: unknown, options: ReceiveOptions<never>, remedy: string) {
  const { answer: decide, drain, logger, constants } = receiver(webhook, handlers, options);
  const answer = async <Response extends AnsweredLike | undefined, Given>(
    passed: unknown,
    wanted: Shape,
    find: () => IncomingMessageLike,
    findResponse: () => Response,
    give: (answer: Answer | undefined, response: Response) => Given,
  ): Promise<Given> => {
    let message: IncomingMessageLike | undefined;
    const exchange = exchangeOf([passed], wanted, (all) => {
      const found = (message = find());
      return {
        method: found.method ?? "",
        headers: new IncomingHeaders(found.headers),
        read: (atMost, timeoutMs) => readIncoming(found, atMost, timeoutMs, remedy),
        passed: all,
      };
    });
    const answered = await decide(exchange);
    const response = findResponse();
    if (response?.headersSent) {
      log(logger, "warn", `something else answered before the receiver could say ${answered.status} ${answered.body}: look for a time-out`);
      return give(undefined, response);
    }
    if (response?.destroyed) return give(undefined, response);
    const headers = message && endRest(message, answered.status, constants);
    return give(headers ? { ...answered, headers: { ...answered.headers, ...headers } } : answered, response);
  };
  return { answer, drain, logger };
}

const REMEDY = "Something read the request's body before the receiver could: call the receiver before what reads it.";
