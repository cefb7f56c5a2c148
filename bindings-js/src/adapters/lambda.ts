/** A receiver for AWS Lambda behind API Gateway (REST and HTTP APIs), a function URL or a load balancer. */
import { kindOf } from "../body.js";
import type { Webhook } from "../webhook.js";
import type { HeadersLike } from "../headers.js";
import type { Handlers } from "../receiver/handlers.js";
import type { ReceiveOptions } from "../receiver/settings.js";
import { receiver } from "../receiver/receiver.js";
import { exchangeOf } from "../receiver/shapes.js";
import { Unreadable } from "../receiver/unreadable.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { Logger } from "../receiver/settings.js";

/** What the gateway hands over, in either format. */
export interface LambdaEventLike {
  readonly httpMethod?: string;
  readonly requestContext?: object;
  readonly headers?: { readonly [name: string]: string | undefined } | null;
  readonly multiValueHeaders?: { readonly [name: string]: readonly string[] | undefined } | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

export interface LambdaResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Lambda may stop once it has answered, so nothing is left to the background, and bodies come complete. */
export type LambdaReceiveOptions = Omit<ReceiveOptions, "background" | "bodyTimeoutMs">;

/**
 * Makes a Lambda function. The handlers get Lambda's event and context, too.
 *
 * ```ts
 * export const handler = receive(webhook, { "person.created": (event) => welcome(event.record) });
 * ```
 *
 * @throws {WebhookError} `invalid_ttl`.
 * @throws {TypeError} {RangeError} for options and patterns that cannot be meant.
 */
export function receive<Pattern extends string, Context = unknown>(
  webhook: Webhook,
  handlers: Handlers<Pattern, [request: LambdaEventLike, context: Context]>,
  options: LambdaReceiveOptions = {},
): (request: LambdaEventLike, context: Context) => Promise<LambdaResult> {
  if ((options as ReceiveOptions).background) {
    throw new TypeError("background is not for Lambda, which may stop once it has answered: hand long work to a queue");
  }
  const answer = receiver(webhook, handlers, options);
  return async (request, context) => {
    const exchange = exchangeOf(request, "an event of AWS Lambda", () => ({
      method: methodOf(request),
      headers: headersOf(request),
      read: () => bodyOf(request),
      rest: [request, context],
    }));
    const { status, headers, body } = await answer(exchange);
    return { statusCode: status, headers: { ...headers }, body };
  };
}

function methodOf({ httpMethod, requestContext }: LambdaEventLike): string {
  return httpMethod ?? (requestContext as { http?: { method?: string } } | undefined)?.http?.method ?? "";
}

/** The multiple values first: of a repeated header `headers` keeps only the last. */
function headersOf({ multiValueHeaders, headers }: LambdaEventLike): HeadersLike {
  return multiValueHeaders ?? headers ?? {};
}

function bodyOf({ body, isBase64Encoded }: LambdaEventLike): string | Uint8Array {
  if (body !== undefined && body !== null && typeof body !== "string") throw new Unreadable("already read", parsed(body));
  if (!isBase64Encoded) return body ?? "";
  return Uint8Array.from(atob(body ?? ""), (character) => character.charCodeAt(0));
}

const parsed = (body: unknown): string =>
  `The event's body is ${kindOf(body)} instead of text: a middleware parsed it before the receiver could. Take the parser, such as ` +
  "httpJsonBodyParser of middy, off this function.";
