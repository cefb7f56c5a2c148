import type { WebhookVerificationError } from "../errors.js";

/** What is sent back: what came of the delivery, or the code of why it was refused, never the reason. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Outcome = "handled" | "duplicate" | "ignored" | "accepted";

export function answerOf(outcome: Outcome): Answer {
  return ANSWERS[outcome];
}

export function refusalOf(error: WebhookVerificationError): Answer {
  const { code, status } = error;
  const headers = code === "method_not_allowed" ? { ...JSON_TEXT, allow: "POST" } : JSON_TEXT;
  return { status, headers, body: JSON.stringify({ code }) };
}

const JSON_TEXT = { "content-type": "application/json" };
const success = (outcome: Outcome): Answer => ({ status: 200, headers: JSON_TEXT, body: JSON.stringify({ outcome }) });
const ANSWERS: Readonly<Record<Outcome, Answer>> = {
  handled: success("handled"),
  duplicate: success("duplicate"),
  ignored: success("ignored"),
  accepted: success("accepted"),
};
