"""Verifies and signs with the installed package; its secrets are hidden from valgrind by the library that is named."""

import ctypes
import hashlib
import hmac
import sys
from datetime import datetime, timezone

from twenty_webhook import Webhook, WebhookVerificationError

MARKS = ctypes.CDLL(sys.argv[1])
MARKS.hide_memory.argtypes = [ctypes.c_size_t, ctypes.c_size_t]
SECRETS = [hashlib.sha256(bytes([number])).hexdigest() for number in range(3)] + ["longer than a block " * 5 + "."]
SENT = datetime(2024, 12, 24, tzinfo=timezone.utc)
TIMESTAMP = str(round(SENT.timestamp() * 1000))
BODY = '{"a":1}'
END = 4


def hidden(secret: str) -> bytes:
    """Its inside: at its ends a copied line end is looked for."""
    text = secret.encode()
    # Where CPython keeps the bytes, with a zero behind them.
    MARKS.hide_memory(id(text) + bytes.__basicsize__ - 1 + END, len(text) - 2 * END)
    return text


def is_genuine(signature: str) -> bool:
    headers = {"X-Twenty-Webhook-Timestamp": TIMESTAMP, "X-Twenty-Webhook-Signature": signature}
    try:
        webhook.verify(BODY, headers, now=SENT)
    except WebhookVerificationError as error:
        assert error.code == "signature_mismatch", error
        return False
    return True


webhook = Webhook([hidden(secret) for secret in SECRETS])
MARKS.say_made()
for secret in SECRETS:
    genuine = hmac.new(secret.encode(), f"{TIMESTAMP}:{BODY}".encode(), "sha256").hexdigest()
    assert is_genuine(genuine)
    for place in (0, 32, 63):
        digit = "1" if genuine[place] == "0" else "0"
        assert not is_genuine(genuine[:place] + digit + genuine[place + 1 :])
