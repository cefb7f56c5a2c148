"""What receivers ask the native part, beside a verification."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from twenty_webhook import CODES, Webhook, WebhookError, WebhookVerificationError, _core

NOW = datetime(2024, 12, 24, 18, 57, 19, tzinfo=UTC)
HOOK = Webhook("a secret", max_body_bytes=1_000)
SIGNED = HOOK.sign(b"{}", timestamp=NOW)


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
        *(("POST", None, length, {}, "malformed_content_length") for length in ["", "many", "-1", "2, 2", b"1001,1001"]),
        ("POST", None, b"1001", {}, "payload_too_large"),
        ("POST", None, "9" * 50, SIGNED, "payload_too_large"),
        ("POST", None, "2", {}, "missing_header"),
        ("POST", None, "2", {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in SIGNED.items()}, None),
    ],
)
def test_requests_are_judged_unread(method: str, encoding: Any, length: Any, headers: Any, code: str | None) -> None:
    try:
        HOOK.check_request(method, encoding, length, headers, NOW)
    except WebhookVerificationError as error:
        assert (error.code, error.status) == (code, CODES[error.code])
    else:
        assert code is None


def test_requests_are_judged_by_the_clock() -> None:
    with pytest.raises(WebhookVerificationError) as stale:
        HOOK.check_request("POST", None, None, SIGNED)
    assert stale.value.code == "timestamp_too_old"
    HOOK.check_request("POST", None, None, HOOK.sign(b""))
    for mistaken in [(5, None, None, {}), ("POST", 5, None, {}), ("POST", None, 5, {}), ("POST", None, None, None)]:
        with pytest.raises(TypeError):
            HOOK.check_request(*mistaken)  # type: ignore[arg-type]


def test_claims_live_twice_the_tolerance_at_least() -> None:
    assert HOOK.replay_policy("n") == (86_400, 600)
    assert HOOK.replay_policy("n", 600.5) == (600.5, 600)
    assert Webhook("a", tolerance=timedelta(seconds=1)).replay_policy("n", 2) == (2, 2)
    assert HOOK.replay_policy("n", 1e300)[0] > 1e18
    for too_short in [599.999, 0, -1, float("nan"), float("inf"), float("-inf")]:
        with pytest.raises(WebhookError) as refused:
            HOOK.replay_policy("n", too_short)
        assert refused.value.code == "invalid_ttl"


def test_codes_mean_something() -> None:
    for code, status in CODES.items():
        message, found = _core.meaning(code)
        assert found == status
        assert message.endswith(".")
    with pytest.raises(WebhookError) as unknown:
        _core.meaning("no_such_code")
    assert unknown.value.code == "internal"


def test_patterns_that_match_something() -> None:
    for pattern in ["person.created", "*.*", "person.*", "*.deleted", "metadata.*.*"]:
        assert _core.is_pattern(pattern)
    for pattern in ["", "person", "*", "a.b.c", ".", "person.", "metadata.*.*.*"]:
        assert not _core.is_pattern(pattern)


def test_limits_are_those_of_the_design() -> None:
    assert _core.RECEIVER_LIMITS == (10, 4, 1, 100_000)
    assert _core.DEFAULT_NAMESPACE == "twenty-webhook"
