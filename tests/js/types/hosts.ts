// What hosts hand over: fetch's Request, Node's incoming headers and buffers.
import type { IncomingMessage } from "node:http";
import { Webhook } from "twenty-webhook";

const webhook = new Webhook(Buffer.from("s"));

export async function receive(request: Request): Promise<string> {
  return webhook.verify(await request.arrayBuffer(), request.headers).id;
}

export function handle(request: IncomingMessage, body: Buffer): string {
  webhook.verify(body, Object.entries(request.headersDistinct));
  webhook.verify(body, new Headers({ a: "b" }));
  return webhook.verify(body, request.headers).id;
}
