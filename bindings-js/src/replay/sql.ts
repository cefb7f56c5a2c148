import type { SqlFailure, SqlStatements } from "../engine.js";
import { called, quietly } from "../receiver/guarded.js";
import { type AskAgainAfter, OddAnswer, newToken, odd, untilAnswered } from "./asking.js";
import { type SqlClient, type SqlConnection, connectionOf } from "./sql-clients.js";
import type { ReplayStore } from "./store.js";

export type { SqlClient } from "./sql-clients.js";

export interface SqlReplayStoreOptions {
  /** The table, spelt as the database has it, with its schema before it if need be; `twenty_webhook_claims` unless set. */
  table?: string | undefined;
}

/** A store in a SQL database. */
export interface SqlReplayStore extends ReplayStore {
  /** The statements that make the table and its index, one on each line, if they are not there yet. The store does not run them. */
  readonly createTable: string;
}

/** What the core says. */
export interface SqlCore {
  statements(firstPlaceholder: "$1" | "?"): SqlStatements;
  failure(code: string): SqlFailure;
  askAgainAfter: AskAgainAfter;
}

/**
 * A store in PostgreSQL, SQLite or D1.
 *
 * @throws {TypeError} for a client that does not fit.
 */
export function sqlReplayStore(client: SqlClient, core: SqlCore): SqlReplayStore {
  const connection = connectionOf(client);
  const { createTable, claim, release, deleteExpired, claimsBetweenDeletions } = core.statements(connection.firstPlaceholder);
  const giveBack = async (key: string, token: string) => void (await called(() => connection.run(release, [key, token])));
  let claims = 0;
  return {
    createTable,

    async claim(key, ttlMs) {
      const token = newToken();
      const ask = () => isGranted(connection, claim, key, token, ttlMs);
      const failureOf = (error: unknown) => core.failure(codeOf(connection, error));
      const granted = await untilAnswered({ ask, release: () => giveBack(key, token), failureOf, askAgainAfter: core.askAgainAfter });
      // The claim does not wait for it, and what is not deleted this time is deleted the next.
      if (claims++ % claimsBetweenDeletions === 0) quietly(() => connection.run(deleteExpired, [Date.now(), Date.now()]));
      return granted ? token : null;
    },

    release: giveBack,
  };
}

async function isGranted(connection: SqlConnection, claim: string, key: string, token: string, ttlMs: number): Promise<boolean> {
  if (connection.isInTransaction()) {
    throw new Error(`the client of ${connection.client} is in a transaction, whose end could undo the claim: give the store a connection of its own`);
  }
  const now = Date.now();
  const rows = await called(() => connection.rows(claim, [key, token, Math.min(now + ttlMs, Number.MAX_SAFE_INTEGER), now, now]));
  const held = rowIn(rows);
  if (typeof held?.token !== "string" || held.token === "") {
    throw odd(connection.client, "INSERT", held?.token ?? rows, "it must give one row with the token that holds the claim");
  }
  if (held.key !== key) throw new OddAnswer(`the client of ${connection.client} answered for another claim: something else uses its connection, too`);
  return held.token === token;
}

function rowIn(rows: unknown): { key?: unknown; token?: unknown } | null | undefined {
  const [row, ...others] = Array.isArray(rows) ? (rows as unknown[]) : [];
  return others.length === 0 ? (row as object | null | undefined) : undefined;
}

/** Of whatever was thrown. Reading it may throw, too. */
function codeOf(connection: SqlConnection, error: unknown): string {
  try {
    return connection.codeOf(error as { readonly [member: string]: unknown });
  } catch {
    return "";
  }
}
