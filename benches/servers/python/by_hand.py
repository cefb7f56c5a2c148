"""What somebody careful writes by hand in the place of a receiver: the checks, the limit and the memory that ours has."""

import hashlib
import hmac
import json
import logging
import os
import re
import time
from collections.abc import Callable
from threading import Lock
from typing import Any

MAX_BODY_BYTES = 1_048_576

Answer = tuple[int, dict[str, str]]


def received(body: bytes, header: Callable[[str], str | None], handle: Callable[[Any], None]) -> Answer:
    """Judges a delivery, and handles it once."""
    timestamp, signature = header("x-twenty-webhook-timestamp"), header("x-twenty-webhook-signature")
    if not timestamp or not signature:
        return refused(400, "missing_header")
    if not TIMESTAMP.fullmatch(timestamp):
        return refused(400, "malformed_timestamp")
    if abs(time.time() * 1_000 - int(timestamp)) > TOLERANCE_MS:
        return refused(401, "stale_timestamp")
    if not SIGNATURE.fullmatch(signature):
        return refused(401, "malformed_signature")
    expected = hmac.new(SECRET, timestamp.encode() + b":" + body, hashlib.sha256).digest()
    if not hmac.compare_digest(expected, bytes.fromhex(signature)):
        return refused(401, "signature_mismatch")
    try:
        event = json.loads(body)
    except ValueError:
        return refused(400, "not_json")
    if (claim := claims.add(signature)) != "granted":
        return (200, {"outcome": "duplicate"}) if claim == "held" else refused(503, "full")
    try:
        handle(event)
    except Exception:
        claims.remove(signature)
        logging.exception("the handler failed")
        return refused(500, "handler_failed")
    return 200, {"outcome": "handled"}


def refused(status: int, code: str) -> Answer:
    return status, {"code": code}


class Claims:
    """The oldest stand first, because each lives as long as the others."""

    def __init__(self, at_most: int) -> None:
        self.at_most = at_most
        self.expiries: dict[str, float] = {}
        self.lock = Lock()

    def add(self, key: str) -> str:
        now = time.monotonic()
        with self.lock:
            while self.expiries and self.expiries[oldest := next(iter(self.expiries))] <= now:
                del self.expiries[oldest]
            if key in self.expiries:
                return "held"
            if len(self.expiries) >= self.at_most:
                return "full"
            self.expiries[key] = now + TTL_SECONDS
            return "granted"

    def remove(self, key: str) -> None:
        with self.lock:
            self.expiries.pop(key, None)


TOLERANCE_MS = 300_000
TTL_SECONDS = 86_400
TIMESTAMP = re.compile(r"[0-9]{1,15}")
SIGNATURE = re.compile(r"[0-9a-fA-F]{64}")
SECRET = os.environ["SECRET"].encode()
claims = Claims(int(os.environ["CLAIMS"]))
