/** A receiver for Node's own `http` servers, and for what is built on their requests. */
import type { Answer } from "../engine.js";
import { quietly, textOf } from "../receiver/guarded.js";
import type { Handlers } from "../receiver/handlers.js";
import { IncomingHeaders, type IncomingMessageLike, readIncoming } from "../receiver/incoming.js";
import { endRest } from "../receiver/leftover.js";
import { type Exchange, receiver } from "../receiver/receiver.js";
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
  const write = ({ status, headers, body }: Answer, response: ServerResponseLike): void => {
    const unwritten = (cause: unknown) => {
      log(logger, "error", `the answer ${status} ${body} could not be written (${textOf(cause)})`);
      quietly(() => response.destroy?.());
    };
    // Of what others put around it: the promise of a handler of Node's or of Express 4 is nobody's, so it must not reject.
    quietly(() => (response.writeHead(status, { ...headers, "content-length": body.length }), void response.end(body)), unwritten);
  };
  const { answer, drain, logger } = answerIncoming(webhook, handlers, options, {
    passes: "Node's request",
    remedy,
    message: (request: IncomingMessageLike) => request,
    response: responseOf,
    give(answered, response) {
      if (answered) write(answered, response);
    },
  });
  return Object.assign(answer, { drain });
}

/** Fastify's reply has Node's response: whoever passed its request by mistake gets an answer. */
function responseOf(given: ServerResponseLike & { raw?: ServerResponseLike }): ServerResponseLike {
  return typeof given?.writeHead === "function" ? given : (given?.raw ?? given);
}

/** @internal How a framework passes Node's request, and how it is given the answer. */
export interface Framework<Request, Reply, Response extends AnsweredLike | undefined, Given> {
  readonly passes: Shape;
  /** What to do about a body that was read. */
  readonly remedy: string;
  message(request: Request): IncomingMessageLike;
  response(reply: Reply): Response;
  /** There is no answer to give where there is nothing left to answer. */
  give(answer: Answer | undefined, response: Response, reply: Reply): Given;
}

/** @internal */
export function answerIncoming<Request, Reply, Response extends AnsweredLike | undefined, Given>(
  webhook: unknown,
  handlers: unknown,
  options: ReceiveOptions<never>,
  framework: Framework<Request, Reply, Response, Given>,
) {
  const { answer: decide, drain, logger, constants } = receiver(webhook, handlers, options);
  const exchangeWith = (passed: readonly unknown[]): Exchange => {
    const message = framework.message(passed[0] as Request);
    return {
      method: message.method ?? "",
      headers: new IncomingHeaders(message.headers),
      read: (atMost, timeoutMs) => readIncoming(message, atMost, timeoutMs, framework.remedy),
      passed,
      message,
    };
  };
  const answer = (request: Request, reply: Reply): Promise<Given> => {
    const exchange = exchangeOf([request], framework.passes, exchangeWith);
    return decide(exchange, (answered) => {
      const response = framework.response(reply);
      if (response?.headersSent) {
        log(logger, "warn", `something else answered before the receiver could say ${answered.status} ${answered.body}: look for a time-out`);
        return framework.give(undefined, response, reply);
      }
      if (response?.destroyed) return framework.give(undefined, response, reply);
      const headers = exchange.message && endRest(exchange.message, answered.status, constants);
      return framework.give(headers ? { ...answered, headers: { ...answered.headers, ...headers } } : answered, response, reply);
    });
  };
  return { answer, drain, logger };
}

const REMEDY = "Something read the request's body before the receiver could: call the receiver before what reads it.";
