"""Answers Twenty once PostgreSQL has the delivery and Redis has the task: `gunicorn app:app`."""

import os

import psycopg
from flask import Flask
from tasks import DATABASE, work
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.flask import receive


def enqueue(event: Event, delivery: Delivery) -> None:
    with psycopg.connect(DATABASE, connect_timeout=2) as connection:
        keep = "INSERT INTO delivery (id, payload) VALUES (%s, %s) ON CONFLICT DO NOTHING"
        connection.execute(keep, [delivery.id, delivery.to_dict()["payload"]])
    work.apply_async((delivery.id,), task_id=delivery.id)


app = Flask(__name__)
webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
app.add_url_rule("/webhooks/twenty", view_func=receive(webhook, enqueue, replay_store=None))
