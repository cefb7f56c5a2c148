// Receivers as each framework's own types take them, and what users' functions get: the framework's request, without a word about it.
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import Router from "@koa/router";
import { serve } from "@hono/node-server";
import type { APIGatewayProxyEventV2, APIGatewayProxyHandlerV2, Context as LambdaContext } from "aws-lambda";
import express from "express";
import type { Request as ExpressRequest } from "express";
import Fastify from "fastify";
import type { FastifyRequest } from "fastify";
import { Hono } from "hono";
import type { Context as HonoContext } from "hono";
import Koa from "koa";
import type { Context as KoaContext } from "koa";
import { after } from "next/server";
import type { NextRequest } from "next/server";
import { Webhook } from "twenty-webhook";
import { receive as receiveExpress } from "twenty-webhook/express";
import { receive as receiveFastify } from "twenty-webhook/fastify";
import { receive } from "twenty-webhook/fetch";
import { receive as receiveHono } from "twenty-webhook/hono";
import { receive as receiveKoa } from "twenty-webhook/koa";
import { receive as receiveLambda } from "twenty-webhook/lambda";
import { receive as receiveNode } from "twenty-webhook/node";

interface Env {
  TWENTY_WEBHOOK_SECRET: string;
}
interface Bindings {
  Bindings: Env;
}

const webhook = new Webhook("s");
const handlers = { "person.*": (event: { name: string }) => event.name };

// As the README has them.
createServer(receiveNode(webhook, handlers));
express().all("/webhooks/twenty", receiveExpress(webhook, handlers));
express().use("/webhooks/twenty", receiveExpress(webhook, handlers));
Fastify().register(receiveFastify(webhook, handlers), { prefix: "/webhooks/twenty" });
const hono = new Hono();
hono.all("/webhooks/twenty", receiveHono(webhook, handlers));
serve(hono);
new Koa().use(new Router().all("/webhooks/twenty", receiveKoa(webhook, handlers)).routes());
export const handler: APIGatewayProxyHandlerV2 = receiveLambda(webhook, handlers);
export const POST: (request: NextRequest) => Promise<Response> = receive(webhook, handlers, { waitUntil: after });

// The request, typed by the place where the receiver stands.
export const typed: APIGatewayProxyHandlerV2 = receiveLambda(({ rawPath }) => (rawPath ? webhook : null), (_event, _delivery, { rawPath }, { awsRequestId }) => [rawPath, awsRequestId]);
export const next: (request: NextRequest) => Promise<Response> = receive(({ nextUrl }) => (nextUrl.pathname ? webhook : null), (_event, _delivery, { cookies }) => cookies.size);

export const GET = receive(({ nextUrl }: NextRequest) => (nextUrl.pathname ? webhook : null), (_event, _delivery, { cookies }) => cookies.size);

// Where that says too little, by the type of a parameter.
createServer(receiveNode(webhook, (_event, _delivery, request: IncomingMessage) => request.socket));
express().all("/:workspace", receiveExpress(({ params }: ExpressRequest) => (params.workspace ? webhook : null), { "person.*": (event, _delivery, { ip }) => [event.record.city, ip] }));
express().use(receiveExpress(webhook, { "person.*": (_event, _delivery, { ip }: ExpressRequest) => ip }));
Fastify().register(receiveFastify(({ ip }: FastifyRequest) => (ip ? webhook : null), { "person.*": (_event, _delivery, request) => request.hostname }));
hono.all("/:workspace", receiveHono((context: HonoContext) => (context.req.param("workspace") ? webhook : null), { "person.*": (_event, _delivery, { req }) => req.header("a") }));
new Hono<Bindings>().all("/", receiveHono(webhook, { "person.*": (_event, _delivery, { env }: HonoContext<Bindings>) => env.TWENTY_WEBHOOK_SECRET }));
new Koa().use(receiveKoa(({ hostname }: KoaContext) => (hostname ? webhook : null), { "person.*": (_event, _delivery, { ip }) => ip }));
new Koa().use(new Router().all("/", receiveKoa(webhook, { "person.*": (_event, _delivery, { ip }: KoaContext) => ip })).routes());
export const lambda = receiveLambda(webhook, (_event, _delivery, request: APIGatewayProxyEventV2, context: LambdaContext) => [request.rawPath, context.awsRequestId]);

// A Worker: one handler takes the environment, the other does not.
export default {
  fetch: receive((_request, env: Env) => new Webhook(env.TWENTY_WEBHOOK_SECRET), {
    "person.*": (event, _delivery, request) => [event.record.city, request.url],
    "*.deleted": (event, delivery, _request, env) => [event.object, delivery.id, env.TWENTY_WEBHOOK_SECRET],
  }),
};

const observing = receive(webhook, () => {}, {
  clock: () => new Date(),
  onOutcome: ({ outcome, code, status, durationMs, delivery, event, request }) => [outcome === "handled", code === "signature_mismatch", status.toFixed(), durationMs.toFixed(), delivery?.timestamp.getTime(), event?.recordId, request.url],
  onError: (error, { delivery, event, request }) => [error.code, delivery?.payload, event?.name, request.url],
});
export const drained: Promise<void> = observing.drain();

// @ts-expect-error A secret is no webhook.
receive(() => "a secret", handlers);
// @ts-expect-error A clock gives the time.
receive(webhook, handlers, { clock: () => "now" });
// @ts-expect-error There is no such outcome.
receive(webhook, handlers, { onOutcome: ({ outcome }) => outcome === "done" });
