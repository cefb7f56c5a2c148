import { kindOf } from "../body.js";
import { called } from "../receiver/guarded.js";

/**
 * A `Pool` of the package `pg`, what `postgres(...)` of the package `postgres` gives, a database of `better-sqlite3`,
 * `node:sqlite` or `bun:sqlite`, or a D1 database of Cloudflare's.
 */
export type SqlClient = PgPool | PostgresJs | SqliteDatabase | D1;

/** No single connection: that may be inside a transaction, which its user may roll back, and the claim with it. */
interface PgPool {
  readonly totalCount: number;
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
}

/** What its `begin` and `reserve` give has no `begin`. */
interface PostgresJs {
  begin(...given: never[]): unknown;
  unsafe(text: string, values: never[]): PromiseLike<unknown>;
}

interface SqliteDatabase {
  exec(text: string): unknown;
  close(...given: never[]): void;
  prepare(text: string): { all(...values: never[]): unknown[]; run(...values: never[]): unknown };
  readonly inTransaction?: boolean;
  readonly isTransaction?: boolean;
}

interface D1 {
  batch(...given: never[]): unknown;
  prepare(text: string): { bind(...values: unknown[]): { all(): Promise<{ results: unknown[] }> } };
}

type Values = readonly (string | number)[];

/** What a store asks of a database, in the words of one client. */
export interface SqlConnection {
  /** The package of the client. */
  readonly client: string;
  readonly firstPlaceholder: "$1" | "?";
  /** The rows that a statement gives, or a promise of them. */
  rows(text: string, values: Values): unknown;
  /** Of a statement that gives none. */
  run(text: string, values: Values): unknown;
  isInTransaction(): boolean;
  /** A SQLSTATE, the name of an error of SQLite, another code of the client's, or nothing. */
  codeOf(error: { readonly [member: string]: unknown }): string;
}

/**
 * Each client is recognised by its shape, without a connection.
 *
 * @throws {TypeError} for what is none of them, for one that answers by callbacks, and for a connection that may be inside a
 * transaction.
 */
export function connectionOf(client: SqlClient): SqlConnection {
  const one = client as Record<string, any> | null | undefined;
  const has = (...names: string[]) => names.every((name) => typeof one?.[name] === "function");
  if (has("unsafe", "begin")) return ofPostgresJs(client as PostgresJs);
  if (has("unsafe")) throw mistake("what begin or reserve gives, which may be in a transaction: pass what postgres() gives");
  if (has("query", "connect") && typeof one?.["totalCount"] === "number") return ofPgPool(client as PgPool);
  if (has("query", "connect")) throw mistake("a single connection, which may be in a transaction: pass a Pool");
  if (has("prepare", "batch")) return ofD1(client as D1);
  if (has("prepare", "each")) throw mistake("one of sqlite3, which answers by callbacks");
  if (has("prepare", "exec", "close")) return ofSqlite(client as SqliteDatabase);
  throw mistake(kindOf(client));
}

function mistake(what: string): TypeError {
  return new TypeError(
    "client must be a Pool of pg, what postgres() of the package postgres gives, a database of better-sqlite3, node:sqlite or " +
      `bun:sqlite, or a D1 database, not ${what}`,
  );
}

function ofPgPool(pool: PgPool): SqlConnection {
  const rows = async (text: string, values: Values) =>
    ((await called(() => pool.query(text, values as unknown[]))) as { rows?: unknown } | undefined)?.rows;
  return {
    client: "pg",
    firstPlaceholder: "$1",
    rows,
    run: rows,
    isInTransaction: () => false,
    codeOf: ({ code }) => (typeof code === "string" ? code : ""),
  };
}

function ofPostgresJs(sql: PostgresJs): SqlConnection {
  const rows = (text: string, values: Values) => sql.unsafe(text, values as never[]);
  return {
    client: "postgres",
    firstPlaceholder: "$1",
    rows,
    run: rows,
    isInTransaction: () => false,
    codeOf: ({ code }) => (typeof code === "string" ? code : ""),
  };
}

function ofD1(database: D1): SqlConnection {
  const rows = async (text: string, values: Values) =>
    ((await called(() => database.prepare(text).bind(...values).all())) as { results?: unknown } | undefined)?.results;
  return {
    client: "D1",
    firstPlaceholder: "?",
    rows,
    run: rows,
    isInTransaction: () => false,
    // What SQLite said is in the text; else it is the way to the database that failed.
    codeOf: ({ message }) => /\bSQLITE_[A-Z_]+/.exec(String(message))?.[0] ?? "",
  };
}

function ofSqlite(database: SqliteDatabase): SqlConnection {
  return {
    client: database.inTransaction === undefined ? "node:sqlite" : "better-sqlite3",
    firstPlaceholder: "?",
    rows: (text, values) => database.prepare(text).all(...(values as never[])),
    run: (text, values) => database.prepare(text).run(...(values as never[])),
    isInTransaction: () => database.inTransaction === true || database.isTransaction === true,
    // It is in this process, so no answer is lost.
    codeOf({ code, errcode }) {
      if (typeof errcode === "number") return SQLITE_CODES[errcode & 0xff] ?? "SQLITE_ERROR";
      return typeof code === "string" && code.startsWith("SQLITE_") ? code : "SQLITE_ERROR";
    },
  };
}

/** Of node:sqlite's errors, which have numbers. */
const SQLITE_CODES: Record<number, string> = { 5: "SQLITE_BUSY", 6: "SQLITE_LOCKED" };
