"""The transcripts of receivers, as requests to a WSGI and an ASGI application."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
import twenty_webhook._receiver
import twenty_webhook.asgi
import twenty_webhook.wsgi
from scripts import Script
from through import through_a_loop, through_threads
from transcripts import CASES, Case, named


def is_left_out(through: Any, case: Case) -> bool:
    """What no application of this kind can be brought to show."""
    script = Script(case)
    return (
        case[1]["flags"][0] == "Fault"
        or script.unreadable == "notARequest"
        # When a claim is given up while the handler runs, nothing shows it.
        or (script.is_abandoned and case[1]["comment"].startswith("given up while"))
        # WSGI has no word for a limit of the server.
        or (through is through_threads and script.unreadable == "tooLarge" and "cause" in script.of["unreadable"][0])
        # PEP 3333: an empty length is none.
        or (through is through_threads and script.head.get("contentLength") == "")
        # ASGI's word for a client that has gone has no cause.
        or (through is through_a_loop and script.unreadable == "gone" and "cause" in script.of["unreadable"][0])
    )


def waits(case: Case) -> bool:
    script = Script(case)
    return any(
        "late" in tell.values() or "slow" in tell.values() or str(tell.get("cause")).startswith("no answer")
        for tells in (script.of.get(kind, []) for kind in ("webhook", "claim", "handler", "release"))
        for tell in tells
    )


@pytest.fixture
def _impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims that are late are given up soon, but not before a handler has had its time to fail."""
    monkeypatch.setattr(
        twenty_webhook._receiver.Receiver, "late_claim", property(lambda _: 1.0, lambda *_: None), raising=False
    )


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    (now,) = {group["now"] for group, _ in CASES}
    monkeypatch.setattr(twenty_webhook._receiver, "time", SimpleNamespace(time=lambda: int(now) / 1_000))


THROUGH = pytest.mark.parametrize("through", [through_threads, through_a_loop])


@pytest.mark.parametrize(("through", "count"), [(through_threads, 9), (through_a_loop, 8)])
def test_few_are_left_out(through: Any, count: int) -> None:
    assert sum(is_left_out(through, case) for case in CASES) == count


@THROUGH
@pytest.mark.parametrize("case", [case for case in CASES if not waits(case)], ids=named)
def test_requests(through: Any, case: Case) -> None:
    if not is_left_out(through, case):
        through(Script(case))


@THROUGH
def test_requests_that_wait(through: Any) -> None:
    """Each for as long as the limits say, so side by side."""
    cases = [case for case in CASES if waits(case) and not is_left_out(through, case)]
    side_by_side(through, [case for case in cases if not Script(case).is_abandoned])


@THROUGH
@pytest.mark.usefixtures("_impatience")
def test_claims_that_never_settle(through: Any) -> None:
    cases = [case for case in CASES if Script(case).is_abandoned and not is_left_out(through, case)]
    side_by_side(through, cases)


def side_by_side(through: Any, cases: list[Case]) -> None:
    assert len(cases) >= 3
    with ThreadPoolExecutor(len(cases)) as pool:
        for case, done in [(case, pool.submit(through, Script(case))) for case in cases]:
            try:
                done.result()
            except Exception as error:
                raise AssertionError(named(case)) from error
