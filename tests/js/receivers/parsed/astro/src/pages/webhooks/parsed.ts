import type { APIRoute } from "astro";
import { ALL as receiver } from "./twenty";

export const ALL: APIRoute = async (context) => {
  await context.request.json();
  return receiver(context);
};
