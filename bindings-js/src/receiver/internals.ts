import { kindOf } from "../body.js";
import type { Delivery } from "../delivery.js";
import type { WebhookVerificationError } from "../errors.js";
import type { WebhookEvent } from "../events.js";
import type { HeadersLike, Values } from "../headers.js";
import type { ReplayStore } from "../replay/store.js";

/**
 * What receivers ask of a webhook beside its public face. They reach it through the webhook and load no engine themselves,
 * so one build of them serves every runtime. By name: the ECMAScript and the CommonJS copy of this package may meet.
 */
export interface Internals {
  /** Throws what a request is to be refused for before its body is read; else what was picked of its headers. */
  checkRequest(method: string, headers: HeadersLike, now: number): Values;
  checkBodyLength(bytes: number): void;
  verify(body: string | Uint8Array, values: Values, now: number): Delivery;
  replayPolicy(ttlSeconds: number | undefined): { ttlMs: number; windowMs: number };
  matches(event: WebhookEvent, pattern: string): boolean;
  isPattern(pattern: string): boolean;
  error(code: WebhookVerificationError["code"], options?: { reason?: string; cause?: unknown }): WebhookVerificationError;
  isError(thrown: unknown): thrown is WebhookVerificationError;
  memoryReplayStore(): ReplayStore;
  readonly defaultNamespace: string;
  readonly limits: Limits;
}

/** The core's, in milliseconds. */
export interface Limits {
  readonly bodyTimeoutMs: number;
  readonly slowHandlerMs: number;
  readonly storeTimeoutMs: number;
}

export const INTERNALS = Symbol.for("twenty-webhook/internals/1");

export function internalsOf(webhook: unknown): Internals {
  const internals = (webhook as { [INTERNALS]?: Internals } | null | undefined)?.[INTERNALS];
  if (!internals) throw new TypeError(`webhook must be a Webhook of twenty-webhook, not ${kindOf(webhook)}`);
  return internals;
}
