"""One way to take a delivery, ours or a peer's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from harness import Task

Headers: TypeAlias = dict[str, str]


class RefusedError(Exception):
    """Raised for whoever has no exception of its own."""


@dataclass(frozen=True)
class Contender:
    """`take` is called as its users call it: it raises `refusal`, or gives what it makes of the body."""

    name: str
    take: Callable[[bytes, Headers], Any]
    headers: Headers
    refusal: type[Exception]

    def task(self, body: bytes) -> Task:
        return Task(partial(self.take, body, self.headers))

    def checked(self, body: bytes) -> Any:
        """What it makes of the genuine body, once it has refused another one."""
        # Still JSON, so that nothing but the signature can refuse it.
        tampered = body + b" "
        try:
            self.take(tampered, self.headers)
        except self.refusal:
            return self.take(body, self.headers)
        raise AssertionError(f"{self.name} accepts a body that was not signed")


def ten_headers(signed: Headers, body: bytes) -> Headers:
    """In lower case, as ASGI frameworks have them; a proxy's come last, the sender's own ones among the others."""
    before = {
        "host": "receiver.example",
        "user-agent": "axios/1.13.2",
        "accept": "application/json, text/plain, */*",
        "content-type": "application/json",
        "content-length": str(len(body)),
    }
    after = {
        "accept-encoding": "gzip, compress, deflate, br",
        "x-forwarded-for": "203.0.113.7",
        "x-forwarded-proto": "https",
        "x-real-ip": "203.0.113.7",
    }
    own = {name.lower(): value for name, value in signed.items()}
    return dict(list((before | own | after).items())[:10])
