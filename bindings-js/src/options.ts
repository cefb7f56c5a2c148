import { isUint8Array, kindOf, readBody } from "./body.js";
import { type Engine, type EngineWebhook } from "./engine.js";
import { WebhookError, guard } from "./errors.js";
import { wtf8 } from "./text.js";

/**
 * The secret Twenty shows for the webhook; while it is being changed the new and the old one, at most four. Bytes are its text
 * in UTF-8, and are judged as text is.
 */
export type Secret = string | Uint8Array | readonly (string | Uint8Array)[];

/** What is left out has the core's default. */
export interface WebhookOptions {
  /** How far the timestamp may be from now, on either side; 300 unless set. */
  toleranceSeconds?: number;
  /** The largest body that is looked at; 1,048,576 unless set. */
  maxBodyBytes?: number;
  /** What the header names begin with, for rebranded servers; `X-Twenty-Webhook-` unless set. */
  headerPrefix?: string;
  /** What the signature is taken to be over; `raw`, the bytes as received, unless set. */
  payloadForm?: PayloadForm;
  /**
   * What the webhook is called, for receivers of several: after its workspace, say. It is part of the key under which a delivery
   * is claimed, so one workspace cannot claim what another sends, and it is in the log. 1 to 128 bytes; none unless set.
   */
  name?: string;
}

export type PayloadForm = "raw" | "canonical" | "jsonString";

export interface VerifyOptions {
  /** The time of arrival, as a date or in milliseconds since the Unix epoch; the clock's unless set. */
  now?: Date | number;
}

export interface SignOptions {
  /** When it is sent, as a date or in milliseconds since the Unix epoch; the clock's unless set. */
  timestamp?: Date | number;
  /** 32 lowercase hex digits; random unless set. */
  nonce?: string;
}

export function openWith(engine: Engine, secret: Secret, options: WebhookOptions): { webhook: EngineWebhook; name: string | null } {
  const secrets = listOf(secret).map(bytesOf);
  const toleranceSeconds = check(options, "toleranceSeconds", "number");
  const maxBodyBytes = check(options, "maxBodyBytes", "number");
  const headerPrefix = check(options, "headerPrefix", "string");
  const payloadForm = check(options, "payloadForm", "string");
  const name = check(options, "name", "string");
  const webhook = guard(WebhookError, () =>
    engine.open(secrets, toleranceSeconds, maxBodyBytes, headerPrefix, payloadForm, name),
  );
  return { webhook, name: name ?? null };
}

function bytesOf(secret: unknown): Uint8Array {
  if (typeof secret === "string") return wtf8(secret);
  if (isUint8Array(secret)) return Uint8Array.from(readBody(secret, "secret") as Uint8Array);
  throw new TypeError(`secret must be text, bytes or an array of such, not ${kindOf(secret)}`);
}

function listOf(secret: unknown): unknown[] {
  try {
    return Array.isArray(secret) ? Array.from(secret as unknown[]) : [secret];
  } catch (cause) {
    throw new TypeError("the list of secrets could not be read", { cause });
  }
}

interface Kinds {
  number: number;
  string: string;
  boolean: boolean;
  function: (...values: never[]) => unknown;
}

/** The option's value, if it has one. */
export function check<Kind extends keyof Kinds>(options: object, name: string, kind: Kind): Kinds[Kind] | undefined {
  const value = read(options, name);
  if (value !== undefined && typeof value !== kind) {
    throw new TypeError(`${name} must be a ${kind}, not ${kindOf(value)}: leave it out for the default`);
  }
  return value as Kinds[Kind] | undefined;
}

/** Whole milliseconds since the Unix epoch, if the option has a value. */
export function instant(options: object, name: string): number | undefined {
  const value = read(options, name);
  if (value === undefined) return undefined;
  const millis = typeof value === "object" ? millisOf(value) : value;
  if (typeof millis !== "number") {
    throw new TypeError(`${name} must be a Date or milliseconds since the Unix epoch, not ${kindOf(value)}`);
  }
  if (!(millis >= 0) || millis === Infinity) {
    throw new RangeError(`${name} must be a valid time at or after 1970, not ${millis}`);
  }
  return Math.floor(millis);
}

/** Of a date of any realm, and of nothing that only looks like one. */
function millisOf(value: unknown): number | undefined {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}

function read(options: object, name: string): unknown {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`options must be an object, not ${kindOf(options)}`);
  }
  try {
    return (options as Record<string, unknown>)[name];
  } catch (cause) {
    throw new TypeError(`the option ${name} could not be read`, { cause });
  }
}
