"""Verifies the deliveries of a file with the Python package, and prints a verdict for each."""

import json
import sys
from datetime import datetime, timedelta, timezone

from twenty_webhook import Webhook, WebhookVerificationError

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def verify(delivery):
    headers = [(bytes.fromhex(header["nameHex"]), bytes.fromhex(header["valueHex"])) for header in delivery["headers"]]
    webhook = Webhook(bytes.fromhex(delivery["secretHex"]))
    now = EPOCH + timedelta(milliseconds=int(delivery["now"]))
    try:
        event = webhook.verify(bytes.fromhex(delivery["bodyHex"]), headers, now).event
    except WebhookVerificationError as error:
        return {"code": error.code}
    return {"kind": event.kind, "eventName": event.name}


with open(sys.argv[1], encoding="utf-8") as file:
    print(json.dumps([verify(delivery) for delivery in json.load(file)]))
