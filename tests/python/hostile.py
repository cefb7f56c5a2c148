"""Hostile headers and bodies, each with what comes of it: `None` where it is genuine."""

from __future__ import annotations

import array
from collections import OrderedDict, UserDict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from twenty_webhook import Webhook

HOOK = Webhook("a secret")
NOW = datetime(2024, 12, 24, 18, 57, 19, tzinfo=UTC)
BODY = b'{"eventName":"person.created","record":{"id":"7"}}'
SIGNED = HOOK.sign(BODY, timestamp=NOW)
TIMESTAMP, SIGNATURE, NONCE = SIGNED


class Raising:
    """Raises wherever it is asked anything."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def items(self) -> Any:
        raise self.error

    def __iter__(self) -> Iterator[Any]:
        raise self.error

    def __len__(self) -> int:
        raise self.error


class RaisingList(list[Any]):
    def __iter__(self) -> Iterator[Any]:
        raise RuntimeError("no")


class HostileText(str):
    """Its text is what counts, not what it says of itself."""

    __slots__ = ()

    def encode(self, *_: Any) -> bytes:
        raise RuntimeError("no")

    def __len__(self) -> int:
        return 10**9

    def lower(self) -> str:
        raise RuntimeError("no")

    def __str__(self) -> str:
        raise RuntimeError("no")


def with_value(name: str, value: Any) -> dict[Any, Any]:
    return {**SIGNED, name: value}


Row = tuple[str, Any, str | type[Exception] | None]


# Each time anew, because a generator gives its headers once.
def headers() -> list[Row]:
    return [
        ("genuine", SIGNED, None),
        ("none at all", {}, "missing_header"),
        ("no mapping", None, TypeError),
        ("a number", 5, TypeError),
        ("text", "X-Twenty-Webhook-Timestamp: 1", TypeError),
        ("bytes", b"abc", TypeError),
        ("no pairs", [1, 2], TypeError),
        ("texts for pairs", ["ab", "cd"], TypeError),
        ("three for two", [("a", "b", "c")], TypeError),
        ("a name that is no text", {1: "a", **SIGNED}, TypeError),
        ("byte keys", {name.encode(): value.encode() for name, value in SIGNED.items()}, None),
        ("byte keys, not ASCII", {b"\xff": b"", **SIGNED}, None),
        ("a key with a surrogate", {"\ud800": "", **SIGNED}, None),
        ("a name that folds to another", {**SIGNED, TIMESTAMP.replace("k", "\u212a"): "1"}, None),
        ("the same in pairs", [*SIGNED.items(), (TIMESTAMP.replace("k", "\u212a"), "1")], None),
        ("other values of any type", {"A": object(), "B": [[]], **SIGNED}, None),
        ("generator", ((name, value) for name, value in SIGNED.items()), None),
        ("ordered", OrderedDict(SIGNED), None),
        ("user's dictionary", UserDict(SIGNED), None),
        ("two spellings", {**SIGNED, TIMESTAMP.lower(): SIGNED[TIMESTAMP]}, "repeated_header"),
        ("environ and header", {**SIGNED, "HTTP_X_TWENTY_WEBHOOK_TIMESTAMP": "1"}, "repeated_header"),
        ("an environ's name in pairs", [*SIGNED.items(), ("HTTP_X_TWENTY_WEBHOOK_TIMESTAMP", "1")], None),
        ("None", with_value(TIMESTAMP, None), "missing_header"),
        ("empty list", with_value(SIGNATURE, []), "missing_header"),
        ("list of one", with_value(SIGNATURE, [SIGNED[SIGNATURE]]), None),
        ("tuple of two", with_value(SIGNATURE, (SIGNED[SIGNATURE],) * 2), "repeated_header"),
        ("joined", with_value(TIMESTAMP, "1, 1"), "repeated_header"),
        ("list of a list", with_value(TIMESTAMP, [["1"]]), TypeError),
        ("list that raises", with_value(TIMESTAMP, RaisingList("1")), TypeError),
        ("number", with_value(TIMESTAMP, 1735066639000), TypeError),
        ("bytearray", with_value(TIMESTAMP, bytearray(b"1")), TypeError),
        ("nonce of a wrong type", with_value(NONCE, 1.5), TypeError),
        ("hostile nonce", with_value(NONCE, "\ud800\x00"), None),
        ("empty", with_value(TIMESTAMP, ""), "malformed_timestamp"),
        ("not ASCII", with_value(TIMESTAMP, "１２３"), "malformed_timestamp"),
        ("NUL", with_value(TIMESTAMP, "1\x00"), "malformed_timestamp"),
        ("surrogate", with_value(TIMESTAMP, "\ud800"), "malformed_timestamp"),
        ("signature not ASCII", with_value(SIGNATURE, "é" * 64), "malformed_signature"),
        ("signature upper case", with_value(SIGNATURE, SIGNED[SIGNATURE].upper() + "A"), "malformed_signature"),
        ("10 MB", with_value(TIMESTAMP, "1" * 10_000_000), "malformed_timestamp"),
        ("10 MB, not ASCII", with_value(SIGNATURE, "é" * 10_000_000), "malformed_signature"),
        ("10 MB of bytes", with_value(SIGNATURE, b"a" * 10_000_000), "malformed_signature"),
        ("hostile texts", {HostileText(name): HostileText(value) for name, value in SIGNED.items()}, None),
        ("items() that raises", Raising(RuntimeError("no")), TypeError),
        ("items() that is none", type("NoItems", (), {"items": 5})(), TypeError),
    ]


def released() -> memoryview:
    view = memoryview(BODY)
    view.release()
    return view


BODIES: list[Row] = [
    ("bytearray", bytearray(BODY), None),
    ("memoryview", memoryview(BODY), None),
    ("every second byte", memoryview(b"".join(bytes([byte, 0]) for byte in BODY))[::2], None),
    ("of another format", memoryview(BODY + b"  ")[: len(BODY) // 2 * 2].cast("H"), None),
    ("array", array.array("B", BODY), None),
    ("text", BODY.decode(), None),
    ("hostile text", HostileText(BODY.decode()), None),
    ("surrogate", "\ud800", "payload_not_utf8"),
    ("released", released(), TypeError),
    ("parsed", {"eventName": "person.created"}, TypeError),
    ("list", [], TypeError),
    ("None", None, TypeError),
    ("number", 7, TypeError),
    ("too large", b"x" * (1 << 20) + b"x", "payload_too_large"),
    ("too large a buffer", bytearray((1 << 20) + 1), "payload_too_large"),
    ("too large a text", "é" * (1 << 19) + "x", "payload_too_large"),
]
