"""Twenty's webhooks in bare WSGI: `gunicorn app:app`."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import redis
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.replay import MemoryReplayStore, RedisReplayStore
from twenty_webhook.wsgi import receive


def on_record(event: Event, delivery: Delivery) -> None:
    record = event.record or {}
    print(event.name, record["id"], delivery.id, flush=True)


def on_metadata(event: Event, delivery: Delivery) -> None:
    print(event.name, event.record_id, delivery.id, flush=True)


# Several processes need a store that they share.
url = os.environ.get("REDIS_URL")
store = RedisReplayStore(redis.Redis.from_url(url, socket_timeout=5)) if url else MemoryReplayStore()

webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
handlers = {"person.*": on_record, "*.deleted": on_record, "metadata.*.*": on_metadata}
receiver = receive(webhook, handlers, replay_store=store)


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    if environ["PATH_INFO"] == "/webhooks/twenty":
        return receiver(environ, start_response)
    start_response("404 Not Found", [("Content-Length", "0")])
    return []
