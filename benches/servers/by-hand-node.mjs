// The same where there is `node:crypto`, for each framework that the tests serve in Node and Bun.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

import { bodyParser } from "@koa/bodyparser";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import Koa from "koa";

import { MAX_BODY_BYTES, accept, judgeHead, refused } from "./by-hand.mjs";

async function receive(body, header, handle) {
  const { refusal, timestamp, signature } = judgeHead(header);
  if (refusal) return refusal;
  const expected = createHmac("sha256", process.env.SECRET).update(`${timestamp}:`).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, "hex"))) return refused(401, "signature_mismatch");
  return accept(body.toString(), signature, handle);
}

export const node = (handle) =>
  createServer(async (request, response) => {
    const { status, content } = await receiveIncoming(request, handle);
    const text = JSON.stringify(content);
    response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) }).end(text);
  });

async function receiveIncoming(request, handle) {
  if (request.method !== "POST") return refused(405, "method_not_allowed");
  if (Number(request.headers["content-length"]) > MAX_BODY_BYTES) return refused(413, "too_large");
  const body = await collected(request);
  return body ? receive(body, (name) => request.headers[name], handle) : refused(413, "too_large");
}

function collected(request) {
  return new Promise((resolve, reject) => {
    const pieces = [];
    let length = 0;
    request.on("data", (piece) => {
      length += piece.length;
      if (length > MAX_BODY_BYTES) resolve(undefined);
      else pieces.push(piece);
    });
    request.on("end", () => resolve(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)));
    request.on("error", reject);
  });
}

export const expressServer = (handle) =>
  createServer(
    express().post("/", express.raw({ type: "*/*", limit: MAX_BODY_BYTES }), async (request, response) => {
      const { status, content } = await receive(request.body, (name) => request.headers[name], handle);
      response.status(status).json(content);
    }),
  );

export const koa = (handle) =>
  createServer(
    new Koa()
      .use(bodyParser({ jsonLimit: MAX_BODY_BYTES }))
      .use(async (context) => {
        const { rawBody, headers } = context.request;
        const { status, content } = await receive(rawBody, (name) => headers[name], handle);
        [context.status, context.body] = [status, content];
      })
      .callback(),
  );

export const hono = (handle) =>
  new Hono().post("/", bodyLimit({ maxSize: MAX_BODY_BYTES }), async (context) => {
    const body = Buffer.from(await context.req.arrayBuffer());
    const { status, content } = await receive(body, (name) => context.req.header(name), handle);
    return context.json(content, status);
  });

export const fastify = (handle) => {
  const app = Fastify({ bodyLimit: MAX_BODY_BYTES });
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_, body, done) => done(null, body));
  return app.post("/", async ({ body, headers }, reply) => {
    const { status, content } = await receive(body, (name) => headers[name], handle);
    return reply.code(status).send(content);
  });
};
