"""What the package takes, for type checkers."""

from collections.abc import Iterable
from typing import Protocol, TypeAlias


class HasItems(Protocol):
    """A mapping, a multi-dictionary, a message: it is walked, never looked up."""

    def items(self) -> Iterable[tuple[object, object]]: ...


Body: TypeAlias = str | bytes | bytearray | memoryview
"""The bytes as they arrived, or their text; never what a parser made of them. Any buffer is taken at run time."""

Headers: TypeAlias = HasItems | Iterable[tuple[str | bytes, object]]
"""Names and values, also as ASGI (pairs of bytes) and WSGI (`HTTP_X_Y`) have them."""
