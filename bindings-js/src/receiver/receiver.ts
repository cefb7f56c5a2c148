import type { Answer, Constants } from "../engine.js";
import { readOptions } from "../option-values.js";
import { WEBHOOK } from "../options.js";
import { Course } from "./course.js";
import type { Exchange } from "./exchange.js";
import { routesOf } from "./handlers.js";
import { type Core, checkDiagnosis, internalsOf, noWebhook, registered } from "./internals.js";
import { type Drainable, Running } from "./running.js";
import { log, type Logger, RECEIVE, type ReceiveOptions, settingsOf } from "./settings.js";
import type { Receiving } from "./telling.js";
import type { AnyFindWebhook } from "./webhook-source.js";

export type { Exchange } from "./exchange.js";

/** What every framework's receiver is made of: a request's way through the core's state machine. */
export interface Receiver extends Drainable {
  /** Rejects only if `give` throws. */
  answer<Given>(exchange: Exchange, give: (answer: Answer) => Given): Promise<Given>;
  readonly constants: Constants;
  readonly logger: Logger | null;
  /** The options as they were read: those of the framework, too. */
  readonly options: object;
}

export function receiver(source: unknown, handlers: unknown, given: ReceiveOptions<never> = {}, names = RECEIVE): Receiver {
  const options = readOptions("receive", given, names, { of: "Webhook", names: WEBHOOK });
  const webhook = typeof source === "function" ? (source as AnyFindWebhook) : internalsOf(source);
  if (!webhook) throw noWebhook(source);
  const first = typeof webhook === "function" ? registered() : webhook.core;
  if (!first) throw new TypeError("nothing of twenty-webhook is loaded that could make a webhook: import it before the receiver is made");
  const { patterns, functions } = routesOf(handlers);
  const settings = settingsOf(first, options);
  if (typeof webhook !== "function") checkDiagnosis(webhook, settings);
  const running = new Running();
  const receivings = new Map<Core, Receiving>();
  const open = (core: Core): Receiving => {
    const opened = core.openReceiver(patterns, settings, typeof webhook === "function" ? undefined : webhook.webhook);
    const receiving = { ...opened, core, settings, functions, running, webhook, over };
    receivings.set(core, receiving);
    return receiving;
  };
  const over = (core: Core) => receivings.get(core) ?? open(core);
  const receiving = open(first);
  for (const warning of receiving.facts.warnings) log(settings.logger, "warn", warning);
  if (settings.wantsDebug && first.backendReason) log(settings.logger, "debug", `the backend is wasm: ${first.backendReason}`);
  return {
    answer: (exchange, give) => new Course(receiving, exchange).run(give),
    drain: () => running.drained(),
    constants: first.constants,
    logger: settings.logger,
    options,
  };
}
