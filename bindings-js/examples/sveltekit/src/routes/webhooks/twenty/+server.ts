import { TWENTY_WEBHOOK_SECRET as webhook } from "$app/env/private";
import { receive } from "twenty-webhook/fetch";
import type { Handlers } from "twenty-webhook/fetch";
import type { RequestHandler } from "./$types";

const handlers: Handlers<"person.*" | "metadata.*.*"> = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

const receiver = receive(webhook, handlers);
export const fallback: RequestHandler = ({ request }) => receiver(request);
