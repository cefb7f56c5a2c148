"""Twenty's webhooks in Litestar: `litestar run`."""

import os

from litestar import Litestar, asgi
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.asgi import receive


async def on_record(event: Event, delivery: Delivery) -> None:
    record = event.record or {}
    print(event.name, record["id"], delivery.id, flush=True)


async def on_metadata(event: Event, delivery: Delivery) -> None:
    print(event.name, event.record_id, delivery.id, flush=True)


webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
handlers = {"person.*": on_record, "*.deleted": on_record, "metadata.*.*": on_metadata}

app = Litestar([asgi("/webhooks/twenty", copy_scope=True)(receive(webhook, handlers))])
