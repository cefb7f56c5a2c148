// What the store in SQL makes of the answers and errors of its database, of time, and of rows that have expired.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, mock, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import Database from "better-sqlite3";

import { receiving } from "./receiving.mjs";
import { installed } from "./support.mjs";

const { sqlReplayStore } = installed("twenty-webhook");
const HOUR = 3_600_000;

// As a server does; asking again keeps no process alive.
const alive = setInterval(() => {}, 1_000);
after(() => clearInterval(alive));

function sqlite() {
  const database = new Database(":memory:");
  const store = sqlReplayStore(database);
  database.exec(store.createTable);
  const count = (where = "1") => database.prepare(`SELECT count(*) AS count FROM twenty_webhook_claims WHERE ${where}`).get().count;
  return { database, store, count };
}

/** A pool whose answers are given by a function of the statement and its values. */
const poolOf = (query) => ({ totalCount: 0, connect() {}, query });
const rowsOf = (...rows) => ({ rows });

test("a claim is gone at its last millisecond, not before, and what holds it is not prolonged by who asks", async () => {
  mock.timers.enable({ apis: ["Date"], now: 1_735_066_639_761 });
  try {
    const { store } = sqlite();
    const token = await store.claim("a", 1_000, 0);
    mock.timers.tick(999);
    assert.equal(await store.claim("a", 1_000, 0), null);
    mock.timers.tick(1);
    const next = await store.claim("a", 1_000, 0);
    assert.ok(next !== null && next !== token);
    await store.release("a", token);
    assert.equal(await store.claim("a", 1_000, 0), null);
  } finally {
    mock.timers.reset();
  }
});

test("expired rows are deleted in batches, at the first claim and at each fiftieth after it", async () => {
  const { database, store, count } = sqlite();
  const insert = database.prepare("INSERT INTO twenty_webhook_claims VALUES (?, 't', 0)");
  for (let row = 0; row < 250; row += 1) insert.run(`old ${row}`);
  const counts = [];
  for (let claim = 0; claim < 101; claim += 1) {
    assert.ok(await store.claim(`new ${claim}`, HOUR, HOUR));
    counts.push(count("expires_at = 0"));
  }
  assert.deepEqual([...new Set(counts)], [150, 50, 0]);
  assert.deepEqual([counts.indexOf(50), counts.indexOf(0)], [50, 100]);
  assert.equal(count(), 101);
});

test("rows that cannot be deleted change no claim", async () => {
  for (const fail of [() => { throw new Error("no"); }, () => Promise.reject(new Error("no"))]) {
    const store = sqlReplayStore(poolOf((text, [key, token]) => (text.startsWith("DELETE") ? fail() : rowsOf({ key, token }))));
    assert.match(await store.claim("a", HOUR, HOUR), /^t[0-9a-f]{32}$/);
  }
});

test("a connection that is in a transaction claims nothing", async () => {
  const { database, store, count } = sqlite();
  database.exec("BEGIN");
  const { send, told } = receiving(() => assert.fail("handled"), { replayStore: store });
  assert.equal(await send(), "503 replay_store_unavailable");
  assert.match(told.lines[0], /the client of SQLite is in a transaction, whose end could undo the claim/);
  assert.equal(count(), 0);
  database.exec("COMMIT");
  assert.ok(await store.claim("a", HOUR, HOUR));
});

test("a database that does not give one row with a token has neither granted nor refused", async () => {
  const odd = {
    "no rows": [rowsOf(), "an array"], "two rows": [rowsOf({ token: "a" }, { token: "b" }), "an array"], "another column": [rowsOf({ id: 1 }), "an array"],
    "rows as arrays": [rowsOf(["a"]), "an array"], "null in it": [rowsOf({ token: null }), "an array"], "empty text": [rowsOf({ token: "" }), "empty text"],
    "a number": [rowsOf({ token: 7 }), "7"], "bytes": [rowsOf({ token: Buffer.from("t") }), "an object"],
    "no answer": [undefined, "undefined"], "another answer": [{}, "undefined"], "an empty row": [rowsOf(null), "an array"],
  };
  for (const [what, [answer, shown]] of Object.entries(odd)) {
    const { send, told } = receiving(() => assert.fail("handled"), { replayStore: sqlReplayStore(poolOf(async () => answer)) });
    assert.equal(await send(), "503 replay_store_unavailable", what);
    assert.match(told.lines[0], new RegExp(`the client of pg answered INSERT with ${shown}: it must give one row with the token that holds the claim`), what);
  }
  assert.equal(await sqlReplayStore(poolOf(() => rowsOf({ key: "a", token: "another's" }))).claim("a", HOUR, HOUR), null);
});

test("an answer for another claim is no refusal", async () => {
  const { send, told } = receiving(() => assert.fail("handled"), { replayStore: sqlReplayStore(poolOf(() => rowsOf({ key: "another", token: "another's" }))) });
  assert.equal(await send(), "503 replay_store_unavailable");
  assert.match(told.lines[0], /the client of pg answered for another claim: something else uses its connection, too/);
});

