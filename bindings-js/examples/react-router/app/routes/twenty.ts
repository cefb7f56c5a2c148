import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";
import type { Handlers } from "twenty-webhook/fetch";
import type { Route } from "./+types/twenty";

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET!);
const handlers: Handlers<"person.*" | "metadata.*.*"> = {
  "person.*": (event) => console.log(`handled ${event.name} ${event.record.id}`),
  "metadata.*.*": (event) => console.log(`handled ${event.name} ${event.recordId}`),
};

const receiver = receive(webhook, handlers);
export const action = ({ request }: Route.ActionArgs) => receiver(request);
// A GET is what a redirect makes of a delivery: it is refused, and the log says so.
export const loader = ({ request }: Route.LoaderArgs) => receiver(request);
