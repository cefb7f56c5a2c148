import { type Failure, isFailure } from "./engine.js";
import { own } from "./own.js";

const verification = [
  "payload_too_large",
  "missing_header",
  "repeated_header",
  "malformed_timestamp",
  "timestamp_too_old",
  "timestamp_too_new",
  "malformed_signature",
  "signature_mismatch",
  "payload_not_utf8",
  "payload_not_json",
  "payload_too_deep",
] as const;

const configuration = [
  "secret_empty",
  "secret_has_whitespace",
  "secret_has_invisible_characters",
  "secret_not_utf8",
  "too_many_secrets",
  "invalid_tolerance",
  "invalid_max_body_bytes",
  "invalid_header_prefix",
  "invalid_payload_form",
  "invalid_name",
  "invalid_timestamp",
  "invalid_nonce",
  "invalid_ttl",
] as const;

const receiver = [
  "method_not_allowed",
  "body_timeout",
  "unsupported_content_encoding",
  "malformed_content_length",
  "not_a_request",
  "unknown_webhook",
  "webhook_unavailable",
  "body_already_read",
  "handler_failed",
  "replay_store_unavailable",
] as const;

/** Every code, in the order of the documentation. */
export const codes = [...verification, ...configuration, ...receiver, "internal"] as const;

/** What went wrong, as a word that programs compare: the same in every language, within a major version. */
export type Code = (typeof codes)[number];

/** Why a delivery is refused, by `verify` and by receivers. */
export type VerificationCode = (typeof verification)[number] | "internal";

/** What cannot be meant when a webhook or a receiver is made, or something is signed. */
export type ConfigurationCode = (typeof configuration)[number] | "internal";

/** What else receivers and `verifyRequest` end a request with. */
export type ReceiverCode = (typeof receiver)[number] | "internal";

/** What a request is answered with where it has such a code. */
export type Status = 400 | 401 | 404 | 405 | 408 | 413 | 415 | 500 | 503;

/** Entries, formats and copies of this package bring classes of their own: an error of one is an error of all. */
const ERROR = Symbol.for("twenty-webhook/error/1");
const VERIFICATION_ERROR = Symbol.for("twenty-webhook/verification-error/1");

/** What `instanceof` asks, of a class whose instances have the mark; of one derived from it as ever. */
function isInstance(asked: unknown, marked: unknown, mark: symbol, value: unknown): boolean {
  if (asked !== marked) return Function.prototype[Symbol.hasInstance].call(asked as () => unknown, value);
  return typeof value === "object" && value !== null && mark in value;
}

/** Something that cannot be used, or a delivery that is not to be trusted. Its message is for the log. */
export class WebhookError extends Error {
  override readonly name: string = "WebhookError";
  readonly code: Code;
  /** Where in the JSON text, in UTF-8 bytes, if it is a text that was refused. */
  readonly offset: number | undefined;

  /** @internal */
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.code = failure.code as Code;
    this.offset = own(failure, "offset");
  }

  /** @internal */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, WebhookError, ERROR, value);
  }

  /** @internal */
  get [ERROR](): true {
    return true;
  }
}

/**
 * A delivery that is not to be trusted, or cannot be read; of receivers, also one that could not be handled, with what the
 * handler or the store threw as its `cause`.
 */
export class WebhookVerificationError extends WebhookError {
  override readonly name = "WebhookVerificationError";
  declare readonly code: VerificationCode | ReceiverCode;
  /** The HTTP status to answer with; the answer carries the code at most. */
  readonly status: Status;

  /** @internal */
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure, options);
    this.status = (own(failure, "status") ?? 500) as Status;
  }

  /** @internal */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, WebhookVerificationError, VERIFICATION_ERROR, value);
  }

  /** @internal */
  get [VERIFICATION_ERROR](): true {
    return true;
  }
}

type ErrorClass = new (failure: Failure, options?: ErrorOptions) => WebhookError;

/**
 * Calls into an engine: what it refuses is thrown as the language's error, and what it throws is a fault of ours, never
 * anybody else's exception.
 */
export function guard<T>(error: ErrorClass, action: () => T | Failure): T {
  let result: T | Failure;
  try {
    result = action();
  } catch (cause) {
    throw internal(error, cause);
  }
  if (isFailure(result)) throw new error(result);
  return result;
}

/** What is thrown in place of what an engine throws. */
export function internal(error: ErrorClass, cause: unknown): WebhookError {
  return new error(INTERNAL, { cause });
}

const INTERNAL: Failure = {
  code: "internal",
  status: 500,
  message: "An internal fault of this library: please report it.",
};
