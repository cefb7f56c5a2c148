// The genuine delivery that mistakes are made of: its payload as V8 prints it, signed by node:crypto.
import { createHmac } from "node:crypto";

export const SECRET = "3f8a1c5d9e7b2046a8c3e1f59d7b60244e8f1a6c3d5b79e0f2a4c6e8b0d1f357";
export const SENT_AT = 1735066639761;
export const NOW = 1735066639998;
export const NONCE = "0c8f3e5a7b9d1f2e4a6c8e0b2d4f6a81";
export const URL = "https://hooks.example.com/twenty?token=abc&to=crm";

// Letters of three scripts, signs that some escape, numbers that others print otherwise, an empty object, a date that ends in 0.
const EVENT = {
  targetUrl: URL,
  eventName: "person.updated",
  objectMetadata: { id: "0f1e1d2c-3b4a-4697-8889-7a6b5c4d3e2f", nameSingular: "person" },
  workspaceId: "20202020-1c25-4d02-bf25-6aeccf7ea000",
  webhookId: "7d1f5c0a-2b3e-4a5d-9c8f-1e2d3c4b5a69",
  eventDate: "2024-12-24T18:57:19.761Z",
  record: {
    id: "20202020-1c25-4d02-bf25-6aeccf7ea419",
    createdAt: "2024-12-20T08:00:00.700Z",
    updatedAt: "2024-12-24T18:57:19.760Z",
    deletedAt: null,
    name: { firstName: "Zoë", lastName: "O'Brien-Łuczak" },
    emails: { primaryEmail: "zoe+crm@example.com", additionalEmails: [] },
    jobTitle: 'Head of R&D <"Labs">',
    city: "Saint-Étienne",
    intro: "Première ligne\nDeuxième \\ ligne",
    position: -1.5,
    score: 0.00001,
    reach: 1e21,
    isActive: true,
    createdBy: { source: "MANUAL", workspaceMemberId: null, name: "株式会社 😀", context: {} },
    companyId: "20202020-3ec3-4fe3-8997-b76aa0bfa408",
  },
  updatedFields: ["jobTitle", "city"],
};

export const PAYLOAD = JSON.stringify(EVENT);
// All of its letters are in Latin-1, and in Windows-1252.
export const WESTERN = replaced(PAYLOAD, "Łuczak", "Söhne", "株式会社 😀", "Société Générale");
export const WINDOWS = replaced(WESTERN, "Société", "5 € – “Société”");

export const signature = (text, secret = SECRET) => createHmac("sha256", secret).update(text).digest("hex");

// As Twenty sends it. `timestamp` and `signature` are what the headers hold.
export function headers({ payload = PAYLOAD, timestamp = SENT_AT, signed, prefix = "X-Twenty-Webhook-" } = {}) {
  return [
    ["Content-Type", "application/json"],
    ["User-Agent", "axios/1.13.2"],
    [`${prefix}Timestamp`, `${timestamp}`],
    [`${prefix}Signature`, signed ?? signature(`${timestamp}:${payload}`)],
    [`${prefix}Nonce`, NONCE],
  ];
}

function replaced(text, ...pairs) {
  let changed = text;
  for (let at = 0; at < pairs.length; at += 2) changed = changed.replaceAll(pairs[at], pairs[at + 1]);
  return changed;
}
