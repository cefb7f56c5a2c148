// Runs the public suite with the SQLite of the runtime: Node's or Bun's.
import { runCases } from "./cases.mjs";
import { installed } from "./support.mjs";

const { sqlReplayStore } = installed("twenty-webhook");
const { testReplayStore } = installed("twenty-webhook/testing");

const database = globalThis.Bun ? new (await import("bun:sqlite")).Database(":memory:") : new (await import("node:sqlite")).DatabaseSync(":memory:");
database.exec(sqlReplayStore(database).createTable);
database.exec("INSERT INTO twenty_webhook_claims VALUES ('expired', 'old', 0)");
const found = await runCases(testReplayStore(() => sqlReplayStore(database)));
const expired = database.prepare("SELECT key FROM twenty_webhook_claims WHERE expires_at = 0").all().length;
console.log(JSON.stringify({ ...found, expired }));
