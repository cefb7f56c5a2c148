import { kindOf } from "../body.js";
import type { Delivery } from "../delivery.js";
import type { Constants, EngineMemory, EngineReceiver, EngineWebhook, ReceiverFacts } from "../engine.js";
import type { WebhookVerificationError } from "../errors.js";
import type { HeadersLike, Values } from "../headers.js";
import type { ReplayStore } from "../replay/store.js";
import type { Settings } from "./settings.js";

/**
 * What receivers ask of a webhook beside its public face. They reach it through the webhook and load no engine themselves,
 * so one build of them serves every runtime. By name: the ECMAScript and the CommonJS copy of this package may meet.
 */
export interface Internals {
  readonly webhook: EngineWebhook;
  /** The largest body that is looked at. */
  readonly atMost: number;
  readonly constants: Constants;
  /** A receiver of this webhook. Throws for routes and options that cannot be meant. */
  openReceiver(patterns: string[] | undefined, settings: Settings): { machine: EngineReceiver; facts: ReceiverFacts };
  /** What of a request's head matters. Throws a `TypeError` for what is no headers. */
  head(headers: HeadersLike): Head;
  /** Tells a body: the turn. */
  tellBody(machine: EngineReceiver, exchange: number, content: string | Uint8Array, head: Head, now: number): number;
  /** The delivery of the body told last, by its turn. */
  delivery(turn: number, content: string | Uint8Array, head: Head): Delivery;
  memoryReplayStore(): ReplayStore;
  /** The memory of a store that a receiver of this webhook can ask by itself. */
  memoryOf(store: ReplayStore | null): EngineMemory | undefined;
  error(failure: { code: string; status?: number; message?: string }, cause?: unknown): WebhookVerificationError;
}

export interface Head {
  readonly values: Values;
  readonly contentEncoding: string | undefined;
  readonly contentLength: string | undefined;
}

export const INTERNALS = Symbol.for("twenty-webhook/internals/1");

export function internalsOf(webhook: unknown): Internals {
  const internals = (webhook as { [INTERNALS]?: Internals } | null | undefined)?.[INTERNALS];
  if (!internals) throw new TypeError(`webhook must be a Webhook of twenty-webhook, not ${kindOf(webhook)}`);
  return internals;
}
