import { TWENTY_WEBHOOK_SECRET as webhook } from "$app/env/private";
import { receive } from "twenty-webhook/fetch";
import type { RequestHandler } from "./$types";

const receiver = receive(webhook, () => {});
export const fallback: RequestHandler = async ({ request }) => {
  await request.json();
  return receiver(request);
};
