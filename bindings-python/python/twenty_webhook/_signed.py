"""Deliveries as Twenty sends them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from twenty_webhook import Webhook, canonicalize_value


class SignedDelivery(NamedTuple):
    """What is sent: bytes and headers, as the test clients of every framework take them."""

    body: bytes
    """The payload as JSON text."""
    headers: dict[str, str]
    """The three headers of Twenty, and `Content-Type`."""


def signed_delivery(webhook: Webhook, payload: Any, *, timestamp: datetime | None = None) -> SignedDelivery:
    """Signs a payload with the webhook's first secret, as Twenty does: now, or at another time.

    Text and bytes are sent as they are, so that a body of your own can be tried; everything else is printed as
    ECMAScript's `JSON.stringify` does. A receiver takes the same payload for a duplicate when it comes again: make a new
    `sample` for each. Raises `TypeError` for what has no JSON text.
    """
    if not isinstance(webhook, Webhook):
        raise TypeError(f"webhook must be a Webhook, not {type(webhook).__name__}")
    content = payload if isinstance(payload, str | bytes) else canonicalize_value(payload)
    body = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return SignedDelivery(body, {"Content-Type": "application/json", **webhook.sign(body, timestamp=timestamp)})
