// A receiver under Deno's server, or Bun's.
import { SECRET } from "./sender.mjs";
import { installed } from "./support.mjs";

const { Webhook } = installed("twenty-webhook");
const { receive } = installed("twenty-webhook/fetch");
const fetch = receive(new Webhook(SECRET), ({ record }) => console.log(`handled ${record.id}`), { bodyTimeoutMs: 1_000 });
const listening = ({ port }) => console.log(`listening on ${port}`);

if (globalThis.Deno) Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: listening }, fetch);
else listening(Bun.serve({ port: 0, hostname: "127.0.0.1", fetch }));
