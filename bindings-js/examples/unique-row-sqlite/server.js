// Does the work in the transaction that remembers the delivery: both are committed, or neither.
import { createServer } from "node:http";
import Database from "better-sqlite3";
import { Webhook } from "twenty-webhook";
import { receive } from "twenty-webhook/node";

const database = new Database(process.env.DATABASE ?? "twenty.db");
database.pragma("journal_mode = WAL");
database.pragma("synchronous = FULL"); // What is committed outlives a power failure, too.
database.exec("CREATE TABLE IF NOT EXISTS delivery (id TEXT PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT");
database.exec("CREATE TABLE IF NOT EXISTS change (name TEXT, record TEXT) STRICT");

const remember = database.prepare("INSERT INTO delivery (id) VALUES (?) ON CONFLICT DO NOTHING");
const work = database.prepare("INSERT INTO change VALUES (?, ?)");

const handle = database.transaction((event, delivery) => {
  if (remember.run(delivery.id).changes === 1) work.run(event.name, event.recordId);
}).immediate;

const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET);
const server = createServer(receive(webhook, (event, delivery) => handle(event, delivery), { replayStore: null }));
server.listen(process.env.PORT ?? 3000, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
