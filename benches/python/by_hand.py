"""What a careful receiver of Twenty's webhooks writes with the standard library, in three ways to have the HMAC.

It is written out three times, because a helper would cost each of them a call.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from time import time

from contender import Headers, RefusedError

SECRET = b"3b1f0a7c9d2e4856b7a0c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f40516"
"""As Twenty generates them: 64 hex digits, used as text."""
TOLERANCE_MILLIS = 5 * 60 * 1000


def with_new(body: bytes, headers: Headers) -> None:
    timestamp = headers.get("x-twenty-webhook-timestamp", "")
    signature = headers.get("x-twenty-webhook-signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 16):
        raise RefusedError("no usable timestamp")
    if not (signature.isascii() and len(signature) == 64):
        raise RefusedError("no usable signature")
    if abs(time() * 1000 - int(timestamp)) > TOLERANCE_MILLIS:
        raise RefusedError("not sent in these minutes")
    expected = hmac.new(SECRET, timestamp.encode() + b":" + body, sha256).hexdigest()
    if not hmac.compare_digest(expected, signature):
        raise RefusedError("signed by someone else")


def with_digest(body: bytes, headers: Headers) -> None:
    timestamp = headers.get("x-twenty-webhook-timestamp", "")
    signature = headers.get("x-twenty-webhook-signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 16):
        raise RefusedError("no usable timestamp")
    if not (signature.isascii() and len(signature) == 64):
        raise RefusedError("no usable signature")
    if abs(time() * 1000 - int(timestamp)) > TOLERANCE_MILLIS:
        raise RefusedError("not sent in these minutes")
    expected = hmac.digest(SECRET, timestamp.encode() + b":" + body, "sha256").hex()
    if not hmac.compare_digest(expected, signature):
        raise RefusedError("signed by someone else")


KEYED = hmac.new(SECRET, digestmod=sha256)


def with_copy(body: bytes, headers: Headers) -> None:
    timestamp = headers.get("x-twenty-webhook-timestamp", "")
    signature = headers.get("x-twenty-webhook-signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 16):
        raise RefusedError("no usable timestamp")
    if not (signature.isascii() and len(signature) == 64):
        raise RefusedError("no usable signature")
    if abs(time() * 1000 - int(timestamp)) > TOLERANCE_MILLIS:
        raise RefusedError("not sent in these minutes")
    mac = KEYED.copy()
    mac.update(timestamp.encode() + b":" + body)
    if not hmac.compare_digest(mac.hexdigest(), signature):
        raise RefusedError("signed by someone else")
