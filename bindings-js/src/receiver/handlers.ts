import { kindOf } from "../body.js";
import type { Delivery } from "../delivery.js";
import type { EventMatching, WebhookEvent } from "../events.js";
import type { Internals } from "./internals.js";

/** Handles one event, once. What it returns is awaited; if it fails, the delivery may be sent and handled again. */
export type Handler<Event = WebhookEvent, Rest extends readonly unknown[] = []> = (
  event: Event,
  delivery: Delivery,
  ...rest: Rest
) => unknown;

/**
 * One handler for every delivery, also of unknown shape; or one by pattern, as the sender matches subscriptions:
 * `person.created`, `person.*`, `*.deleted`, `metadata.*.*`, `*.*`. All whose pattern matches run, in the order written.
 */
export type Handlers<Pattern extends string = string, Rest extends readonly unknown[] = []> =
  | Handler<WebhookEvent, Rest>
  | { readonly [P in Pattern]: HandlerFor<P, Rest> };

/** A pattern that can match nothing takes no handler. */
type HandlerFor<P extends string, Rest extends readonly unknown[]> = [EventMatching<P>] extends [never]
  ? "This pattern matches nothing."
  : Handler<EventMatching<P>, Rest>;

/** @internal */
export type AnyHandler = Handler<WebhookEvent, readonly unknown[]>;

/** @internal Gives the handlers of an event. */
export function dispatchOf(internals: Internals, handlers: unknown): (event: WebhookEvent) => readonly AnyHandler[] {
  if (typeof handlers === "function") {
    const all = [handlers as AnyHandler];
    return () => all;
  }
  if (typeof handlers !== "object" || handlers === null) {
    throw new TypeError(`handlers must be a function, or an object of functions by pattern, not ${kindOf(handlers)}`);
  }
  const byPattern = Object.entries(handlers).map(([pattern, handler]) => {
    if (typeof handler !== "function") throw new TypeError(`the handler of "${pattern}" must be a function, not ${kindOf(handler)}`);
    if (!internals.isPattern(pattern)) {
      throw new RangeError(`"${pattern}" matches nothing: a pattern is person.created, person.*, *.created, metadata.*.* or *.*`);
    }
    return [pattern, handler as AnyHandler] as const;
  });
  if (byPattern.length === 0) throw new RangeError("handlers is empty: nothing would be handled");
  const matching = (event: WebhookEvent) => byPattern.flatMap(([pattern, handler]) => (internals.matches(event, pattern) ? [handler] : []));
  return remembered(matching);
}

/** Few names come again and again, and what matches is a matter of kind and name. */
function remembered(matching: (event: WebhookEvent) => readonly AnyHandler[]): (event: WebhookEvent) => readonly AnyHandler[] {
  const known = new Map<string, readonly AnyHandler[]>();
  return (event) => {
    const name = `${event.kind} ${event.name}`;
    let found = known.get(name);
    if (!found) {
      if (known.size >= MOST_NAMES) known.clear();
      known.set(name, (found = matching(event)));
    }
    return found;
  };
}

const MOST_NAMES = 1_000;
