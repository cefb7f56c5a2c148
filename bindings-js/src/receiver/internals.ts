import { kindOf } from "../body.js";
import type { Delivery } from "../delivery.js";
import type { Constants, EngineReceiver, EngineWebhook, ReceiverFacts } from "../engine.js";
import type { WebhookVerificationError } from "../errors.js";
import type { HeadersLike, Values } from "../headers.js";
import type { ReplayStore } from "../replay/store.js";
import type { Settings } from "./settings.js";

/**
 * What receivers ask of a webhook beside its public face. They reach it through the webhook and load no engine themselves,
 * so one build of them serves every runtime. By name: the ECMAScript and the CommonJS copy of this package may meet.
 */
export interface Internals {
  readonly core: Core;
  readonly webhook: EngineWebhook;
  /** The largest body that is looked at. */
  readonly atMost: number;
  /** The signature headers of a request, then what `head` gives. Throws a `TypeError` for what is no headers. */
  values(headers: HeadersLike): Values;
}

/** What receivers ask of an engine. Webhooks of one engine share it. */
export interface Core {
  readonly constants: Constants;
  /** Why it is not the native one, where that was looked for. */
  readonly backendReason: string | null;
  /** Whether its webhooks and receivers can diagnose. */
  readonly diagnoses: boolean;
  /** A receiver, of this webhook if it is known. Throws for routes and options that cannot be meant. */
  openReceiver(patterns: string[] | undefined, settings: Settings, webhook?: EngineWebhook): Opened;
  /** What of a request's head needs no webhook: the coding and the length of its content. Throws a `TypeError` for what is no headers. */
  head(headers: HeadersLike): Values;
  /** Tells a body: the turn. */
  tellBody(machine: EngineReceiver, exchange: number, content: string | Uint8Array, now: number): number;
  /** The delivery of the body told last, by its turn and its headers. */
  delivery(machine: EngineReceiver, turn: number, content: string | Uint8Array, values: Values): Delivery;
  memoryReplayStore(): ReplayStore;
  error(failure: { code: string; status?: number; message?: string }, cause?: unknown): WebhookVerificationError;
}

export interface Opened {
  readonly machine: EngineReceiver;
  readonly facts: ReceiverFacts;
}

export const INTERNALS = Symbol.for("twenty-webhook/internals/1");
const CORE = Symbol.for("twenty-webhook/core/1");

export function internalsOf(webhook: unknown): Internals | undefined {
  return (webhook as { [INTERNALS]?: Internals } | null | undefined)?.[INTERNALS];
}

/**
 * Leaves an engine where receivers find it that have no webhook before their first request: a receiver's routes are judged when
 * it is made, and a request's method before its webhook is looked for.
 */
export function register(core: Core): void {
  if (!registered()) Reflect.set(globalThis, CORE, core);
}

/** Of the entry that was loaded first. */
export function registered(): Core | undefined {
  return (globalThis as { [CORE]?: Core })[CORE];
}

/** Throws where a receiver is to diagnose, and the webhook comes from an entry that cannot. */
export function checkDiagnosis({ core }: Internals, { diagnose }: Settings): void {
  if (!diagnose || core.diagnoses) return;
  throw new TypeError('the option diagnose needs a webhook that can diagnose: import Webhook from "twenty-webhook/diagnose"');
}

/** What is given in the place of a webhook. */
export function noWebhook(given: unknown): TypeError {
  return new TypeError(`webhook must be a Webhook of twenty-webhook, or a function that finds one, not ${kindOf(given)}`);
}
