"""Answers Twenty once Redis has the task: `gunicorn app:app`."""

import os

from flask import Flask
from tasks import work
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.flask import receive


def enqueue(event: Event, delivery: Delivery) -> None:
    work.apply_async([delivery.to_dict()["payload"]], task_id=delivery.id)


app = Flask(__name__)
webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])
app.add_url_rule("/webhooks/twenty", view_func=receive(webhook, enqueue))
