"""JSON text of parsed values, for the core to make canonical."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import partial
from typing import Any

from twenty_webhook._core import MAX_DEPTH
from twenty_webhook._host import asked


def spelt(value: Any) -> str:
    """Some JSON text of it. One level more than the core takes is begun, for the core to refuse; none beyond."""
    pieces: list[str] = []
    open_containers: list[tuple[Iterator[Any], str]] = [(iter([value]), "")]
    is_first = True
    while open_containers:
        members, close = open_containers[-1]
        member = asked("the value", partial(next, members, _END))
        if member is _END:
            open_containers.pop()
            pieces.append(close)
            is_first = False
            continue
        if not is_first:
            pieces.append(",")
        is_first = False
        if close == "}":
            key, member = _pair(member)
            pieces.append(f"{_key(key)}:")
        if isinstance(member, dict | list | tuple):
            is_object = isinstance(member, dict)
            pieces.append("{" if is_object else "[")
            if len(open_containers) > MAX_DEPTH:
                break
            open_containers.append(_opened(member))
            is_first = True
        else:
            pieces.append(_scalar(member))
    return "".join(pieces)


_END: Any = object()


def _opened(container: Any) -> tuple[Iterator[Any], str]:
    if isinstance(container, dict):
        return asked("the value", lambda: iter(container.items())), "}"
    return asked("the value", lambda: iter(container)), "]"


def _pair(item: Any) -> tuple[Any, Any]:
    """Of a dict's own `items`; that of a subclass may give anything."""
    if type(item) is tuple and len(item) == 2:
        return item
    raise TypeError(f"items must be pairs of a key and a value, not {type(item).__name__}")


def _key(key: Any) -> str:
    if isinstance(key, str):
        return json.dumps(str.__str__(key))
    raise TypeError(f"keys must be str, not {type(key).__name__}")


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(str.__str__(value))
    if isinstance(value, int):
        return _double(int.__int__(value))
    if isinstance(value, float):
        return _double(value)
    raise TypeError(f"{type(value).__name__} has no JSON text")


def _double(number: float) -> str:
    """Its digits are at most seventeen: Python does not print integers of any length."""
    try:
        double = float(number) if isinstance(number, int) else float.__float__(number)
    except OverflowError:
        return "null"
    return float.__repr__(double) if math.isfinite(double) else "null"
