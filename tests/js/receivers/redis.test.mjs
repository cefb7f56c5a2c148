// Receivers in several processes that share a Redis, with each of its clients.
import { fileURLToPath } from "node:url";

import { node } from "./processes.mjs";
import { claims, restarts } from "./several-machines.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const receiver = (store) => (options) => ({ start: () => node(HERE, "fixture.mjs", JSON.stringify({ store, ...options })), path: "/" });

for (const store of ["redis", "ioredis"]) claims(`the client ${store}`, receiver(store));
restarts("the client redis", receiver("redis"));
