// Receivers in Rust, in several processes that share a Redis.
import { claims, outages, restarts } from "../several-machines.mjs";
import { example } from "./examples.mjs";

const receiver = ({ url, onStoreFailure = "refuse" }) => ({ start: example("several-machines", { REDIS_URL: url, ON_STORE_FAILURE: onStoreFailure }) });

claims("the crate redis", receiver);
outages("the crate redis", receiver);
restarts("the crate redis", receiver);
