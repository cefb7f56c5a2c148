"""The head of a request, and what the native part takes and gives when an exchange is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from twenty_webhook import CODES, Webhook, WebhookError, _core

NOW = 1_735_066_639_761
HOOK = Webhook("a secret", max_body_bytes=1_000)
SIGNED = {
    "X-Twenty-Webhook-Timestamp": str(NOW),
    "X-Twenty-Webhook-Signature": "0" * 64,
    "X-Twenty-Webhook-Nonce": "0" * 32,
}


def receiver(webhook: Webhook = HOOK, ttl: float | None = None) -> _core.Receiver:
    return _core.Receiver(webhook, None, None, ttl, None, "refuse", False, False, False)


def answer(method: Any, encoding: Any, length: Any, headers: Any, now: int = NOW) -> str | None:
    """The code, and nothing where the body is to be read."""
    exchange, turn = receiver().begin(method, encoding, length, False, False)
    if turn[2] is not None:
        turn = exchange.found(HOOK, length, headers, now)
    notices, answer, action = turn
    if notices is None or answer is None:
        assert (answer, action) == (None, ("read", 1_000, 10.0))
        return None
    ((_, outcome, code, status, *_),) = notices
    assert code is not None
    assert (outcome, status, answer[0]) == ("refused", CODES[code], CODES[code])
    assert dict(answer[2])["content-length"] == str(len(answer[1]))
    return code


@pytest.mark.parametrize(
    ("method", "encoding", "length", "headers", "code"),
    [
        ("POST", None, None, SIGNED, None),
        ("POST", "identity", "1000", SIGNED, None),
        ("POST", b"Identity", b"1000", [(name.encode(), value.encode()) for name, value in SIGNED.items()], None),
        ("POST", "", " 002 ", SIGNED, None),
        ("POST", "\ud800", None, SIGNED, "unsupported_content_encoding"),
        ("POST", None, "\ud800", SIGNED, "malformed_content_length"),
        ("GET", "gzip", "1001", {}, "method_not_allowed"),
        ("post", None, None, SIGNED, "method_not_allowed"),
        ("POST", b"br", "1001", {}, "unsupported_content_encoding"),
        ("POST", "gzip", "1001, 1001", {}, "unsupported_content_encoding"),
        *(
            ("POST", None, length, {}, "malformed_content_length")
            for length in ["", "many", "-1", "2, 2", b"1001,1001"]
        ),
        ("POST", None, b"1001", {}, "payload_too_large"),
        ("POST", None, "9" * 50, SIGNED, "payload_too_large"),
        ("POST", None, "2", {}, "missing_header"),
        ("POST", None, "2", {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in SIGNED.items()}, None),
    ],
)
def test_requests_are_judged_unread(method: str, encoding: Any, length: Any, headers: Any, code: str | None) -> None:
    assert answer(method, encoding, length, headers) == code


def test_requests_are_judged_by_the_clock() -> None:
    assert answer("POST", None, None, SIGNED, NOW + 300_001) == "timestamp_too_old"
    assert answer("POST", None, None, SIGNED, NOW - 300_001) == "timestamp_too_new"


@pytest.mark.parametrize(
    "mistaken", [(5, None, None, {}), ("POST", 5, None, {}), ("POST", None, 5, {}), ("POST", None, None, None)]
)
def test_what_is_no_head_is_a_type_error(mistaken: Any) -> None:
    with pytest.raises(TypeError):
        answer(*mistaken)


def test_claims_live_twice_the_tolerance_and_ten_seconds_at_least() -> None:
    for enough in [None, 610, 1e300]:
        receiver(ttl=enough)
    receiver(Webhook("a", tolerance=timedelta(seconds=1)), 12)
    for too_short in [609.999, 0, -1, float("nan"), float("inf"), float("-inf")]:
        with pytest.raises(WebhookError) as refused:
            receiver(ttl=too_short)
        assert refused.value.code == "invalid_ttl"


@pytest.mark.parametrize("told", ["nothing", "handled"])
def test_a_word_that_is_not_known_or_out_of_order_accepts_nothing(told: Any) -> None:
    exchange, _ = receiver().begin("POST", None, None, False, False)
    try:
        turn = exchange.tell(told)
    except WebhookError as error:  # In debug builds.
        assert error.code == "internal"
        turn = exchange.tell("fault", cause="\ud800")
    assert turn[1] is not None
    assert (turn[1][0], turn[2]) == (500, None)
