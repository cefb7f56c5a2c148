"""What the native part calls for: what is rare among Python's carriers, and what is Python's own to build."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from twenty_webhook._core import check_body_length

if TYPE_CHECKING:
    from twenty_webhook._core import Webhook

T = TypeVar("T")


def copied(passed: Any, judge: Webhook | None) -> bytes:
    """The bytes of a buffer, or text with unpaired surrogates as its generalised UTF-8."""
    if isinstance(passed, str):
        return str.encode(passed, "utf-8", "surrogatepass")
    if not _is_buffer(passed):
        raise TypeError(f"expected the raw text, as bytes or str, not {_type_name(passed)}: {_REMEDY}")
    with asked("the buffer", lambda: memoryview(passed)) as view:
        if judge is not None:
            check_body_length(judge, view.nbytes)
        return asked("the buffer", view.tobytes)


_REMEDY = (
    "a parsed or wrapped body cannot be verified, so take it as it arrived"
    " (await request.body() in Starlette and FastAPI, request.get_data() in Flask, request.body in Django)"
)


def pairs(headers: Any, names: list[str], limit: int, wants_others: bool) -> list[tuple[str, bytes]]:
    """Every header of one of these names and, if they are wanted, the others that are text, values cut to what is looked at."""
    is_mapping, walked = _walked(headers)
    wanted = {name.lower(): name for name in names}
    if is_mapping:  # As a WSGI environ (PEP 3333) spells them.
        wanted |= {f"http_{name.replace('-', '_')}": wanted[name] for name in wanted}
    found = []
    for pair in walked:
        name, value = pair if type(pair) is tuple and len(pair) == 2 else _pair(pair)
        name = _lower(name)
        known = wanted.get(name)
        if known is not None:
            found += [(known, octets) for octets in _values(known, value, limit)]
        elif wants_others:
            name = _unenvironed(name) if is_mapping else name
            texts = [one for one in _others(value) if isinstance(one, str | bytes)]
            found += [(name, octets) for one in texts for octets in _one_value(name, one, limit)]
    return found


def _unenvironed(name: str) -> str:
    """A header has no such name but in an environ."""
    is_header = name == "content_length" or name.startswith("http_")
    return name.removeprefix("http_").replace("_", "-") if is_header and "-" not in name else name


def _others(value: Any) -> Iterable[object]:
    """What is not looked at when a request is verified may be anything, and is asked nothing."""
    return value if type(value) is list or type(value) is tuple else (value,)


def _walked(headers: Any) -> tuple[bool, Iterable[object]]:
    """Repeated names are seen this way only: many containers hide the second value from who looks up."""
    if isinstance(headers, str | bytes | bytearray | memoryview):
        raise TypeError(f"headers must be a mapping or pairs of names and values, not {_type_name(headers)}")
    items = asked("headers", lambda: getattr(headers, "items", None))
    walked: list[object] = asked("headers", lambda: list(headers if items is None else items()))
    return items is not None, walked


def _pair(pair: Any) -> tuple[object, object]:
    parts = () if isinstance(pair, str | bytes) else asked("a header", lambda: tuple(pair))
    if len(parts) != 2:
        raise TypeError("headers must be pairs of a name and a value")
    return parts[0], parts[1]


def _lower(name: object) -> str:
    """Only ASCII has a case here: U+212A is no `k`."""
    if isinstance(name, bytes):
        return bytes.decode(name, "latin-1").lower() if bytes.isascii(name) else ""
    if isinstance(name, str):
        return str.lower(name) if str.isascii(name) else ""
    raise TypeError(f"header names must be str or bytes, not {_type_name(name)}")


def _values(name: str, value: Any, limit: int) -> list[bytes]:
    if not isinstance(value, list | tuple):
        return _one_value(name, value, limit)
    values: list[object] = asked(f"the header {name}", lambda: list(value))
    return [octets for one in values for octets in _one_value(name, one, limit)]


def _one_value(name: str, value: object, limit: int) -> list[bytes]:
    if value is None:
        return []
    if isinstance(value, bytes):
        return [bytes.__getitem__(value, slice(limit))]
    if isinstance(value, str):
        return [str.__getitem__(value, slice(limit)).encode("utf-8", "surrogatepass")]
    raise TypeError(f"the header {name} must be str, bytes, None or a list of these, not {_type_name(value)}")


def escaped(text: str) -> str:
    """As JSON spells it: another text for another text, also of unpaired surrogates, and `.` and `*` are themselves."""
    return json.dumps(str.__str__(text))[1:-1]


def kept(fields: Any) -> tuple[bytes, str, int | None, str | None, int | None]:
    """What `to_dict` or a pickle has kept of a delivery. What is of another type the core refuses as it does empty text, or no number."""
    if not isinstance(fields, dict):
        raise TypeError(f"a delivery is read from the dict that to_dict gave, not from {_type_name(fields)}")
    payload, identity, timestamp, nonce, secret_index = (dict.get(fields, name, "") for name in _KEPT)
    octets = payload if isinstance(payload, bytes) else _octets(payload)
    if octets is None or "payload" not in fields:
        raise TypeError("payload must be text without unpaired surrogates")
    nonce = None if nonce is None else (_octets(nonce) or b"").decode()
    return octets, (_octets(identity) or b"").decode(), _whole(timestamp), nonce, _whole(secret_index)


_KEPT = ("payload", "id", "timestamp", "nonce", "secret_index")


def _octets(text: object) -> bytes | None:
    try:
        return str.encode(text) if isinstance(text, str) else None
    except UnicodeEncodeError:
        return None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 64 else None


def number(digits: str) -> int | float:
    """Python refuses to read integers beyond some thousand digits; to other JSON readers they are doubles anyway."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


def record_as(record: Any, shape: Any) -> Any:
    if not isinstance(shape, type):
        raise _no_shape(_type_name(shape))
    if hasattr(shape, "__required_keys__") and hasattr(shape, "__optional_keys__"):
        return record
    validate = getattr(shape, "model_validate", None)
    if not callable(validate):
        raise _no_shape(repr(shape))
    return None if record is None else validate(record)


def _no_shape(given: str) -> TypeError:
    return TypeError(f"a shape must be a TypedDict or a class with model_validate, not {given}")


def asked(what: str, ask: Callable[[], T]) -> T:
    """What the caller's own object answers. If it raises, the caller passed what cannot be used."""
    try:
        return ask()
    except MemoryError:
        raise
    except Exception as error:
        raise TypeError(f"{what} cannot be read: {_type_name(error)} was raised") from error


def _is_buffer(passed: Any) -> bool:
    """Whether it claims to be one; an object whose claim fails says why when it is read."""
    try:
        memoryview(passed).release()
    except TypeError:
        return False
    except Exception:
        return True
    return True


def _type_name(value: object) -> str:
    return type(value).__name__
