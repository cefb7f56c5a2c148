"""Twenty's webhooks in AWS Lambda, behind API Gateway, a function URL or a load balancer: the handler is `app.handler`."""

import os

from mangum import Mangum
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.asgi import receive


def on_record(event: Event, delivery: Delivery) -> None:
    record = event.record or {}
    print(event.name, record["id"], delivery.id, flush=True)


def on_metadata(event: Event, delivery: Delivery) -> None:
    print(event.name, event.record_id, delivery.id, flush=True)


webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
handlers = {"person.*": on_record, "*.deleted": on_record, "metadata.*.*": on_metadata}

handler = Mangum(receive(webhook, handlers))
