// Clients of databases: those that fit are known by their shape, and what may be inside a transaction is refused.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import Database from "better-sqlite3";
import pg from "pg";
import postgres from "postgres";

import { postgresServer } from "./postgres.mjs";
import { installed } from "./support.mjs";
import { compiles } from "./types.mjs";
import { until } from "./until.mjs";

const { sqlReplayStore } = installed("twenty-webhook");
const HOUR = 3_600_000;
const refuses = (client, what) =>
  assert.throws(() => sqlReplayStore(client), { name: "TypeError", message: new RegExp(`^client must be a Pool of pg, .*, not ${what}`) });

describe("with a PostgreSQL", () => {
  let server, pool, sql;
  before(async () => {
    server = await postgresServer();
    pool = new pg.Pool({ connectionString: server.url });
    sql = postgres(server.url);
    await pool.query(sqlReplayStore(pool).createTable);
  });
  after(async () => {
    await Promise.all([pool.end(), sql.end()]);
    await server.close();
  });

  test("a single connection is refused: what its transaction undoes would undo the claims", async () => {
    const client = await pool.connect();
    refuses(client, "a single connection, which may be in a transaction: pass a Pool");
    client.release();
    refuses(new pg.Client(server.url), "a single connection");
    await sql.begin((inside) => refuses(inside, "what begin or reserve gives, which may be in a transaction"));
    const reserved = await sql.reserve();
    refuses(reserved, "what begin or reserve gives");
    reserved.release();
  });

  test("claims have their row for as long as they live, in whole milliseconds", async () => {
    const before = Date.now();
    for (const [name, client] of Object.entries({ pool, sql })) {
      const token = await sqlReplayStore(client).claim(name, 90_000, HOUR);
      const { rows } = await pool.query("SELECT key, token, expires_at FROM twenty_webhook_claims WHERE key = $1", [name]);
      assert.deepEqual([rows.length, rows[0].token], [1, token]);
      const lives = Number(rows[0].expires_at) - before;
      assert.ok(Number.isInteger(lives) && lives >= 90_000, `${lives} ms`);
      assert.ok(await sqlReplayStore(client).claim(`${name} for ever`, 1e300, HOUR));
    }
  });

  test("a claim that meets another's transaction is asked for again", async () => {
    const strict = new pg.Pool({ connectionString: server.url, options: "-c default_transaction_isolation=serializable" });
    try {
      const store = sqlReplayStore(strict);
      const answers = await Promise.all(Array.from({ length: 50 }, () => store.claim("serializable", HOUR, HOUR)));
      assert.equal(answers.filter((answer) => answer !== null).length, 1);
    } finally {
      await strict.end();
    }
  });

  test("each client deletes rows that have expired", async () => {
    const count = async () => Number((await pool.query("SELECT count(*) AS count FROM twenty_webhook_claims WHERE expires_at = 0")).rows[0].count);
    for (const [name, client] of Object.entries({ pool, sql })) {
      await pool.query("INSERT INTO twenty_webhook_claims VALUES ('expired', 'old', 0)");
      assert.ok(await sqlReplayStore(client).claim(`deletes with ${name}`, HOUR, HOUR));
      await until(async () => (await count()) === 0);
    }
  });

  test("a claim that is made anew while expired ones are deleted stays", async () => {
    await pool.query("DELETE FROM twenty_webhook_claims");
    await pool.query("INSERT INTO twenty_webhook_claims VALUES ('expired', 'old', 0)");
    const deletes = async (how) => (await pool.query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE 'DELETE%' AND ${how}`)).rowCount > 0;
    const other = await pool.connect();
    try {
      await other.query("BEGIN");
      await other.query("UPDATE twenty_webhook_claims SET token = 'anew', expires_at = $1", [Date.now() + HOUR]);
      // The store's first claim begins to delete, and waits for the row.
      assert.ok(await sqlReplayStore(pool).claim("another", HOUR, HOUR));
      await until(() => deletes("wait_event_type = 'Lock'"));
      await other.query("COMMIT");
    } finally {
      other.release();
    }
    await until(async () => !(await deletes("state = 'active'")));
    assert.equal((await pool.query("SELECT token FROM twenty_webhook_claims WHERE key = 'expired'")).rows[0]?.token, "anew");
  });

  test("a table in a schema, named as another word of SQL", async () => {
    await pool.query("CREATE SCHEMA app");
    const store = sqlReplayStore(pool, { table: "app.Order" });
    await pool.query(store.createTable);
    await pool.query(store.createTable);
    const token = await store.claim("a", HOUR, HOUR);
    assert.equal((await pool.query('SELECT token FROM app."Order"')).rows[0].token, token);
  });
});

test("other clients are refused when the store is made", () => {
  const callbacks = { prepare() {}, exec() {}, close() {}, run() {}, all() {}, each() {} };
  refuses(callbacks, "one of sqlite3, which answers by callbacks");
  // As those of mysql2, whose query does not know ON CONFLICT.
  refuses({ query() {}, execute() {}, getConnection() {} }, "an object");
  refuses({ query() {}, execute() {}, connect() {} }, "a single connection");
  for (const [client, what] of [[undefined, "undefined"], [null, "null"], [{}, "an object"], ["postgres://localhost", "a string"], [() => {}, "a function"]]) refuses(client, what);
});

test("clients are known without a connection", () => {
  const nowhere = "postgres://nobody@127.0.0.1:1/none";
  assert.ok(sqlReplayStore(new pg.Pool({ connectionString: nowhere })));
  assert.ok(sqlReplayStore(postgres(nowhere)));
  assert.ok(sqlReplayStore(new Database(":memory:")));
});

test("compilers take the clients that fit, and refuse what may be in a transaction", () =>
  compiles("sql", CLIENTS, ["better-sqlite3", "pg", "postgres", "@cloudflare/workers-types", "redis"]));

const CLIENTS = `
import type { D1Database, D1DatabaseSession } from "@cloudflare/workers-types";
import { DatabaseSync } from "node:sqlite";
import Database from "better-sqlite3";
import pg from "pg";
import postgres from "postgres";
import { createClient } from "redis";
import { type SqlReplayStore, sqlReplayStore } from "twenty-webhook";

declare const d1: D1Database;
declare const session: D1DatabaseSession;
const pool = new pg.Pool();
const sql = postgres();
const stores: SqlReplayStore[] = [
  sqlReplayStore(pool),
  sqlReplayStore(sql, { table: "claims" }),
  sqlReplayStore(postgres({ types: { point: { to: 600, from: [600], parse: String, serialize: String } } })),
  sqlReplayStore(new Database("claims.db")),
  sqlReplayStore(new DatabaseSync("claims.db")),
  sqlReplayStore(d1),
  sqlReplayStore(session),
];
export const text: string = stores[0]!.createTable;
// @ts-expect-error It may be in a transaction.
sqlReplayStore(new pg.Client());
// @ts-expect-error It may be in a transaction.
pool.connect().then((client) => sqlReplayStore(client));
// @ts-expect-error It is in a transaction.
sql.begin((inside) => sqlReplayStore(inside));
// @ts-expect-error It is another database's.
sqlReplayStore(createClient());
`;
