"""The option `diagnose` of receivers: what the log tells of a refused delivery."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from deliveries import SECRET, of_length, record, signed
from drivers import HOOK, WARNING, environ
from frameworks import EACH, Framework
from twenty_webhook import wsgi

BODY = record()
PRINTED = json.dumps(json.loads(BODY)).encode()
LONGEST = 64 * 1024


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
    """Django has lines of its own."""
    return [(entry.levelno, entry.getMessage()) for entry in caplog.records if entry.name == "twenty_webhook"]


@EACH
def test_a_body_that_was_printed_again_is_told_of(framework: Framework, caplog: pytest.LogCaptureFixture) -> None:
    sent = signed(BODY)
    assert framework.receiver(diagnose=True).send(PRINTED, sent) == (401, "signature_mismatch")
    ((level, line),) = told(caplog)
    assert level == WARNING
    assert " Diagnosis: body_printed_by_python (proved): " in line
    signed_text = sent["X-Twenty-Webhook-Timestamp"].encode() + b":" + PRINTED
    right = hmac.new(SECRET.encode(), signed_text, hashlib.sha256).hexdigest()
    assert not any(secret in line for secret in (SECRET, right))


@EACH
def test_a_webhook_that_is_found_late_is_diagnosed(framework: Framework, caplog: pytest.LogCaptureFixture) -> None:
    receiver = framework.receiver(lambda _: HOOK, diagnose=True)
    assert receiver.send(PRINTED, signed(BODY)) == (401, "signature_mismatch")
    ((_, line),) = told(caplog)
    assert " Diagnosis: body_printed_by_python (proved): " in line


@EACH
def test_what_is_authentic_is_handled(framework: Framework, caplog: pytest.LogCaptureFixture) -> None:
    assert framework.receiver(diagnose=True).send(BODY) == (200, "handled")
    assert told(caplog) == []


@EACH
def test_without_the_option_nothing_is(framework: Framework, caplog: pytest.LogCaptureFixture) -> None:
    for options in ({}, {"diagnose": False}):
        caplog.clear()
        assert framework.receiver(**options).send(PRINTED, signed(BODY)) == (401, "signature_mismatch")
        ((_, line),) = told(caplog)
        assert "iagnos" not in line
        assert "body_printed_by_python" not in line


@EACH
def test_of_several_in_five_seconds_the_first_is(framework: Framework, caplog: pytest.LogCaptureFixture) -> None:
    begun, passed = datetime.now(UTC).replace(microsecond=0), 0
    receiver = framework.receiver(diagnose=True, clock=lambda: begun + timedelta(seconds=passed))
    for passed in (0, 4, 5):  # noqa: B007, the clock reads it
        assert receiver.send(PRINTED, signed(BODY)) == (401, "signature_mismatch")
    lines = [line for _, line in told(caplog)]
    assert ["body_printed_by_python" in line for line in lines] == [True, False, True]
    assert "It was not diagnosed" in lines[1]


@EACH
def test_a_longer_body_is_not(framework: Framework, caplog: pytest.LogCaptureFixture) -> None:
    for length, is_told in [(LONGEST, True), (LONGEST + 1, False)]:
        caplog.clear()
        receiver = framework.receiver(diagnose=True)
        assert receiver.send(of_length(length), signed(BODY)) == (401, "signature_mismatch")
        ((_, line),) = told(caplog)
        assert (" Diagnosis: " in line, "more than 65536 bytes" in line) == (is_told, not is_told)


@EACH
def test_it_is_a_bool(framework: Framework) -> None:
    with pytest.raises(TypeError, match="diagnose must be a bool, not int"):
        framework.receiver(diagnose=1)


def test_other_threads_run_while_a_small_body_is_diagnosed() -> None:
    """With an interval that never ends, another thread runs only if the one that receives gives up the interpreter."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    try:
        assert any(_runs_beside() for _ in range(50))
    finally:
        sys.setswitchinterval(interval)


def _runs_beside() -> bool:
    body, ended = of_length(LONGEST - 1), threading.Event()
    receiver = wsgi.receive(HOOK, print, diagnose=True, logger=None)
    request = environ(body, signed(BODY))
    came = request["wsgi.input"] = _Came(body)

    def receive() -> None:
        list(receiver(request, lambda *_: None))
        ended.set()

    thread = threading.Thread(target=receive)
    thread.start()
    came.read_to_the_end.wait()
    is_beside = not ended.is_set()
    thread.join()
    return is_beside


class _Came(io.BytesIO):
    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.read_to_the_end = threading.Event()

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        if self.tell() == len(self.getbuffer()):
            self.read_to_the_end.set()
        return piece
