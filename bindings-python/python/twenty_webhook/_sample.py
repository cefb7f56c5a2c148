"""Payloads as the newest version of Twenty sends them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from twenty_webhook._samples import SAMPLES


def sample(name: str, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A payload as the newest version of Twenty sends it, for an event of this name.

    That is one of a record (`person.created`, also of custom objects) or of the workspace itself
    (`metadata.objectMetadata.updated`). Each has a new record id and the time of the call, so no two are duplicates.
    `overrides` are merged into it, dictionaries key by key. Raises `ValueError` for a name that Twenty does not send.
    """
    if not isinstance(name, str):
        raise TypeError(f"name must be a str, not {type(name).__name__}")
    if overrides is not None and not isinstance(overrides, Mapping):
        raise TypeError(f"overrides must be a mapping, not {type(overrides).__name__}")
    kind, thing, action = _parts(name)
    template = SAMPLES.get(f"{kind}.{thing}.{action}") or SAMPLES.get(f"{kind}.{action}") if _is_sent(thing) else None
    if template is None:
        raise ValueError(f"{name[:_LONGEST_SHOWN]!r}: {SAMPLES['refusal']}.")
    now = datetime.now(UTC)
    values = {
        "fields": SAMPLES.get(f"fields.{thing}", SAMPLES["fields."]),
        "changed": SAMPLES.get(f"changed.{thing}", SAMPLES["changed."]),
        "name": name,
        "object": thing,
        "id": str(uuid4()),
        "now": _iso(now),
        "before": _iso(now - timedelta(hours=1)),
    }
    text = re.sub(r"<(\w+)>", lambda place: values[place[1]], template)
    payload: dict[str, Any] = _merged(json.loads(text), overrides or {})
    return payload


def _parts(name: str) -> tuple[str, str, str]:
    match name.split("."):
        case [thing, action]:
            return "record", thing, action
        case ["metadata", thing, operation]:
            return "metadata", thing, operation
    return "", "", ""


def _is_sent(thing: str) -> bool:
    """No object is named metadata, and nothing is sent of timelineActivity."""
    is_name = re.fullmatch(r"[a-z][A-Za-z0-9]*", thing) is not None
    return is_name and thing not in ("metadata", "timelineActivity")


def _iso(moment: datetime) -> str:
    """As ECMAScript's `toISOString` has it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _merged(value: Any, overrides: Any) -> Any:
    if not isinstance(overrides, Mapping):
        return overrides
    members = dict(value) if isinstance(value, dict) else {}
    for key, own in overrides.items():
        members[key] = _merged(members.get(key), own)
    return members


_LONGEST_SHOWN = 100
