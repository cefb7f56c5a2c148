import { defineEnvVars } from "@sveltejs/kit/env";
import { Webhook } from "twenty-webhook";

// SvelteKit reads it when the server starts, and refuses to start without. It asks for one when it builds, too: any will do there.
export const variables = defineEnvVars({ TWENTY_WEBHOOK_SECRET: { schema: (secret) => new Webhook(secret!) } });
