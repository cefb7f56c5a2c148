"""The vectors, as the files hold them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.message import Message
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


def carriers(pairs: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    """The same headers in every form that can hold them."""
    decoded = [(name.decode("latin-1"), value) for name, value in pairs]
    forms: dict[str, Any] = {"asgi": pairs, "generator": iter(pairs), "lists": [list(pair) for pair in pairs]}
    forms["values in a list"] = {}
    for name, value in decoded:
        forms["values in a list"].setdefault(name, []).append(value)
    if len({name for name, _ in decoded}) == len(decoded):
        forms["dict of bytes"] = dict(pairs)
        forms["dict"] = dict(decoded)
        environ = {"HTTP_" + name.upper().replace("-", "_"): value for name, value in decoded}
        if len(environ) == len(decoded) and not any("_" in name for name, _ in decoded):  # WSGI takes both for one.
            forms["environ"] = environ | {"wsgi.input": object(), "SERVER_PORT": 80}
    if all(value.isascii() for _, value in pairs):
        forms["text"] = [(name, value.decode()) for name, value in decoded]
        if "dict" in forms:
            forms["dict of text"] = dict(forms["text"])
        if all(name.isascii() and name.isprintable() and value.decode().isprintable() for name, value in decoded):
            message = Message()
            for name, value in forms["text"]:
                message[name] = value
            forms["message"] = message
    return forms


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