test("a database whose answer is odd holds no claim of what was refused", async () => {
  const { database, count } = sqlite();
  const asArrays = {
    exec() {}, close() {},
    prepare: (text) => ({ all: (...values) => database.prepare(text).raw().all(...values), run: (...values) => database.prepare(text).run(...values) }),
  };
  for (let copy = 1; copy <= 2; copy += 1) {
    const { send, told } = receiving(() => assert.fail("handled"), { replayStore: sqlReplayStore(asArrays) });
    assert.equal(await send(), "503 replay_store_unavailable");
    assert.match(told.lines[0], /the client of SQLite answered INSERT with an array: /);
    assert.equal(count(), 0);
  }
});

test("a claim that may be held, and cannot be released, is said to be", async () => {
  const fail = () => Promise.reject(new Error("no way"));
  const replayStore = sqlReplayStore(poolOf((text) => (text.startsWith("INSERT") ? rowsOf() : fail())));
  const { send, told } = receiving(() => assert.fail("handled"), { replayStore });
  assert.equal(await send(), "503 replay_store_unavailable");
  assert.match(told.lines[0], /one row with the token that holds the claim; what it may have claimed could not be released, caused by no way\)/);
});

/** A pool of a table with one row: `fates` are what becomes of its claims, then all go well. */
function failing(...fates) {
  let held;
  const pool = poolOf(async (text, [key, token]) => {
    if (text.startsWith("DELETE")) return rowsOf();
    pool.asked += 1;
    const fate = fates.shift();
    if (fate && !fate.isDone) throw fate.error;
    held ??= token;
    if (fate) throw fate.error;
    return rowsOf({ key, token: held });
  });
  pool.asked = 0;
  return pool;
}
const said = (code, message = code) => ({ isDone: false, error: Object.assign(new Error(message), code && { code }) });
const lost = (code) => ({ ...said(code, "Connection terminated unexpectedly"), isDone: true });

test("a claim whose answer was lost is found, whatever is said in between", async () => {
  for (const code of [undefined, "ECONNRESET", "57P01", "CONNECTION_CLOSED"]) {
    const pool = failing(lost(code), said("57P03"), said("42P01"), said("ECONNREFUSED"));
    assert.match(await sqlReplayStore(pool).claim("a", HOUR, HOUR), /^t[0-9a-f]{32}$/);
    assert.equal(pool.asked, 5);
    assert.equal(await sqlReplayStore(pool).claim("a", HOUR, HOUR), null);
  }
});

test("a database that will be well again is asked again, one that refuses is not", async () => {
  for (const code of ["40001", "40P01", "53300", "25006"]) {
    const pool = failing(said(code));
    assert.ok(await sqlReplayStore(pool).claim("a", HOUR, HOUR), code);
    assert.equal(pool.asked, 2);
  }
  for (const code of ["42P01", "42501", "28P01", "ECONNREFUSED", "CONNECTION_ENDED"]) {
    const pool = failing(said(code));
    await assert.rejects(sqlReplayStore(pool).claim("a", HOUR, HOUR), { code });
    assert.equal(pool.asked, 1);
  }
});

test("an error that has no code, or whose code cannot be read, is one of the way to the database", async () => {
  const bang = () => { throw new Error("bang"); };
  for (const error of [undefined, null, "no", Object.create(null), Object.defineProperty(new Error("no"), "code", { get: bang })]) {
    assert.ok(await sqlReplayStore(failing({ isDone: false, error })).claim("a", HOUR, HOUR));
  }
});

test("a SQLite that another process has locked is asked again", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "claims-"));
  const [ours, other] = [1, 2].map(() => new Database(path.join(folder, "claims.db"), { timeout: 0 }));
  try {
    const store = sqlReplayStore(ours);
    ours.exec(store.createTable);
    other.exec("BEGIN IMMEDIATE");
    const claim = store.claim("a", HOUR, HOUR);
    await pause(20);
    other.exec("COMMIT");
    assert.match(await claim, /^t/);
  } finally {
    ours.close();
    other.close();
    rmSync(folder, { recursive: true });
  }
});

test("a SQLite without the table, and one that is closed, say so", async () => {
  await assert.rejects(sqlReplayStore(new Database(":memory:")).claim("a", HOUR, HOUR), /no such table: twenty_webhook_claims/);
  const { database, store } = sqlite();
  database.close();
  await assert.rejects(store.claim("a", HOUR, HOUR), /not open/);
});

test("a table's name is no place for SQL", () => {
  for (const table of ["", "a b", "a;b", 'a"', "a'", "a.b.c", "1a", "é", "a".repeat(51)]) {
    assert.throws(() => sqlReplayStore(new Database(":memory:"), { table }), { name: "RangeError", message: /^The table's name must be/ });
  }
  assert.throws(() => sqlReplayStore(new Database(":memory:"), { table: 1 }), TypeError);
  const database = new Database(":memory:");
  const { createTable } = sqlReplayStore(database, { table: "Order" });
  assert.match(createTable, /^CREATE TABLE IF NOT EXISTS "Order" .*;\nCREATE INDEX IF NOT EXISTS "Order_expires_at" ON "Order" \(expires_at\);\n$/);
});
