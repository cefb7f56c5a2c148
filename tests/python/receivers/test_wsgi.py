"""What is WSGI's own: where a body ends, and streams that misbehave."""

from __future__ import annotations

import io
import time
from datetime import timedelta
from typing import Any

import pytest
from deliveries import LIMIT, record
from drivers import HOOK, Store, environ, lines, word
from twenty_webhook.wsgi import receive

BODY = record()


def verdict(stream: Any, options: dict[str, Any] | None = None, **changed: Any) -> tuple[int, str]:
    statuses: list[str] = []
    asked = {**environ(BODY), "wsgi.input": stream, **changed}
    application = receive(HOOK, lambda *_: None, **(options or {}))
    pieces = application(asked, lambda status, headers, _=None: statuses.append(status))  # type: ignore[arg-type, return-value]
    return int(statuses[0].split()[0]), word(b"".join(pieces))


def test_a_stream_that_gives_more_than_it_is_asked_for_is_not_read_past_the_end() -> None:
    class Generous:
        is_read = False

        def read(self, size: int) -> bytes:
            assert not self.is_read, f"read({size}) past the end"
            self.is_read = True
            return BODY + b"more"

    assert verdict(Generous()) == (401, "signature_mismatch")


class Stream:
    """One that gives its pieces one by one, and waits for ever where a real one would."""

    def __init__(self, *pieces: Any) -> None:
        self.pieces = list(pieces)

    def read(self, size: int) -> bytes:
        assert self.pieces, "read past the end"
        piece = self.pieces.pop(0)
        if isinstance(piece, Exception):
            raise piece
        time.sleep(0.1 if piece == b" " else 0)
        assert len(piece) <= size
        return bytes(piece)


def test_it_reads_as_much_as_was_announced() -> None:
    assert verdict(Stream(BODY)) == (200, "handled")
    assert verdict(Stream(BODY[:10], BODY[10:11], BODY[11:])) == (200, "handled")
    assert verdict(io.BytesIO(BODY + b"GET / HTTP/1.1")) == (200, "handled")


def test_a_length_with_thousands_of_zeros_is_a_length() -> None:
    assert verdict(Stream(BODY), CONTENT_LENGTH="0" * 5_000 + str(len(BODY))) == (200, "handled")
    assert verdict(Stream(), CONTENT_LENGTH="0" * 5_000) == (401, "signature_mismatch")
    assert verdict(Stream(), CONTENT_LENGTH="9" * 5_000) == (413, "payload_too_large")


def test_what_has_no_length_ends_where_the_server_says_so() -> None:
    chunked = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    assert verdict(Stream(BODY[:10], BODY[10:], b""), **chunked, **{"wsgi.input_terminated": True}) == (200, "handled")
    assert verdict(Stream(), **chunked) == (500, "body_already_read")
    assert verdict(Stream(), CONTENT_LENGTH="") == (401, "signature_mismatch")
    endless = Stream(*[b"x" * 60_000] * 100)
    assert verdict(endless, **chunked, **{"wsgi.input_terminated": True}) == (413, "payload_too_large")
    assert len(endless.pieces) == 100 - LIMIT // 60_000 - 1


def test_clients_that_leave(caplog: pytest.LogCaptureFixture) -> None:
    for stream in [Stream(BODY[:-1], b""), Stream(BODY[:-1], ConnectionResetError()), Stream(OSError("gone"))]:
        store = Store()
        assert verdict(stream, {"replay_store": store}) == (408, "body_timeout")
        assert store.asked == []
    gone = "body_timeout: The client went away before the body was complete."
    assert [line for _, line in lines(caplog)] == [gone, f"{gone} (ConnectionResetError)", f"{gone} (OSError: gone)"]


def test_clients_that_are_slow(caplog: pytest.LogCaptureFixture) -> None:
    """Where the server does not show its socket, between two pieces."""
    slow = Stream(*[b" "] * 20)
    assert verdict(slow, {"body_timeout": timedelta(milliseconds=250)}) == (408, "body_timeout")
    assert slow.pieces  # Not all of it was read.
    assert [line for _, line in lines(caplog)] == ["body_timeout: The body did not arrive in time."]
