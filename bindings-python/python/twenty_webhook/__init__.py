"""Verify, understand and de-duplicate the webhooks of Twenty CRM.

A receiver makes one `Webhook` from the secret it shares with Twenty and hands it every request: the body as it arrived
and the headers. What comes back is a `Delivery`, or `WebhookVerificationError` with a `code` and an HTTP `status`.
"""

from twenty_webhook._core import Delivery, Event, __version__, canonicalize
from twenty_webhook._errors import CODES, WebhookError, WebhookVerificationError
from twenty_webhook._values import canonicalize_value
from twenty_webhook._webhook import Webhook

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
]
