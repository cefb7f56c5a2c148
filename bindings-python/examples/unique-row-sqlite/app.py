"""Does the work in the transaction that remembers the delivery: `gunicorn app:app`."""

import os
import sqlite3
from contextlib import closing

from flask import Flask
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.flask import receive

DATABASE = os.environ.get("DATABASE", "twenty.db")


def connect() -> sqlite3.Connection:
    database = sqlite3.connect(DATABASE, timeout=4, isolation_level=None)
    database.execute("PRAGMA synchronous = FULL")  # What is committed outlives a power failure, too.
    return database


with closing(connect()) as database:
    database.execute("PRAGMA journal_mode = WAL")
    database.execute(
        "CREATE TABLE IF NOT EXISTS delivery (id TEXT PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)"
    )
    database.execute("CREATE TABLE IF NOT EXISTS change (name TEXT, record TEXT)")


def handle(event: Event, delivery: Delivery) -> None:
    with closing(connect()) as database, database:  # Commits, or rolls back what failed.
        database.execute("BEGIN IMMEDIATE")
        added = database.execute("INSERT INTO delivery (id) VALUES (?) ON CONFLICT DO NOTHING", [delivery.id])
        if added.rowcount == 1:
            work(event, database)


def work(event: Event, database: sqlite3.Connection) -> None:
    database.execute("INSERT INTO change VALUES (?, ?)", [event.name, event.record_id])


app = Flask(__name__)
webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
app.add_url_rule("/webhooks/twenty", view_func=receive(webhook, handle, replay_store=None))
