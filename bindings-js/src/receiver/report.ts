import type { WebhookVerificationError } from "../errors.js";
import { quietly, textOf } from "./guarded.js";
import type { Settings } from "./options.js";

/** Tells the log and `onError`. Nothing they do changes what is answered. */
export function report({ logger, onError }: Settings, error: WebhookVerificationError): void {
  const { code, message, cause } = error;
  const because = cause === undefined ? "" : ` (${textOf(cause, "stack")})`;
  log(logger, OURS.has(code) ? "error" : "warn", `${code}: ${message}${because}`);
  quietly(
    () => onError?.(error),
    () => log(logger, "error", "onError itself failed"),
  );
}

/** Where it fails, there is no one left to tell. */
export function log(logger: Settings["logger"], level: "warn" | "error", line: string): void {
  quietly(() => logger?.[level](`twenty-webhook: ${line}`));
}

/** What is to be mended here, not at the sender's. */
const OURS: ReadonlySet<string> = new Set(["body_already_read", "handler_failed", "replay_store_unavailable", "internal"]);
