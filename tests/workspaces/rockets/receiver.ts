// The receiver of docs/types.md.
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";
import type { Rocket } from "./records.js";

export const POST = receive(new Webhook(process.env.TWENTY_WEBHOOK_SECRET!), {
  "rocket.created": (event) => greet(event.record),
  "opportunity.updated": (event) => {
    if (event.record.stage === "WON") console.log(event.record.name);
  },
});

function greet(rocket: Rocket) {
  console.log(rocket.motto, rocket.price?.currencyCode, rocket.builderId);
}
