// Twenty's webhooks in Express, observed: `node --import ./telemetry.js server.js`. To change a secret without losing an event, give
// both: `TWENTY_WEBHOOK_SECRET=new TWENTY_WEBHOOK_OLD_SECRET=old`.
import express from "express";
import { pino } from "pino";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/express";

import { onOutcome } from "./metrics.js";
import { traced } from "./spans.js";
import { sdk } from "./telemetry.js";

const logger = pino({ level: process.env.LOG_LEVEL ?? "info" });

async function onPerson(event, delivery) {
  const log = logger.child({ delivery: delivery.id, record: event.recordId });
  log.info("the work begins");
  if (event.recordId === "broken") throw new Error("the database is away");
}

const secrets = [process.env.TWENTY_WEBHOOK_SECRET];
if (process.env.TWENTY_WEBHOOK_OLD_SECRET) secrets.push(process.env.TWENTY_WEBHOOK_OLD_SECRET);
const webhook = new Webhook(secrets, { name: "crm" });
const receiver = receive(webhook, { "person.*": traced(onPerson) }, { logger, onOutcome });

const app = express();
app.all("/webhooks/twenty", receiver);
const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => logger.info(server.address(), "listening"));

process.once("SIGTERM", () => {
  server.close(async () => {
    await receiver.drain();
    await sdk.shutdown();
  });
});
