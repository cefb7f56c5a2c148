"""Bodies that do not come as `bytes`: what may be copied is taken, and whoever decoded it is named."""

from __future__ import annotations

import array
import asyncio
import io
from collections.abc import Callable
from typing import Any

import pytest
from deliveries import record
from drivers import ERROR, HOOK, Told, asgi, environ, lines, word
from twenty_webhook import asgi as for_asgi
from twenty_webhook import wsgi as for_wsgi

BODY = record()


class Subclass(bytes):
    def __len__(self) -> int:
        return 1


def through_asgi(pieces: list[Any]) -> Told:
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    return asyncio.run(asgi(for_asgi.receive(HOOK, print), [*messages, {"type": "http.request"}], BODY))


def through_wsgi(pieces: list[Any]) -> Told:
    class Stream:
        def read(self, _: int) -> Any:
            return pieces.pop(0)

    statuses: list[str] = []
    application: Any = for_wsgi.receive(HOOK, print)
    answer = application({**environ(BODY), "wsgi.input": Stream()}, lambda status, _: statuses.append(status))
    return int(statuses[0].split()[0]), word(b"".join(answer))


EACH_WAY = pytest.mark.parametrize("through", [through_asgi, through_wsgi])
IN_PIECES = pytest.mark.parametrize("at", [len(BODY), 1, len(BODY) // 2])


def cut(at: int, made: Callable[[bytes], Any]) -> list[Any]:
    return [made(piece) for piece in [BODY[:at], BODY[at:]] if piece]


@EACH_WAY
@IN_PIECES
@pytest.mark.parametrize("made", [bytearray, memoryview, lambda piece: array.array("B", piece), Subclass])
def test_whatever_holds_bytes_is_taken(through: Any, at: int, made: Any) -> None:
    assert through(cut(at, made)) == (200, "handled")


@EACH_WAY
@IN_PIECES
@pytest.mark.parametrize("made", [bytes.decode, list])
def test_whatever_holds_none_was_made_by_something_else(
    through: Any, at: int, made: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert through(cut(at, made)) == (500, "body_already_read")
    ((level, line),) = lines(caplog)
    assert level == ERROR
    assert f"The body comes as {'str' if made is bytes.decode else 'list'} instead of bytes" in line


def test_bytes_that_change_afterwards_are_not_what_is_verified() -> None:
    buffer = bytearray(BODY)

    class Stream(io.BytesIO):
        def read(self, _: int | None = -1) -> Any:
            return buffer

    seen: list[bytes] = []
    application: Any = for_wsgi.receive(HOOK, lambda _, delivery: (buffer.clear(), seen.append(delivery.payload)))
    application({**environ(BODY), "wsgi.input": Stream()}, lambda *_: None)
    assert seen == [BODY]
