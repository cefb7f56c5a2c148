"""Twenty's webhooks in Flask: `gunicorn app:app`."""

import os

import redis
from flask import Flask
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.flask import receive
from twenty_webhook.replay import MemoryReplayStore, RedisReplayStore


def on_record(event: Event, delivery: Delivery) -> None:
    record = event.record or {}
    print(event.name, record["id"], delivery.id, flush=True)


def on_metadata(event: Event, delivery: Delivery) -> None:
    print(event.name, event.record_id, delivery.id, flush=True)


# Several processes need a store that they share.
url = os.environ.get("REDIS_URL")
store = RedisReplayStore(redis.Redis.from_url(url, socket_timeout=5)) if url else MemoryReplayStore()

app = Flask(__name__)
webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
handlers = {"person.*": on_record, "*.deleted": on_record, "metadata.*.*": on_metadata}
app.add_url_rule("/webhooks/twenty", view_func=receive(webhook, handlers, replay_store=store, diagnose=app.debug))
