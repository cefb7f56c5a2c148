"""The clock of a receiver: the option, and time that tests freeze."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from deliveries import record, signed
from drivers import ERROR, HOOK, lines
from frameworks import EACH, Framework
from freezegun import freeze_time
from twenty_webhook import WebhookVerificationError
from twenty_webhook.replay import MemoryReplayStore

NO_TIME = "internal: The clock that this receiver was given failed, or gave something that is no time."


@EACH
def test_the_option(framework: Framework) -> None:
    now = datetime.now(UTC)
    clock = Clock()
    receiver = framework.receiver(clock=clock)
    body = record()
    headers = signed(body)
    for minutes, says in [(6, (401, "timestamp_too_old")), (-6, (401, "timestamp_too_new")), (4, (200, "handled"))]:
        clock.moment = now + timedelta(minutes=minutes)
        assert receiver.send(body, headers) == says
    # Once for the headers, and again once the body is there.
    assert clock.asked == 4


class Clock:
    def __init__(self) -> None:
        self.asked = 0
        self.moment = datetime.now(UTC)

    def __call__(self) -> datetime:
        self.asked += 1
        return self.moment


def failing() -> Any:
    raise LookupError("it stands still")


def leaving() -> Any:
    sys.exit(3)


async def later() -> datetime:
    return datetime.now(UTC)


ODD: list[tuple[Callable[[], Any], str]] = [
    (failing, "LookupError: it stands still"),
    (lambda: None, "TypeError: a point in time must be an aware datetime, not NoneType"),
    (lambda: 1_700_000_000.5, "TypeError: a point in time must be an aware datetime, not float"),
    (
        lambda: datetime(2026, 1, 1),
        "ValueError: a point in time must be an aware datetime: use datetime.now(timezone.utc), not a naive one",
    ),
    (lambda: datetime(1960, 1, 1, tzinfo=UTC), "ValueError: a point in time must not be before 1970"),
]


@EACH
def test_one_that_gives_no_time(framework: Framework, caplog: pytest.LogCaptureFixture) -> None:
    told: list[Any] = []
    for clock, cause in ODD:
        receiver = framework.receiver(clock=clock, on_error=told.append)
        assert receiver.send(record()) == (500, "internal")
        assert [line for line in lines(caplog) if line[1].startswith("internal")] == [(ERROR, f"{NO_TIME} ({cause})")]
        caplog.clear()
    assert [type(error.__cause__).__name__ for error in told] == [cause.split(":")[0] for _, cause in ODD]
    if framework.is_async:
        assert framework.receiver(clock=leaving).send(record()) == (500, "internal")
    for odd in [later, 5, lambda now: now]:
        with pytest.raises(TypeError, match="clock"):
            framework.make(HOOK, print, clock=odd)


@contextmanager
def by_freezegun(moment: datetime) -> Iterator[Any]:
    with freeze_time(moment, real_asyncio=True) as frozen:
        yield frozen.move_to


@contextmanager
def by_time_machine(moment: datetime) -> Iterator[Any]:
    with time_machine.travel(moment, tick=False) as traveller:
        yield traveller.move_to


@EACH
@pytest.mark.parametrize("frozen", [by_freezegun, by_time_machine])
def test_time_that_is_frozen(framework: Framework, frozen: Any) -> None:
    """Whether it is frozen before the receiver is made or after."""
    receiver = framework.receiver()
    moment = datetime(2031, 5, 1, 12, tzinfo=UTC)
    body, again = record(), record()
    with frozen(moment) as move_to:
        headers = signed(body)
        assert receiver.send(body, headers) == (200, "handled")
        assert framework.receiver().send(body, headers) == (200, "handled")
        assert receiver.send(body, headers) == (200, "duplicate")
        move_to(moment + timedelta(minutes=6))
        assert receiver.send(body, headers) == (401, "timestamp_too_old")
        assert receiver.send(again) == (200, "handled")
    assert receiver.send(body, headers) == (401, "timestamp_too_new")
    assert receiver.send(record()) == (200, "handled")


@pytest.mark.parametrize("frozen", [by_freezegun, by_time_machine])
def test_a_webhook_signs_and_verifies_by_time_that_is_frozen(frozen: Any) -> None:
    moment = datetime(2031, 5, 1, 12, 0, 0, 7_000, tzinfo=UTC)
    body = record()
    with frozen(moment) as move_to:
        headers = HOOK.sign(body)
        assert headers["X-Twenty-Webhook-Timestamp"] == str(round(moment.timestamp() * 1_000))
        assert HOOK.verify(body, headers).timestamp == moment
        assert HOOK.verify(body, signed(body)).timestamp == moment
        move_to(moment + timedelta(minutes=6))
        assert refusal(body, headers) == "timestamp_too_old"
    assert refusal(body, headers) == "timestamp_too_new"


def refusal(body: bytes, headers: dict[str, str]) -> str:
    with pytest.raises(WebhookVerificationError) as refused:
        HOOK.verify(body, headers)
    return refused.value.code


@pytest.mark.parametrize("says", [-1.0, float("nan"), float("inf"), 1e300, "noon"])
def test_a_clock_of_the_system_that_gives_no_time_is_no_crash(says: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: says)
    body = record()
    for use in [lambda: HOOK.sign(body), lambda: HOOK.verify(body, {})]:
        with pytest.raises((TypeError, ValueError)):
            use()


def test_a_store_in_memory_outlives_frozen_time() -> None:
    """freezegun freezes the monotonic clock, too, which then goes back."""
    store = MemoryReplayStore()
    with freeze_time(datetime(2031, 5, 1, tzinfo=UTC)):
        assert store.claim("frozen", 600, 60) is not None
    assert store.claim("thawed", 600, 60) is not None
    assert store.claim("thawed", 600, 60) is None
    assert len(store) == 2


def test_time_that_is_frozen_before_the_package_is_imported() -> None:
    program = (
        "import sys; from freezegun import freeze_time\n"
        "with freeze_time('2031-05-01'):\n"
        "    import twenty_webhook.wsgi\n"
        "    from twenty_webhook import Webhook\n"
        "    hook = Webhook('a secret')\n"
        "    receiver = twenty_webhook.wsgi.receive(hook, print)._receiver\n"
        "    print(receiver.now())\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout.strip() == str(1_935_360_000_000)
