"""What is sent, signed as the sender does with Python's own hmac, whatever the package thinks of it."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import time
from typing import Any

SECRET = "the secret of these tests"
LIMIT = 1 << 20
MINUTE = 60_000


def signed(body: bytes, *, at: int = 0, secret: str = SECRET) -> dict[str, str]:
    """The sender's headers; `at` is in milliseconds from now."""
    timestamp = str(time.time_ns() // 1_000_000 + at)
    signature = hmac.new(secret.encode(), f"{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Twenty-Webhook-Timestamp": timestamp,
        "X-Twenty-Webhook-Signature": signature,
        "X-Twenty-Webhook-Nonce": os.urandom(16).hex(),
    }


def identity(body: bytes) -> str:
    """What a delivery of it is known by."""
    return hashlib.sha256(body).hexdigest()


def text(payload: Any) -> bytes:
    return json.dumps(payload, separators=(",", ":")).encode()


def fresh() -> str:
    """An id no other delivery has, so that none is taken for another's duplicate."""
    return os.urandom(8).hex()


def record(name: str = "person.created", record_id: str | None = None, **more: Any) -> bytes:
    return text({"eventName": name, "webhookId": fresh(), "record": {"id": record_id or fresh(), **more}})


def without_id() -> bytes:
    """The handlers of the examples fail at it."""
    return text({"eventName": "person.created", "webhookId": fresh(), "record": {}})


def metadata(record_id: str) -> bytes:
    event = {"type": "updated", "metadataName": "objectMetadata", "recordId": record_id, "properties": {}}
    return text({"eventName": "metadata.objectMetadata.updated", "event": event})


def documented(record_id: str) -> bytes:
    return text({"event": "person.created", "data": {"id": record_id}, "timestamp": "2025-01-01T00:00:00Z"})


def old(record_id: str) -> bytes:
    return text({"eventType": "create.person", "record": {"id": record_id}})


def of_length(length: int) -> bytes:
    body = record(filler="")
    return body.replace(b'"filler":""', b'"filler":"' + b"x" * (length - len(body)) + b'"')
