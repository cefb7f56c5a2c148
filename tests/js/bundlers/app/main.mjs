import { Webhook, WebhookVerificationError, backend, canonicalize } from "twenty-webhook";
import { fiveCases } from "./cases.mjs";

globalThis.fiveCases = fiveCases({ Webhook, WebhookVerificationError, backend, canonicalize });
