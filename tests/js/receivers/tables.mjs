// Databases with the table of a store.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import Database from "better-sqlite3";
import pg from "pg";

import { postgresServer } from "./postgres.mjs";
import { installed } from "./support.mjs";

const { sqlReplayStore } = installed("twenty-webhook");

export async function postgresWithTable(...settings) {
  const server = await postgresServer(...settings);
  const pool = new pg.Pool({ connectionString: server.url });
  await pool.query(sqlReplayStore(pool).createTable);
  await pool.end();
  return server;
}

/** A file stands for a server that cannot go away. */
export async function claimsFile() {
  const folder = mkdtempSync(path.join(tmpdir(), "claims-"));
  const url = path.join(folder, "claims.db");
  const database = new Database(url);
  database.pragma("journal_mode = WAL");
  database.exec(sqlReplayStore(database).createTable);
  database.close();
  return { url, close: async () => rmSync(folder, { recursive: true }) };
}
