import { Elysia } from "elysia";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";

const receiver = receive(new Webhook(process.env.TWENTY_WEBHOOK_SECRET!), () => {});
// Elysia parses bodies for what names them.
const app = new Elysia().all("/webhooks/parsed", ({ request, body }) => (body === null ? undefined : receiver(request)));
app.listen({ port: process.env.PORT!, hostname: "127.0.0.1" }, ({ port }) => console.log(`listening on ${port}`));
