import type { Delivery } from "../delivery.js";
import type { EventFacts, Notice, OutcomeWord } from "../engine.js";
import type { Code, WebhookVerificationError } from "../errors.js";
import type { WebhookEvent } from "../events.js";

/** Whatever it throws, or rejects with, is logged and changes nothing. */
export type OnError<Request = unknown> = (error: WebhookVerificationError, failed: Failed<Request>) => unknown;

/** What an error is about. */
export interface Failed<Request = unknown> {
  /** The whole of it, to be kept; `null` where the request was refused before it was verified. */
  readonly delivery: Delivery | null;
  readonly event: WebhookEvent | null;
  /** What the framework passes first. */
  readonly request: Request;
}

/** Whatever it throws, or rejects with, is logged and changes nothing. */
export type OnOutcome<Request = unknown> = (outcome: Outcome<Request>) => unknown;

/** What became of a request: no record, no secret, no signature. */
export interface Outcome<Request = unknown> {
  /**
   * `handled`; `duplicate`, which somebody claimed before; `ignored`, which no route is for; `accepted`, which is handled in the
   * background; `refused` before a handler was called; `failed`, which its handler did.
   */
  readonly outcome: OutcomeWord;
  /** Why it was refused or failed. */
  readonly code: Code | null;
  /** The HTTP status; of a handler in the background, the one it would have had. */
  readonly status: number;
  /** Since the receiver got the request's head. */
  readonly durationMs: number;
  /** `null` where the request was refused before it was verified. */
  readonly delivery: { readonly id: string; readonly timestamp: Date; readonly secretIndex: number } | null;
  readonly event: EventFacts | null;
  /** The name of the webhook, where it is known and has one. */
  readonly webhook: string | null;
  /** What the framework passes first. */
  readonly request: Request;
}

/** @internal */
export function outcomeOf({ outcome, code, status, delivery, event, webhook }: Notice, durationMs: number, request: unknown): Outcome {
  return {
    outcome: outcome as OutcomeWord,
    code: (code ?? null) as Code | null,
    status: status as number,
    durationMs,
    delivery: delivery ? { ...delivery, timestamp: new Date(delivery.timestamp) } : null,
    event: event ?? null,
    webhook: webhook ?? null,
    request,
  };
}
