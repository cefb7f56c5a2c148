import type { Answer } from "../engine.js";
import { Course, type Exchange } from "./course.js";
import { routesOf } from "./handlers.js";
import { internalsOf } from "./internals.js";
import { log, type ReceiveOptions, settingsOf } from "./settings.js";

export type { Exchange } from "./course.js";

/** What every framework's receiver is: a request's way through the core's state machine. It never rejects. */
export function receiver(webhook: unknown, handlers: unknown, options: ReceiveOptions = {}): (exchange: Exchange) => Promise<Answer> {
  const internals = internalsOf(webhook);
  const { patterns, functions } = routesOf(handlers);
  const settings = settingsOf(internals, options);
  const { machine, facts } = internals.openReceiver(patterns, settings);
  for (const warning of facts.warnings) log(settings.logger, "warn", warning);
  const receiving = { internals, settings, machine, memory: internals.memoryOf(settings.store), facts, functions };
  return (exchange) => new Course(receiving, exchange).run();
}
