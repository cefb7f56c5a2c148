import { app } from "@azure/functions";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";

const receiver = receive(new Webhook(process.env.TWENTY_WEBHOOK_SECRET!), () => {});

app.post("parsed", async (request) => {
  await request.json();
  return receiver(request as unknown as Request);
});
