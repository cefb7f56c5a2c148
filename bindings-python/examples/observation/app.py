"""Twenty's webhooks in FastAPI, observed: `opentelemetry-instrument python app.py`.

To change a secret without losing an event, give both: `TWENTY_WEBHOOK_SECRET=new TWENTY_WEBHOOK_OLD_SECRET=old`.
"""

import logging
import os
import signal
import sys

import uvicorn
from fastapi import FastAPI
from logs import JsonFormatter
from metrics import on_outcome
from opentelemetry import trace
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.fastapi import receive

logger = logging.getLogger("app")
tracer = trace.get_tracer("twenty-webhook")


async def on_person(event: Event, delivery: Delivery) -> None:
    # An exception that leaves the span is recorded in it.
    with tracer.start_as_current_span(f"handle {event.name}") as span:
        span.set_attribute("twenty_webhook.delivery.id", delivery.id)
        span.set_attribute("twenty_webhook.event.name", event.name or "")
        span.set_attribute("twenty_webhook.record.id", event.record_id or "")
        logger.info("the work begins", extra={"delivery_id": delivery.id, "record_id": event.record_id})
        if event.record_id == "broken":
            raise ConnectionError("the database is away")


secrets = [os.environ["TWENTY_WEBHOOK_SECRET"]]
if old := os.environ.get("TWENTY_WEBHOOK_OLD_SECRET"):
    secrets.append(old)
webhook = Webhook(secrets, name="crm")

app = FastAPI()
app.add_route("/webhooks/twenty", receive(webhook, {"person.*": on_person}, on_outcome=on_outcome))

if __name__ == "__main__":
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=os.environ.get("LOG_LEVEL", "INFO"), handlers=[handler])
    # uvicorn ends with the signal that ended it, and spans that are not sent yet would be lost.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit())
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8000")), log_config=None)
