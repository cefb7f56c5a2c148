import type { HeadersLike } from "../headers.js";
import { type Answer, answerOf, refusalOf } from "./answer.js";
import { claim } from "./claims.js";
import { called, quietly, textOf } from "./guarded.js";
import { type AnyHandler, dispatchOf } from "./handlers.js";
import { type Internals, internalsOf } from "./internals.js";
import { type ReceiveOptions, type Settings, settingsOf } from "./options.js";
import { log, report } from "./report.js";

/** One request, as a framework shows it. */
export interface Exchange {
  readonly method: string;
  readonly headers: HeadersLike;
  /** Reads the body, judging its length as it comes. */
  read(internals: Internals, timeoutMs: number): Promise<string | Uint8Array> | string | Uint8Array;
  /** Keeps the platform from ending what runs after the answer. */
  waitUntil?: ((promise: Promise<unknown>) => unknown) | undefined;
  /** What the framework hands over beside the request; handlers get it, too. */
  readonly rest: readonly unknown[];
}

/** The order of everything, the same in every framework: what to answer to one request. It never rejects. */
export function receiver(webhook: unknown, handlers: unknown, options: ReceiveOptions = {}): (exchange: Exchange) => Promise<Answer> {
  const internals = internalsOf(webhook);
  const settings = settingsOf(internals, options);
  const dispatch = dispatchOf(internals, handlers);

  /** Never rejects. */
  const refuse = (thrown: unknown): Answer => {
    const error = internals.isError(thrown) ? thrown : internals.error("internal", { cause: thrown });
    // Decided before anybody sees the error, who could change it.
    const answer = refusalOf(error);
    report(settings, error);
    return answer;
  };

  return async (exchange) => {
    try {
      const values = internals.checkRequest(exchange.method, exchange.headers, Date.now());
      const body = await exchange.read(internals, settings.bodyTimeoutMs);
      const delivery = internals.verify(body, values, Date.now());
      const matching = dispatch(delivery.event);
      if (matching.length === 0) return answerOf("ignored");
      const handleOnce = async (): Promise<Answer> => {
        try {
          const claiming = claim(internals, settings, delivery.id);
          const claimed = claiming instanceof Promise ? await claiming : claiming;
          if (!claimed.isOurs) return answerOf("duplicate");
          const handled = (async () => {
            try {
              await inTurn(matching, internals, settings, (handler) => handler(delivery.event, delivery, ...exchange.rest));
              return answerOf("handled");
            } catch (cause) {
              await claimed.release();
              return refuse(internals.error("handler_failed", { cause }));
            }
          })();
          if (!settings.background) return await handled;
          keepAlive(exchange, settings, handled);
          return answerOf("accepted");
        } catch (thrown) {
          return refuse(thrown);
        }
      };
      const answer = handleOnce();
      // Where the platform ends what runs for a client that has gone, the event would count as handled.
      if (!settings.background) keepAlive(exchange, settings, answer);
      return await answer;
    } catch (thrown) {
      return refuse(thrown);
    }
  };
}

/** The platform gets a promise of its own: whoever has the one that is awaited could change the answer through it. */
function keepAlive({ waitUntil }: Exchange, { logger }: Settings, work: Promise<unknown>): void {
  if (!waitUntil) return;
  const done = work.then(() => undefined);
  quietly(
    () => waitUntil(done),
    (cause) => log(logger, "warn", `waitUntil failed, so the platform may end a handler before it is done (${textOf(cause)})`),
  );
}

/** Runs one after the other, and says so while they take longer than the sender waits for. */
async function inTurn(
  handlers: readonly AnyHandler[],
  { limits }: Internals,
  { logger, background }: Settings,
  run: (handler: AnyHandler) => unknown,
): Promise<void> {
  const slow = () =>
    log(logger, "warn", `a handler is taking longer than ${limits.slowHandlerMs} ms, and the sender gives up at 5000: set background: true`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for (const handler of handlers) {
      const result = called(() => run(handler));
      if (!(result instanceof Promise)) continue;
      if (!background) timer ??= setTimeout(slow, limits.slowHandlerMs);
      await result;
    }
  } finally {
    clearTimeout(timer);
  }
}
