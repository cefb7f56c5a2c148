"""Twenty's webhooks in AWS Lambda by the library alone, behind a function URL or an HTTP API: the handler is `app.handler`.

It keeps no list of what it has had: where an event must not be handled twice, keep `delivery.id` with what is done.
"""

import base64
import json
import os
from typing import Any

from twenty_webhook import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["TWENTY_WEBHOOK_SECRET"])


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    body = "" if event.get("body") is None else event["body"]
    try:
        sent = base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body
        delivery = webhook.verify(sent, event.get("headers") or {})
    except WebhookVerificationError as error:
        return refused(error.status, error.code, error)
    except (TypeError, ValueError) as error:  # Such as a body that something has parsed.
        return refused(500, "not_a_request", error)
    print(delivery.event.name, delivery.event.record_id, delivery.id, flush=True)
    return answer(200, {"outcome": "handled"})


def refused(status: int, code: str, error: Exception) -> dict[str, Any]:
    print(code, error, flush=True)
    return answer(status, {"code": code})


def answer(status: int, said: dict[str, str]) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(said)}
