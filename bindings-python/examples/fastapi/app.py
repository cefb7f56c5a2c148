"""Twenty's webhooks in FastAPI: `python app.py`."""

import os

import redis.asyncio
import uvicorn
from fastapi import FastAPI
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.fastapi import receive
from twenty_webhook.replay import MemoryReplayStore, RedisReplayStore


async def on_record(event: Event, delivery: Delivery) -> None:
    record = event.record or {}
    print(event.name, record["id"], delivery.id, flush=True)


async def on_metadata(event: Event, delivery: Delivery) -> None:
    print(event.name, event.record_id, delivery.id, flush=True)


# Several processes need a store that they share.
url = os.environ.get("REDIS_URL")
store = RedisReplayStore(redis.asyncio.Redis.from_url(url, socket_timeout=5)) if url else MemoryReplayStore()

app = FastAPI()
webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
handlers = {"person.*": on_record, "*.deleted": on_record, "metadata.*.*": on_metadata}
app.add_route("/webhooks/twenty", receive(webhook, handlers, replay_store=store, diagnose=app.debug))

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8000")))
