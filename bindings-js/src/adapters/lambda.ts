/** A receiver for AWS Lambda behind API Gateway (REST and HTTP APIs), a function URL or a load balancer. */
import { kindOf } from "../body.js";
import type { HeadersLike } from "../headers.js";
import { own } from "../own.js";
import { quietly } from "../receiver/guarded.js";
import type { Handlers } from "../receiver/handlers.js";
import { RECEIVE, type ReceiveOptions } from "../receiver/settings.js";
import { receiver } from "../receiver/receiver.js";
import { exchangeOf } from "../receiver/shapes.js";
import { Unreadable } from "../receiver/unreadable.js";
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
 * Makes a Lambda function. The handlers get Lambda's event and context, too. Lambda may stop a function that has answered, so it
 * answers only when nothing runs, or shortly before its own time is over: a claim of a store that is late is given back, or the
 * same event sent again would count as handled, and what `onError` and `onOutcome` return has settled.
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
  if (Object.hasOwn(options, "background")) {
    throw new TypeError("background is not for Lambda, which may stop once it has answered: hand long work to a queue");
  }
  const { answer, drain } = receiver(webhook, handlers, options, NAMES);
  const handler = async (request: Event, context: Context) => {
    let ended: Promise<unknown> | undefined;
    const exchange = exchangeOf([request, context], "an event of AWS Lambda", (passed) => ({
      method: methodOf(request),
      headers: headersOf(request),
      read: (atMost) => bodyOf(request, atMost),
      waitUntil: (promise) => void (ended = promise),
      remainingMs: () => remainingOf(context),
      passed,
    }));
    const answered = await answer(exchange, ({ status, headers, body }) => ({ statusCode: status, headers: { ...headers }, body }));
    await ended;
    return answered;
  };
  return Object.assign(handler, { drain });
}

/** How long the function may go on and still answer; as long as the core says where Lambda's context is not passed. */
function remainingOf(context: unknown): number {
  let remaining: unknown;
  quietly(() => void (remaining = (context as { getRemainingTimeInMillis?(): unknown } | undefined)?.getRemainingTimeInMillis?.()));
  return typeof remaining === "number" && !Number.isNaN(remaining) ? Math.max(remaining - ANSWER_MS, 0) : Infinity;
}

function methodOf(event: LambdaEventLike): string {
  const requestContext = own(event, "requestContext");
  return own(event, "httpMethod") ?? (requestContext as { http?: { method?: string } } | undefined)?.http?.method ?? "";
}

/**
 * The multiple values first, because of a repeated header `headers` keeps only the last; each header that has none there from
 * `headers`, because what stands between may have added some to one of the two.
 */
function headersOf(event: LambdaEventLike): HeadersLike {
  const [multiValueHeaders, headers] = [own(event, "multiValueHeaders"), own(event, "headers")];
  if (!isObject(multiValueHeaders)) return multiValueHeaders ?? headers ?? {};
  if (!isObject(headers)) return headers ?? multiValueHeaders;
  const several = Object.entries(multiValueHeaders).filter(([, values]) => values !== undefined && values !== null && values.length !== 0);
  const names = new Set(several.map(([name]) => name.toLowerCase()));
  return [...several, ...Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()))];
}

function bodyOf(event: LambdaEventLike, atMost: number): string | Uint8Array {
  const [body, isBase64Encoded]: [unknown, unknown] = [own(event, "body"), own(event, "isBase64Encoded")];
  if (body !== undefined && body !== null && typeof body !== "string") throw new Unreadable("already read", parsed(body));
  const text = body ?? "";
  if (isBase64Encoded === undefined || isBase64Encoded === null || isBase64Encoded === false) return text;
  if (isBase64Encoded !== true) throw new Unreadable("not a request", `The event's isBase64Encoded is ${kindOf(isBase64Encoded)} instead of true or false.`);
  // Four characters are three bytes, and some may be line ends.
  if (text.length > 2 * atMost + 4) throw new Unreadable("too large");
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  } catch {
    throw new Unreadable("not a request", NOT_BASE64);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** For the answer's way through what stands around the function. */
const ANSWER_MS = 500;

const NAMES = RECEIVE.filter((name) => name !== "background" && name !== "bodyTimeoutMs");

const NOT_BASE64 =
  "The event says that its body is base64, and it is not: a middleware decoded it before the receiver could, and left isBase64Encoded as it was.";

const parsed = (body: unknown): string =>
  `The event's body is ${kindOf(body)} instead of text: a middleware parsed it before the receiver could. Take the parser, such as ` +
  "httpJsonBodyParser of middy, off this function.";
