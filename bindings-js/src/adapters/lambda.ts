/** A receiver for AWS Lambda behind API Gateway (REST and HTTP APIs), a function URL or a load balancer. */
import type { HeadersLike } from "../headers.js";
import type { Handlers } from "../receiver/handlers.js";
import type { ReceiveOptions } from "../receiver/settings.js";
import { receiver } from "../receiver/receiver.js";
import type { Drainable } from "../receiver/running.js";
import type { WebhookSource } from "../receiver/webhook-source.js";

export type { Handler, Handlers } from "../receiver/handlers.js";
export type { Failed, Outcome } from "../receiver/observers.js";
export type { Drainable } from "../receiver/running.js";
export type { Logger } from "../receiver/settings.js";
export type { FindWebhook, WebhookSource } from "../receiver/webhook-source.js";

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
export type LambdaReceiveOptions<Event = LambdaEventLike> = Omit<ReceiveOptions<Event>, "background" | "bodyTimeoutMs">;

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
export function receive<Pattern extends string, Event extends LambdaEventLike = LambdaEventLike, Context = unknown>(
  webhook: WebhookSource<Event, [context: Context]>,
  handlers: Handlers<Pattern, Event, [context: Context]>,
  options: LambdaReceiveOptions<Event> = {},
): ((request: Event, context: Context) => Promise<LambdaResult>) & Drainable {
  if ((options as ReceiveOptions).background) {
    throw new TypeError("background is not for Lambda, which may stop once it has answered: hand long work to a queue");
  }
  const { answer, drain } = receiver(webhook, handlers, options);
  const handler = async (request: Event, context: Context) => {
    const { status, headers, body } = await answer({
      method: methodOf(request),
      headers: headersOf(request),
      read: () => bodyOf(request),
      passed: [request, context],
    });
    return { statusCode: status, headers: { ...headers }, body };
  };
  return Object.assign(handler, { drain });
}

function methodOf({ httpMethod, requestContext }: LambdaEventLike): string {
  return httpMethod ?? (requestContext as { http?: { method?: string } } | undefined)?.http?.method ?? "";
}

/** The multiple values first: of a repeated header `headers` keeps only the last. */
function headersOf({ multiValueHeaders, headers }: LambdaEventLike): HeadersLike {
  return multiValueHeaders ?? headers ?? {};
}

function bodyOf({ body, isBase64Encoded }: LambdaEventLike): string | Uint8Array {
  if (!isBase64Encoded) return body ?? "";
  return Uint8Array.from(atob(body ?? ""), (character) => character.charCodeAt(0));
}
