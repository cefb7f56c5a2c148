"""Twenty's webhooks in aiohttp: `python app.py`."""

import os

from aiohttp import web
from aiohttp_asgi import ASGIResource
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.asgi import receive


async def on_record(event: Event, delivery: Delivery) -> None:
    record = event.record or {}
    print(event.name, record["id"], delivery.id, flush=True)


async def on_metadata(event: Event, delivery: Delivery) -> None:
    print(event.name, event.record_id, delivery.id, flush=True)


webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
handlers = {"person.*": on_record, "*.deleted": on_record, "metadata.*.*": on_metadata}

app = web.Application()
resource = ASGIResource(receive(webhook, handlers), root_path="/webhooks/twenty")
app.router.register_resource(resource)
# What still runs in the background is waited for.
resource.lifespan_mount(app)

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8080")))
