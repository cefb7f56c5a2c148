import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/express";
import type { Handlers } from "twenty-webhook/express";
import { PeopleService } from "./people.service.js";

@Module({ providers: [PeopleService] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ["error", "warn"] });
const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET!);
const people = app.get(PeopleService);

const handlers: Handlers<"person.*" | "metadata.*.*"> = {
  "person.*": (event) => people.update(event.action, event.record),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

// Before listen, which puts Nest's body parser in front of everything that comes later.
app.use("/webhooks/twenty", receive(webhook, handlers));

await app.listen(process.env.PORT ?? 3000, "127.0.0.1");
console.log("listening on", await app.getUrl());
