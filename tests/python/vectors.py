"""The vectors, as the files hold them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from twenty_webhook import Webhook

ROOT = Path(__file__).parents[2]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LEFT_OUT: dict[str, Any] = {}


def load(name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Every test with its group; as many as the file says."""
    vectors = json.loads((ROOT / "tests" / "vectors" / f"{name}.json").read_text("utf-8"))
    tests = [(group, test) for group in vectors["testGroups"] for test in group["tests"]]
    assert len(tests) == vectors["numberOfTests"] > 0
    return tests


def text(hexadecimal: str) -> str:
    """Text, which in Python can hold unpaired surrogates."""
    return bytes.fromhex(hexadecimal).decode("utf-8", "surrogatepass")


def octets(test: dict[str, Any], name: str) -> bytes:
    repeat = test.get(f"{name}Repeat")
    if repeat is not None:
        return bytes.fromhex(repeat["byteHex"]) * int(repeat["count"])
    return bytes.fromhex(test.get(f"{name}Hex") or "")


def header_pairs(test: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    return [(bytes.fromhex(header["nameHex"]), bytes.fromhex(header["valueHex"])) for header in test["headers"]]


def moment(millis: str) -> datetime | None:
    """None for what no datetime can hold."""
    try:
        return EPOCH + timedelta(milliseconds=int(millis))
    except OverflowError:
        return None


def webhook(group: dict[str, Any]) -> Webhook:
    options: dict[str, Any] = {"payload_form": group["payloadForm"]}
    if group.get("toleranceMillis") is not None:
        options["tolerance"] = timedelta(milliseconds=group["toleranceMillis"])
    if group.get("maxBodyBytes") is not None:
        options["max_body_bytes"] = group["maxBodyBytes"]
    if group.get("headerPrefix") is not None:
        options["header_prefix"] = group["headerPrefix"]
    return Webhook([text(secret) for secret in group["secretsHex"]], **options)
