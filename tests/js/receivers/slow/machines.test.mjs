// Receivers that die under load, with each kind of shared store.
import { fixture } from "../processes.mjs";
import { redisServer } from "../redis.mjs";
import { deaths, outages } from "../several-machines.mjs";
import { claimsFile, postgresWithTable } from "../tables.mjs";

deaths("the client pg", fixture("pg"), postgresWithTable);
deaths("the client redis", fixture("redis"), redisServer);
deaths("better-sqlite3", fixture("sqlite"), claimsFile);
outages("the client pg", fixture("pg"), postgresWithTable);
