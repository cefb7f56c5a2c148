"""Requests, as drivers of frameworks show them, and bodies that cannot be read."""

from __future__ import annotations

from typing import Literal, Protocol

from twenty_webhook._types import Headers


class Request(Protocol):
    """A request as a framework has it."""

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

    def __init__(
        self, why: Literal["too large", "late body", "gone", "already read"], reason: str | None = None
    ) -> None:
        super().__init__(why)
        self.why = why
        self.reason = reason
