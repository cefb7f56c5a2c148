import type { Code } from "../errors.js";
import type { Secret, WebhookOptions } from "../options.js";
import type { Cause } from "./causes.js";

/** What is wrong with a request. */
export interface Diagnosis {
  /** The code with which it is refused; `null` if it is authentic. */
  readonly verdict: Code | null;
  /** What is wrong, what is proved first; nothing if it is authentic. */
  readonly findings: readonly Finding[];
  /** Whether all was tried. If not, the body was too large to try two mistakes together, or there was too much to hash. */
  readonly isComplete: boolean;
}

/** One thing that is wrong. */
export interface Finding {
  /** A word that programs compare. */
  readonly code: Cause;
  /** What happened, with what this request shows of it. */
  readonly cause: string;
  /** What to do about it. */
  readonly remedy: string;
  /** `proved`: once this and the other proved mistakes are undone, the signature is right. `likely`: the request looks like it. */
  readonly certainty: "proved" | "likely";
}

/** What else is known of the request. */
export interface DiagnoseByOptions {
  /** When it arrived, as a date or in milliseconds since the Unix epoch; the clock's time unless set. */
  now?: Date | number | undefined;
  /** The request's method. */
  method?: string | undefined;
  /** The whole address that the request was sent to. */
  url?: string | undefined;
  /** Secrets of other webhooks, with one of which it may have been signed. */
  otherSecrets?: readonly Secret[] | undefined;
}

/** With the options of the webhook that refused it. */
export interface DiagnoseOptions extends DiagnoseByOptions, WebhookOptions {}
