// Deliveries, signed by Node's crypto.
import { createHmac } from "node:crypto";

export const SECRET = "the secret of these tests";
export const BODY = '{"eventName":"person.created","objectMetadata":{"id":"1","nameSingular":"person"},"webhookId":"2","workspaceId":"3","record":{"id":"7","name":{"firstName":"Zoë","lastName":"Łuczak"},"tags":[]}}';
export const SENT_AT = 1_735_066_639_761;

export function signature(body, secret = SECRET, sentAt = SENT_AT) {
  return createHmac("sha256", secret).update(`${sentAt}:`).update(body).digest("hex");
}

export function headersOf(body, secret = SECRET, sentAt = SENT_AT) {
  return { "X-Twenty-Webhook-Timestamp": String(sentAt), "X-Twenty-Webhook-Signature": signature(body, secret, sentAt), "Content-Type": "application/json" };
}

export function linesOf(headers) {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join("\n");
}
