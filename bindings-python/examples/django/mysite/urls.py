"""Where Twenty's webhooks go, under WSGI and, with handlers that are async, under ASGI."""

import os

import redis
from django.conf import settings
from django.urls import path
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.django import receive, receive_async
from twenty_webhook.replay import MemoryReplayStore, RedisReplayStore


def on_record(event: Event, delivery: Delivery) -> None:
    record = event.record or {}
    print(event.name, record["id"], delivery.id, flush=True)


def on_metadata(event: Event, delivery: Delivery) -> None:
    print(event.name, event.record_id, delivery.id, flush=True)


async def on_record_async(event: Event, delivery: Delivery) -> None:
    on_record(event, delivery)


# Several processes need a store that they share.
url = os.environ.get("REDIS_URL")
store = RedisReplayStore(redis.Redis.from_url(url, socket_timeout=5)) if url else MemoryReplayStore()

webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
handlers = {"person.*": on_record, "*.deleted": on_record, "metadata.*.*": on_metadata}
async_handlers = {"person.*": on_record_async, "*.deleted": on_record, "metadata.*.*": on_metadata}
urlpatterns = [path("webhooks/twenty", receive(webhook, handlers, replay_store=store, diagnose=settings.DEBUG))]
urlpatterns += [path("webhooks/twenty-async", receive_async(webhook, async_handlers, replay_store=store))]
