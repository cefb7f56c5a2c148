"""The body of a request, as a transcript has it."""

from __future__ import annotations

import time
from typing import Any


class Piece:
    """A stream that gives what the script says."""

    def __init__(self, script: Any) -> None:
        self.script = script
        self.pieces = [b"x"] if script.unreadable in ("late", "gone") else []

    def read(self, size: int) -> bytes:
        if self.script.unreadable == "tooLarge":
            return b"x" * size
        if self.pieces:
            return self.pieces.pop()
        if self.script.unreadable == "late":
            time.sleep(0.1)
            return b"x"
        if self.script.unreadable == "gone" and "cause" in self.script.of["unreadable"][0]:
            raise self.script.raised(self.script.of["unreadable"][0])
        return b""
