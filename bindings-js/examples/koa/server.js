import { bodyParser } from "@koa/bodyparser";
import Router from "@koa/router";
import Koa from "koa";
import { Webhook } from "twenty-webhook/diagnose";
import { receive } from "twenty-webhook/koa";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET);
const handlers = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};
const options = { diagnose: process.env.NODE_ENV === "development" };

const router = new Router();
router.all("/webhooks/twenty", receive(webhook, handlers, options));

const app = new Koa().use(router.routes()).use(bodyParser());
const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => console.log("listening on", server.address()));
