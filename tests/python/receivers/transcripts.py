"""The transcripts of receivers, as `tests/vectors/receiver.json` has them."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from twenty_webhook import Webhook

VECTORS = Path(__file__).parents[2] / "vectors" / "receiver.json"
Case = tuple[dict[str, Any], dict[str, Any]]


def load() -> list[Case]:
    vectors = json.loads(VECTORS.read_text("utf-8"))
    cases = [(group, test) for group in vectors["testGroups"] for test in group["tests"]]
    assert len(cases) == vectors["numberOfTests"] > 0
    return cases


CASES = load()


def named(case: Case) -> str:
    return f"{case[1]['tcId']} {case[1]['comment']}"


def webhook(group: dict[str, Any]) -> Webhook:
    secret = bytes.fromhex(group["secretHex"]).decode()
    options: dict[str, Any] = {}
    if group["toleranceMillis"] is not None:
        options["tolerance"] = timedelta(milliseconds=group["toleranceMillis"])
    if group["webhookName"] is not None:
        options["name"] = group["webhookName"]
    made = Webhook(secret, **options)
    assert made.name == group["webhookName"]
    return made


def told(step: dict[str, Any]) -> tuple[str, Any]:
    kinds = ["head", "webhook", "bodyHex", "unreadable", "claim", "handler", "release", "fault"]
    return next((kind, step["tell"][kind]) for kind in kinds if kind in step["tell"])


LEVELS = {"debug": logging.DEBUG, "warn": logging.WARNING, "error": logging.ERROR}
