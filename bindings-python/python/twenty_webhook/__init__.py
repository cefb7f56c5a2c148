"""Verify, understand and de-duplicate the webhooks of Twenty CRM.

A receiver makes one `Webhook` from the secret it shares with Twenty and hands it every request: the body as it arrived
and the headers. What comes back is a `Delivery`, or `WebhookVerificationError` with a `code` and an HTTP `status`.
"""

from __future__ import annotations

from twenty_webhook._core import Delivery, Event, __version__, canonicalize, delivery_id_of
from twenty_webhook._errors import CODES, WebhookError, WebhookVerificationError
from twenty_webhook._webhook import Webhook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "CODES",
    "Delivery",
    "Event",
    "Webhook",
    "WebhookError",
    "WebhookVerificationError",
    "__version__",
    "canonicalize",
    "canonicalize_value",
    "delivery_id_of",
]


def __dir__() -> list[str]:
    return __all__


def canonicalize_value(obj: Any) -> str:
    """Prints a parsed value as ECMAScript's `JSON.stringify` does: `canonicalize` of its JSON text.

    Takes dict with str keys, list, tuple, str (also with unpaired surrogates), int (as the nearest double), float, bool
    and None; NaN, infinities and integers beyond the doubles are `null`. Anything else is a `TypeError`. Raises
    `WebhookError` with `payload_too_deep` beyond 1,024 levels, which is how a cycle ends.
    """
    from twenty_webhook._values import spelt

    return canonicalize(spelt(obj))


def _imported_by_the_native_part() -> None:
    """Is not called: tools that freeze programs follow import statements, also here, and cannot see the native part's."""
    from twenty_webhook import _host, _moments  # noqa: F401
