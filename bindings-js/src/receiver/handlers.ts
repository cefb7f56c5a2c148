import { kindOf } from "../body.js";
import type { Delivery } from "../delivery.js";
import type { EventMatching, KnownPattern, UnknownEvent, WebhookEvent } from "../events.js";

/**
 * Handles one event, once. It gets what the framework passes, too: its own request first. What it returns is awaited; if it
 * fails, the delivery may be sent and handled again.
 */
export type Handler<Event = WebhookEvent, Request = unknown, Rest extends readonly unknown[] = []> = (
  event: Event,
  delivery: Delivery,
  request: Request,
  ...rest: Rest
) => unknown;

/**
 * One handler for every delivery, also of unknown shape; or one by pattern, as the sender matches subscriptions:
 * `person.created`, `person.*`, `*.deleted`, `metadata.*.*`, `*.*`; and `unknown` for what is authentic and of no known shape.
 * Of several patterns that match, the first as written is taken, and only that one.
 */
export type Handlers<Pattern extends string = string, Request = unknown, Rest extends readonly unknown[] = []> =
  | Handler<WebhookEvent, Request, Rest>
  | Each<Pattern, Request, Rest>
  | (Each<Pattern, Request, Rest> & Completed<Request, Rest>);

/** Editors complete these. Alone it would hide from TypeScript 5.0 what the handlers of other patterns are given. */
type Completed<Request, Rest extends readonly unknown[]> = Partial<Each<KnownPattern | "unknown", Request, Rest>>;

type Each<Pattern extends string, Request, Rest extends readonly unknown[]> = { readonly [P in Pattern]: HandlerFor<P, Request, Rest> };

/** A pattern that can match nothing takes no handler. */
type HandlerFor<P extends string, Request, Rest extends readonly unknown[]> = P extends "unknown"
  ? Handler<UnknownEvent, Request, Rest>
  : [EventMatching<P>] extends [never]
    ? "This pattern matches nothing."
    : Handler<EventMatching<P>, Request, Rest>;

/** @internal */
export type AnyHandler = (event: WebhookEvent, delivery: Delivery, ...passed: readonly unknown[]) => unknown;

/** @internal The patterns, none where one handler is for everything, and the functions in the same order. */
export function routesOf(handlers: unknown): { patterns: string[] | undefined; functions: AnyHandler[] } {
  if (typeof handlers === "function") return { patterns: undefined, functions: [handlers as AnyHandler] };
  if (typeof handlers !== "object" || handlers === null) {
    throw new TypeError(`handlers must be a function, or an object of functions by pattern, not ${kindOf(handlers)}`);
  }
  const routes = Object.entries(handlers);
  const functions = routes.map(([pattern, handler]) => {
    if (typeof handler !== "function") throw new TypeError(`the handler of "${pattern}" must be a function, not ${kindOf(handler)}`);
    return handler as AnyHandler;
  });
  return { patterns: routes.map(([pattern]) => pattern), functions };
}
