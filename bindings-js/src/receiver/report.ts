import type { WebhookVerificationError } from "../errors.js";
import type { Settings } from "./options.js";

/** Tells the log and `onError`. Nothing they do changes what is answered. */
export function report({ logger, onError }: Settings, error: WebhookVerificationError): void {
  const isOurs = OURS.has(error.code);
  log(logger, isOurs ? "error" : "warn", `${error.code}: ${error.message}${causeOf(error)}`);
  if (!onError) return;
  const failed = () => log(logger, "error", "onError itself failed");
  try {
    Promise.resolve(onError(error)).catch(failed);
  } catch {
    failed();
  }
}

export function log(logger: Settings["logger"], level: "warn" | "error", line: string): void {
  try {
    logger?.[level](`twenty-webhook: ${line}`);
  } catch {
    // There is no one left to tell.
  }
}

/** What is to be mended here, not at the sender's. */
const OURS: ReadonlySet<string> = new Set(["body_already_read", "handler_failed", "replay_store_unavailable", "internal"]);

/** Of the handler's or the store's own error. */
function causeOf({ cause }: WebhookVerificationError): string {
  try {
    if (cause === undefined) return "";
    return ` (${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)})`;
  } catch {
    return "";
  }
}
