"""Memory over many verifications and refusals of every kind: it does not grow.

VERIFICATIONS asks for more of them, and a tenth as many refusals of each kind.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from twenty_webhook import CODES, Webhook, WebhookVerificationError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what is resident")

VERIFICATIONS = int(os.environ.get("VERIFICATIONS", "20000"))
MEGABYTE = 1 << 20
ALLOWANCE = 10
NOW = datetime(2024, 12, 24, 18, 57, 19, tzinfo=UTC)
MILLIS = int(NOW.timestamp() * 1000)
SECRET = "a secret"
HOOK = Webhook(SECRET, max_body_bytes=100_000)
CANONICAL = Webhook(SECRET, payload_form="canonical")

Made = tuple[Any, dict[str, str]]


def delivery(number: int, body: bytes | None = None, millis: int = MILLIS) -> Made:
    """A body of its own, and the headers that the sender gives it."""
    if body is None:
        fill = "é€x" * (number % 900)
        body = f'{{"eventName":"person.created","record":{{"id":"{number}","fill":"{fill}"}}}}'.encode()
    tag = hmac.new(SECRET.encode(), f"{millis}:".encode() + body, hashlib.sha256).hexdigest()
    return body, {"X-Twenty-Webhook-Timestamp": str(millis), "X-Twenty-Webhook-Signature": tag}


def changed(number: int, name: str, value: Any) -> Made:
    body, headers = delivery(number)
    return body, {**headers, f"X-Twenty-Webhook-{name}": value}


REFUSALS: dict[str, Callable[[int], Made]] = {
    "payload_too_large": lambda number: (b"x" * 100_001, delivery(number)[1]),
    "missing_header": lambda number: changed(number, "Signature", None),
    "repeated_header": lambda number: changed(number, "Timestamp", f"{MILLIS}, {MILLIS}"),
    "malformed_timestamp": lambda number: changed(number, "Timestamp", f"{number}x"),
    "timestamp_too_old": lambda number: delivery(number, millis=MILLIS - 300_001 - number),
    "timestamp_too_new": lambda number: delivery(number, millis=MILLIS + 300_001 + number),
    "malformed_signature": lambda number: changed(number, "Signature", str(number) * 9),
    "signature_mismatch": lambda number: changed(number, "Signature", "0" * 64),
    "payload_not_utf8": lambda number: delivery(number, b'"\xff"'),
    "payload_not_json": lambda number: delivery(number, b'{"%d' % number),
    "payload_too_deep": lambda number: delivery(number, b"[" * 1_025),
}
READS = ("payload_not_utf8", "payload_not_json", "payload_too_deep")


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // MEGABYTE


def check_flat(count: int, act: Callable[[int], None]) -> None:
    """Allocators keep room, and give some back: so the least at the end against the most in the middle."""
    sizes = []
    for part in range(10):
        for number in range(part * count // 10, (part + 1) * count // 10):
            act(number)
        sizes.append(resident())
    print("MiB after each tenth:", *sizes)
    assert min(sizes[8:]) - max(sizes[3:5]) < ALLOWANCE, sizes


def test_there_is_a_refusal_of_each_code_that_a_verification_gives() -> None:
    codes = list(CODES)
    assert set(REFUSALS) == set(codes[: codes.index("secret_empty")])


def test_verifications() -> None:
    def verify(number: int) -> None:
        delivered = HOOK.verify(*delivery(number), NOW)
        assert len(delivered.id) == 64
        assert delivered.event.record_id == str(number)
        assert delivered.payload

    check_flat(VERIFICATIONS, verify)


@pytest.mark.parametrize("code", REFUSALS)
def test_refusals(code: str) -> None:
    hook = CANONICAL if code in READS else HOOK

    def refuse(number: int) -> None:
        body, headers = REFUSALS[code](number)
        with pytest.raises(WebhookVerificationError) as raised:
            hook.verify(body, headers, NOW)
        assert raised.value.code == code

    check_flat(VERIFICATIONS // 10, refuse)
