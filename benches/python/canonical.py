"""Canonical text against a round trip through each peer's parser and printer.

Everyone starts from the bytes that arrived. Ours prints what JSON.stringify(JSON.parse(text)) prints, byte for byte;
the peers agree in value: `json` and `orjson` print numbers as Python does, `rfc8785` sorts keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
import rfc8785
from harness import Task
from report import Report
from twenty_webhook import canonicalize


def run(report: Report, texts: dict[str, str]) -> None:
    compact = {name: text.encode() for name, text in texts.items()}
    indented = {f"{name}, indented": _indented(text).encode() for name, text in texts.items()}
    for name, text in (compact | indented).items():
        _compare(report, f"canonical {name}", text)


def _compare(report: Report, case: str, text: bytes) -> None:
    printed = canonicalize(text)
    assert canonicalize(printed) == printed, f"{case}: canonical text stays as it is"
    for peer, round_trip in PEERS.items():
        try:
            theirs = round_trip(text)
        except rfc8785.CanonicalizationError as error:
            report.leave_out(case, peer, str(error))
            continue
        assert _doubles(theirs) == _doubles(printed), f"{case}: ours and {peer} agree in value"
        report.compare(case, len(text), peer, Task(partial(canonicalize, text)), Task(partial(round_trip, text)))


def _with_json(text: bytes) -> str:
    return json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)


def _with_orjson(text: bytes) -> bytes:
    return orjson.dumps(orjson.loads(text))


def _with_rfc8785(text: bytes) -> bytes:
    return rfc8785.dumps(json.loads(text))


PEERS: dict[str, Callable[[bytes], str | bytes]] = {
    "json.loads, json.dumps": _with_json,
    "orjson.loads, orjson.dumps": _with_orjson,
    "json.loads, rfc8785.dumps, sorts": _with_rfc8785,
}


def _doubles(text: bytes | str) -> Any:
    """Its value, every number as ECMAScript has it."""
    return json.loads(text, parse_int=float)


def _indented(text: str) -> str:
    """The same values as an editor or a proxy shows them."""
    return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
