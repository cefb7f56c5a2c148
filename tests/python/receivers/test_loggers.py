"""Loggers that format otherwise than logging does, or not at all."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from deliveries import SECRET, record
from drivers import FACTS, HOOK, Loop, Store, Threads, lines
from loguru import logger as loguru
from twenty_webhook import Webhook

FAILURE = (
    "replay_store_unavailable: The replay store failed or did not answer in time. (LookupError: 100 %s {of} {0} %)"
)


def failing() -> None:
    raise LookupError("100 %s {of} {0} %")


def log_of_all(logger: Any) -> None:
    def handle(*_: object) -> None:
        raise LookupError("{what} the handler says %d")

    for options in [{"replay_store": Store(failing)}, {}]:
        Threads().send(Threads.make(HOOK, handle, logger=logger, **options), record())
    Threads().send(Threads.make(HOOK, handle, logger=logger), record(), {})


def test_loguru() -> None:
    written = io.StringIO()
    loguru.remove()
    sink = loguru.add(written, format="{level.name}|{message}", backtrace=False)
    try:
        log_of_all(loguru)
        log_of_all(loguru.bind(service="crm"))
    finally:
        loguru.remove(sink)
    all_lines = written.getvalue().splitlines()
    told = [line for line in all_lines if line.startswith(("ERROR|", "WARNING|"))]
    assert [line.split(":")[0] for line in told] == [
        "ERROR|replay_store_unavailable",
        "ERROR|handler_failed",
        "WARNING|missing_header",
    ] * 2
    assert FACTS.sub("", told[0]) == f"ERROR|{FAILURE}"
    assert all_lines.count("LookupError: {what} the handler says %d") == 2


def test_those_of_logging(caplog: pytest.LogCaptureFixture) -> None:
    mine = logging.getLogger("mine")
    log_of_all(mine)
    log_of_all(logging.LoggerAdapter(mine, {"service": "crm"}))
    assert [(entry.levelname, entry.getMessage().split(":")[0]) for entry in caplog.records] == [
        ("ERROR", "replay_store_unavailable"),
        ("ERROR", "handler_failed"),
        ("WARNING", "missing_header"),
    ] * 2
    assert lines(caplog)[0][1] == FAILURE
    assert caplog.text.count("\nLookupError: {what} the handler says %d") == 2


@pytest.mark.parametrize("runtime", [Threads, Loop])
def test_a_refusal_names_the_webhook(runtime: Any, caplog: pytest.LogCaptureFixture) -> None:
    caller = runtime()
    try:
        receiver = caller.make(Webhook(SECRET, name="acme"), print)
        assert caller.send(receiver, record(), {}) == (401, "missing_header")
    finally:
        caller.close()
    assert [getattr(entry, "webhook", None) for entry in caplog.records] == ["acme"]


def test_one_of_ones_own() -> None:
    """The least that `log` has to take."""
    written: list[Any] = []

    class Mine:
        def log(self, level: int, line: str, *, extra: Any = None, exc_info: BaseException | None = None) -> None:
            assert extra is None or extra["event_name"] == "person.created"
            written.append((level, line.split(":")[0], exc_info and type(exc_info)))

    log_of_all(Mine())
    assert written == [
        (logging.ERROR, "replay_store_unavailable", None),
        (logging.ERROR, "handler_failed", LookupError),
        (logging.WARNING, "missing_header", None),
    ]
