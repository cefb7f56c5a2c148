"""Requests, as drivers of frameworks show them, and bodies that cannot be read."""

from __future__ import annotations

from typing import Any, Protocol

from twenty_webhook._guard import named
from twenty_webhook._types import Headers, Unreadable


class Request(Protocol):
    """A request as a framework has it."""

    @property
    def original(self) -> Any:
        """What the framework calls a request, for the functions of users."""

    @property
    def method(self) -> str: ...
    @property
    def content_encoding(self) -> str | bytes | None: ...
    @property
    def content_length(self) -> str | bytes | None: ...
    @property
    def headers(self) -> Headers: ...

    async def body(self, at_most: int, within: float) -> bytes:
        """The whole of it. Raises `UnreadableError`."""


class UnreadableError(Exception):
    """Why there is no body. `reason` names the remedy where the framework has one of its own; `__cause__` is told, too."""

    def __init__(self, why: Unreadable, reason: str | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.reason = reason


def nothing_read(remedy: str, asks_to_upgrade: bool) -> UnreadableError:
    """Why nothing came of a body that was announced."""
    return UnreadableError("gone", _UPGRADE) if asks_to_upgrade else UnreadableError("already read", remedy)


_UPGRADE = (
    "The server did not read the body, because the request asks for another protocol: let the proxy in front of it not send"
    " the Upgrade header on."
)


class Pieces:
    """A body that comes in pieces, which may be a byte each. Raises `UnreadableError` for more than there may be."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._first = b""
        self._joined: bytearray | None = None
        self.length = 0

    def add(self, given: Any) -> None:
        """Copies what is no `bytes`, which whoever made it may change."""
        piece = given if type(given) is bytes else _octets(given)
        self.length += len(piece)
        if self.length > self._at_most:
            raise UnreadableError("too large")
        if self._joined is not None:
            self._joined += piece
        elif self._first:
            self._joined = bytearray(self._first) + piece
        else:
            self._first = piece

    @property
    def is_empty(self) -> bool:
        return self.length == 0

    def joined(self) -> bytes:
        """Most bodies come in one piece, which is not copied."""
        return self._first if self._joined is None else bytes(self._joined)


def _octets(piece: Any) -> bytes:
    try:
        with memoryview(piece) as view:
            return view.tobytes()
    except Exception:
        reason = f"The body comes as {named(piece)} instead of bytes: something decoded or parsed it before the receiver could."
        raise UnreadableError("already read", reason) from None


def length_of(digits: str | bytes) -> int | None:
    """What a `Content-Length` says; `None` where it is no number. Python reads no more than some thousand digits."""
    text = digits.decode("latin-1") if isinstance(digits, bytes) else digits
    text = text.strip()
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text.lstrip("0")[:20] or "0")
