// Receivers in several processes that share a Redis, with each of its clients.
import { fixture } from "./processes.mjs";
import { redisServer } from "./redis.mjs";
import { claims, failures, restarts } from "./several-machines.mjs";

for (const store of ["redis", "ioredis"]) {
  claims(`the client ${store}`, fixture(store), redisServer);
  failures(`the client ${store}`, fixture(store), redisServer);
}
restarts("the client redis", fixture("redis"), redisServer, { settings: ["--appendonly", "yes", "--appendfsync", "always"], careless: [] });
