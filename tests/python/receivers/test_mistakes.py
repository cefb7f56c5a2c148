"""What is refused when a receiver is made, for both runtimes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from deliveries import SECRET, record
from drivers import HOOK, AsyncStore, Loop, Threads
from twenty_webhook import Webhook, WebhookError


@pytest.fixture(params=[Threads, Loop])
def runtime(request: pytest.FixtureRequest) -> Iterator[Any]:
    runtime = request.param()
    yield runtime
    runtime.close()


def refusals() -> list[tuple[Any, type[Exception], dict[str, Any]]]:
    return [
        (5, TypeError, {}),
        ({"person.*": None}, TypeError, {}),
        ({1: print}, TypeError, {}),
        ({"person": print}, ValueError, {}),
        ({"a.b.c": print}, ValueError, {}),
        ({"a.\ud800.c": print}, ValueError, {}),
        ({"person.\ud800": print}, ValueError, {}),
        ({}, ValueError, {}),
        (print, TypeError, {"no_such_option": 1}),
        (print, TypeError, {"replay_ttl": 5}),
        (print, TypeError, {"replay_ttl": None}),
        (print, TypeError, {"replay_store": object()}),
        (print, TypeError, {"namespace": None}),
        (print, ValueError, {"namespace": "\ud800"}),
        (print, TypeError, {"on_store_failure": None}),
        (print, TypeError, {"on_error": 5}),
        (print, TypeError, {"background": "no"}),
        (print, TypeError, {"logger": "twenty_webhook"}),
        (print, TypeError, {"body_timeout": 5}),
        (print, ValueError, {"body_timeout": timedelta(0)}),
        (print, ValueError, {"on_store_failure": "ignore"}),
    ]


@pytest.mark.parametrize(("handlers", "error", "options"), refusals())
def test_mistakes_when_it_is_made(runtime: Any, handlers: Any, error: type[Exception], options: Any) -> None:
    with pytest.raises(error):
        runtime.make(HOOK, handlers, **options)


def test_lifetimes_when_it_is_made(runtime: Any) -> None:
    with pytest.raises(WebhookError) as refused:
        runtime.make(HOOK, print, replay_ttl=timedelta(seconds=610, microseconds=-1))
    assert refused.value.code == "invalid_ttl"
    for enough in [timedelta(seconds=610), timedelta.max]:
        runtime.make(HOOK, print, replay_ttl=enough)
    for too_short in [timedelta(minutes=10), timedelta(0), timedelta(-1)]:
        with pytest.raises(WebhookError, match="10 seconds"):
            runtime.make(HOOK, print, replay_ttl=too_short)
    with pytest.raises(TypeError):
        runtime.make(SECRET, print)
    with pytest.raises(WebhookError, match="tolerance"):
        runtime.make(Webhook(SECRET, tolerance=timedelta(days=1)), print)


def test_threads_take_nothing_async() -> None:
    async def handler(*_: object) -> None: ...

    for options in [{"handlers": handler}, {"handlers": print, "replay_store": AsyncStore()}]:
        with pytest.raises(TypeError, match="async"):
            Threads.make(HOOK, **options)  # type: ignore[arg-type]
    assert Threads().send(Threads.make(HOOK, lambda *_: handler()), record()) == (500, "handler_failed")
