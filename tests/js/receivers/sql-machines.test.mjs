// Receivers in several processes that share a table, in PostgreSQL and in a file of SQLite.
import { fixture } from "./processes.mjs";
import { claims, failures, restarts } from "./several-machines.mjs";
import { claimsFile, postgresWithTable } from "./tables.mjs";

claims("the client pg", fixture("pg"), postgresWithTable);
claims("better-sqlite3", fixture("sqlite"), claimsFile);
failures("the client pg", fixture("pg"), postgresWithTable);
restarts("the client pg", fixture("pg"), postgresWithTable);
