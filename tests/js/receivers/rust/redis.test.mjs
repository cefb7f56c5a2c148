// Receivers in Rust, in several processes that share a Redis.
import { redisServer } from "../redis.mjs";
import { claims, failures, outages, restarts } from "../several-machines.mjs";
import { example } from "./examples.mjs";

const receiver = ({ url, onStoreFailure = "refuse" }) => ({ start: example("several-machines", { REDIS_URL: url, ON_STORE_FAILURE: onStoreFailure }) });

claims("the crate redis", receiver, redisServer);
failures("the crate redis", receiver, redisServer);
outages("the crate redis", receiver, redisServer);
restarts("the crate redis", receiver, redisServer, { settings: ["--appendonly", "yes", "--appendfsync", "always"], careless: [] });
