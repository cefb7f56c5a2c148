// Receivers: what handlers are given by their pattern, and what frameworks take.
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Delivery, type Person, type RecordEvent, type ReplayStore, type StandardRecord, Webhook, type WebhookEvent, memoryReplayStore } from "twenty-webhook";
import { receive as receiveExpress } from "twenty-webhook/express";
import { receive as receiveFastify } from "twenty-webhook/fastify";
import { type Handler, receive } from "twenty-webhook/fetch";
import { receive as receiveHono } from "twenty-webhook/hono";
import { receive as receiveKoa } from "twenty-webhook/koa";
import { receive as receiveLambda } from "twenty-webhook/lambda";
import { receive as receiveNode } from "twenty-webhook/node";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<_ extends true>(): void {}

const webhook = new Webhook("s");

export const POST: (request: Request) => Promise<Response> = receive(webhook, {
  "person.created": (event, delivery) => {
    is<Same<typeof event.record, Person>>();
    is<Same<typeof event.name, "person.created">>();
    is<Same<typeof delivery, Delivery>>();
  },
  "*.deleted": async (event) => {
    const known: RecordEvent<`${string}.deleted`, StandardRecord, string, "deleted"> = event;
    is<Same<typeof event.action, "deleted">>();
    if (event.object === "person") is<Same<typeof event.record.city, string | null | undefined>>();
    if (event.name === "company.deleted") is<Same<typeof event.record.employees, number | null | undefined>>();
    return known;
  },
  "metadata.*.*": ({ properties }) => properties?.diff,
});
receive(webhook, (event) => is<Same<typeof event, WebhookEvent>>());
receive(webhook, {
  // @ts-expect-error A pattern that matches nothing takes no handler.
  person: () => {},
});
// @ts-expect-error A person is no company.
receive(webhook, { "person.*": (event) => event.record.employees.toFixed() });
// @ts-expect-error The secret is not a webhook.
receive("s", () => {});

interface Environment {
  KEY: string;
}
export default {
  fetch: receive(webhook, { "person.*": (event, _delivery, request, environment: Environment, context: { waitUntil(promise: Promise<unknown>): void }) => [event.record.city, request.url, environment.KEY, context] }),
};

const store: ReplayStore = { claim: async (key, ttlMs, windowMs) => (key.length + ttlMs > windowMs ? "token" : null), release: () => {} };
receive(webhook, () => {}, { replayStore: store, namespace: "a", onStoreFailure: "handle", onError: ({ code }) => code, logger: null, background: true, bodyTimeoutMs: 5_000 });
receive(webhook, () => {}, { replayStore: memoryReplayStore({ maxEntries: 10 }), replayTtlSeconds: 3_600 });
// @ts-expect-error There are two ways to fail.
receive(webhook, () => {}, { onStoreFailure: "ignore" });
// @ts-expect-error Lambda may stop once it has answered.
receiveLambda(webhook, () => {}, { background: true });

const log: Handler<RecordEvent> = (event) => event.object;
createServer(receiveNode(webhook, { "*.updated": log }));
export const middleware: (request: IncomingMessage, response: ServerResponse) => Promise<void> = receiveExpress(webhook, () => {});
[receiveFastify, receiveHono, receiveKoa, receiveLambda];
export const verified: Promise<Delivery> = webhook.verifyRequest(new Request("http://localhost/"), { now: new Date() });
