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
    body = event.get("body", "")
    sent = base64.b64decode(body) if event["isBase64Encoded"] else body.encode()
    try:
        delivery = webhook.verify(sent, event["headers"])
    except WebhookVerificationError as error:
        print(error.code, error, flush=True)
        return answer(error.status, {"code": error.code})
    print(delivery.event.name, delivery.event.record_id, delivery.id, flush=True)
    return answer(200, {"outcome": "handled"})


def answer(status: int, said: dict[str, str]) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(said)}
