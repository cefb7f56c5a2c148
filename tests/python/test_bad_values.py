"""Large header values, points in time, options, parsed values, and events of hostile payloads."""

from __future__ import annotations

import tracemalloc
from collections import OrderedDict
from datetime import UTC, datetime, timedelta, tzinfo
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from twenty_webhook import Webhook, WebhookError, WebhookVerificationError, canonicalize, canonicalize_value

HOOK = Webhook("a secret")
NOW = datetime(2024, 12, 24, 18, 57, 19, tzinfo=UTC)
BODY = b"{}"
SIGNED = HOOK.sign(BODY, timestamp=NOW)
TIMESTAMP, SIGNATURE, _ = SIGNED


class RaisingList(list[Any]):
    def __iter__(self) -> Any:
        raise RuntimeError("no")


class RaisingTuple(tuple[Any, ...]):
    __slots__ = ()

    def __iter__(self) -> Any:
        raise RuntimeError("no")


class OddItems(dict[Any, Any]):
    def items(self) -> Any:
        return [1]


class HostileText(str):
    __slots__ = ()

    def __str__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize(
    "value", ["é" * 10_000_000, b"a" * 10_000_000, ["\ud800" * 10_000_000]], ids=["text", "bytes", "list"]
)
def test_no_more_of_a_value_is_copied_than_is_looked_at(value: Any) -> None:
    tracemalloc.start()
    with pytest.raises(WebhookVerificationError):
        HOOK.verify(BODY, {**SIGNED, SIGNATURE: value}, NOW)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


class HostileZone(tzinfo):
    def utcoffset(self, _: Any) -> timedelta:
        raise RuntimeError("no")


def test_points_in_time() -> None:
    for wrong, error in [
        (datetime(2024, 1, 1), ValueError),
        (datetime(1969, 12, 31, tzinfo=UTC), ValueError),
        (datetime(2024, 1, 1, tzinfo=HostileZone()), TypeError),
        (1735066639761, TypeError),
        ("now", TypeError),
    ]:
        with pytest.raises(error):
            HOOK.verify(BODY, SIGNED, wrong)  # type: ignore[arg-type]
        with pytest.raises(error):
            HOOK.sign(BODY, timestamp=wrong)  # type: ignore[arg-type]
    distant = Webhook("a secret", tolerance=timedelta.max)
    headers = {TIMESTAMP: "9999999999999999", SIGNATURE: ""}
    with pytest.raises(WebhookError):
        distant.verify(BODY, headers)


def test_options() -> None:
    for options in [
        {"tolerance": None}, {"tolerance": 300}, {"max_body_bytes": None}, {"max_body_bytes": True}, {"max_body_bytes": "1"},
        {"header_prefix": None}, {"header_prefix": b"X-"}, {"payload_form": None}, {"payload_form": 1}, {"name": None}, {"name": b"acme"}, {"unknown": 1},
    ]:  # fmt: skip
        with pytest.raises(TypeError):
            Webhook("a secret", **options)  # type: ignore[arg-type]
    for options, code in [
        ({"tolerance": timedelta(microseconds=-1)}, "invalid_tolerance"),
        ({"max_body_bytes": 2**2000}, "invalid_max_body_bytes"),
        ({"max_body_bytes": -1}, "invalid_max_body_bytes"),
        ({"header_prefix": "\ud800-"}, "invalid_header_prefix"),
        ({"payload_form": "\ud800"}, "invalid_payload_form"),
        ({"name": "acme\ud800"}, "invalid_name"),
    ]:
        with pytest.raises(WebhookError) as raised:
            Webhook("a secret", **options)  # type: ignore[arg-type]
        assert raised.value.code == code
    for secret in [None, 5, [None], {"a": 1}, [["a"]], RaisingTuple("a"), RaisingList("a"), bytearray(b"a"), range(1)]:
        with pytest.raises(TypeError):
            Webhook(secret)  # type: ignore[arg-type]
    for nonce, expected in [(5, TypeError), ("\ud800" * 32, WebhookError), ("", WebhookError)]:
        with pytest.raises(expected):
            HOOK.sign(BODY, nonce=nonce)  # type: ignore[arg-type]


class Level(IntEnum):
    ONE = 1


class Colour(StrEnum):
    RED = "red"


def test_values() -> None:
    cycle: list[Any] = []
    cycle += [cycle, cycle]
    for value, expected in [
        ({"b": 1.0, "1": [], "a": ()}, '{"1":[],"b":1,"a":[]}'),
        (
            [2**2000, -(2**2000), 10**5000, 2**53 + 1, 10**21, -0.0, 1e-7],
            "[null,null,null,9007199254740992,1e+21,0,1e-7]",
        ),
        ([float("nan"), float("inf"), True, None], "[null,null,true,null]"),
        (["\ud800", "\ud83d\ude00", "é\x7f\u2028", "\x00"], '["\\ud800","😀","é\x7f\u2028","\\u0000"]'),
        ([Level.ONE, Colour.RED, HostileText("x")], '[1,"red","x"]'),
        (OrderedDict(b=1, a=2), '{"b":1,"a":2}'),
        ({"": {"": {}}}, '{"":{"":{}}}'),
        ("x", '"x"'),
    ]:
        assert canonicalize_value(value) == expected
    nested: Any = 0
    for _ in range(1024):
        nested = [nested]
    assert canonicalize_value(nested) == "[" * 1024 + "0" + "]" * 1024
    for deep in [[nested], {"a": nested}, cycle]:
        with pytest.raises(WebhookError) as raised:
            canonicalize_value(deep)
        assert raised.value.code == "payload_too_deep"
    for wrong in [{1: 2}, [object()], {"a", "b"}, b"x", RaisingList(), OddItems(), 1j, [{b"a": 1}]]:
        with pytest.raises(TypeError):
            canonicalize_value(wrong)
    with pytest.raises(WebhookError) as raised:
        canonicalize("é\ud800")
    assert (raised.value.code, raised.value.offset) == ("payload_not_utf8", 2)
    with pytest.raises(TypeError):
        canonicalize({})  # type: ignore[arg-type]


def test_events_of_hostile_payloads() -> None:
    for payload in [b"\xff", b"", b"[" * 300, b'{"a":' + b"1" * 10_000 + b"}", b'{"a":-' + b"9" * 5_000 + b"}"]:
        event = HOOK.verify(payload, HOOK.sign(payload)).event
        assert event.kind == "unknown"
        assert not event.matches("*.*")
    payload = b'{"eventName":"a.\\ud800","record":{"n":"\\ud800"}}'
    event = HOOK.verify(payload, HOOK.sign(payload)).event
    assert event.record == {"n": "\ud800"}
    assert event.matches("a.*")
    assert event.matches("a.\ud800")
    for other in ("a.\ufffd", "a.\udfff", "a.\\ud800"):
        assert not event.matches(other)
