import { isUint8Array, kindOf, readBody } from "./body.js";
import type { Engine, EngineWebhook, WebhookSettings } from "./engine.js";
import { WebhookError, guard } from "./errors.js";
import { check, namesOf } from "./option-values.js";
import { wtf8 } from "./text.js";

/**
 * The secret Twenty shows for the webhook; while it is being changed the new and the old one, at most four. Bytes are its text
 * in UTF-8, and are judged as text is.
 */
export type Secret = string | Uint8Array | readonly (string | Uint8Array)[];

/** What is left out has the core's default. */
export interface WebhookOptions {
  /** How far the timestamp may be from now, on either side; 300 unless set. */
  toleranceSeconds?: number | undefined;
  /** The largest body that is looked at; 1,048,576 unless set. */
  maxBodyBytes?: number | undefined;
  /** What the header names begin with, for rebranded servers; `X-Twenty-Webhook-` unless set. */
  headerPrefix?: string | undefined;
  /** What the signature is taken to be over; `raw`, the bytes as received, unless set. */
  payloadForm?: PayloadForm | undefined;
  /**
   * What the webhook is called, for receivers of several: after its workspace, say. It is part of the key under which a delivery
   * is claimed, so one workspace cannot claim what another sends, and it is in the log. 1 to 128 bytes; none unless set.
   */
  name?: string | undefined;
}

export type PayloadForm = "raw" | "canonical" | "jsonString";

export interface VerifyOptions {
  /** The time of arrival, as a date or in milliseconds since the Unix epoch; the clock's unless set. */
  now?: Date | number | undefined;
  /** Copies the body's bytes before they are verified, so that whoever changes them later does not change the delivery. */
  copy?: boolean | undefined;
}

/** The bytes of a `Request` are read by whoever verifies it, and nobody else has them. */
export type VerifyRequestOptions = Omit<VerifyOptions, "copy">;

export interface SignOptions {
  /** When it is sent, as a date or in milliseconds since the Unix epoch; the clock's unless set. */
  timestamp?: Date | number | undefined;
  /** 32 lowercase hex digits; random unless set. */
  nonce?: string | undefined;
}

/** @internal What each function knows. */
export const WEBHOOK = namesOf<WebhookOptions>({ toleranceSeconds: true, maxBodyBytes: true, headerPrefix: true, payloadForm: true, name: true });
export const VERIFY = namesOf<VerifyOptions>({ now: true, copy: true });
export const VERIFY_REQUEST = namesOf<VerifyRequestOptions>({ now: true });
export const SIGN = namesOf<SignOptions>({ timestamp: true, nonce: true });

export function openWith(engine: Engine, secret: Secret, options: WebhookOptions): { webhook: EngineWebhook; name: string | null } {
  const secrets = bytesOfAll(secret, "secret");
  const settings = settingsOf(options);
  const webhook = guard(WebhookError, () => engine.open(secrets, ...settings));
  return { webhook, name: settings[4] ?? null };
}

export function settingsOf(options: WebhookOptions): WebhookSettings {
  const toleranceSeconds = check(options, "toleranceSeconds", "number");
  const maxBodyBytes = check(options, "maxBodyBytes", "number");
  const headerPrefix = check(options, "headerPrefix", "string");
  const payloadForm = check(options, "payloadForm", "string");
  const name = check(options, "name", "string");
  return [toleranceSeconds, maxBodyBytes, headerPrefix, payloadForm, name];
}

export function bytesOfAll(secret: unknown, what: string): Uint8Array[] {
  return listOf(secret, what).map((one) => bytesOf(one, what, "text, bytes or an array of such"));
}

export function bytesOf(secret: unknown, what: string, expected = "text or bytes"): Uint8Array {
  if (typeof secret === "string") return wtf8(secret);
  if (isUint8Array(secret)) return Uint8Array.from(readBody(secret, what) as Uint8Array);
  throw new TypeError(`${what} must be ${expected}, not ${kindOf(secret)}`);
}

export function listOf(secret: unknown, what: string): unknown[] {
  try {
    return Array.isArray(secret) ? Array.from(secret as unknown[]) : [secret];
  } catch (cause) {
    throw new TypeError(`the list of ${what} could not be read`, { cause });
  }
}
