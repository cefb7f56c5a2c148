// What hosts hand over: fetch's Request, Node's incoming headers and buffers; and what tests hand over to hosts.
import type { IncomingMessage } from "node:http";
import { Webhook } from "twenty-webhook";
import { sample, signedDelivery, signedRequest } from "twenty-webhook/testing";

const webhook = new Webhook(Buffer.from("s"));

export async function receive(request: Request): Promise<string> {
  return webhook.verify(await request.arrayBuffer(), request.headers).id;
}

export function handle(request: IncomingMessage, body: Buffer): string {
  webhook.verify(body, Object.entries(request.headersDistinct));
  webhook.verify(body, new Headers({ a: "b" }));
  return webhook.verify(body, request.headers).id;
}

const person = sample("person.created", { record: { city: "Lyon" } });
export const known: [string, string | null | undefined] = [person.record.id, person.record.city];
export const custom: unknown = sample("rocket.created").record["thrust"];
export const after: Record<string, unknown> | undefined = sample("metadata.objectMetadata.updated").event.properties.after;
// @ts-expect-error Records of metadata are no records.
export const none: unknown = sample("metadata.objectMetadata.updated").record;
// @ts-expect-error A city is no number.
export const wrong: number = person.record.city;
// @ts-expect-error Only a webhook signs.
signedDelivery("a secret", person);
export const sent: [string, Record<string, string>, Promise<string>] = [
  signedDelivery(webhook, person).body, signedDelivery(webhook, person, { timestamp: new Date() }).headers, receive(signedRequest(webhook, person, "https://example.com")),
];
