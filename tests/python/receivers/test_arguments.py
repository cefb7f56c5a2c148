"""How many arguments functions of users are called with."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from unittest.mock import MagicMock

import pytest
from deliveries import record, without_id
from frameworks import EACH, FRAMEWORKS, Framework
from twenty_webhook import Delivery, Event
from twenty_webhook.outcomes import ErrorContext

WSGI = FRAMEWORKS[0]
CALLS: list[tuple[Any, ...]] = []


def two(event: Any, delivery: Any) -> None:
    CALLS.append((event, delivery))


def three(event: Any, delivery: Any, request: Any) -> None:
    CALLS.append((event, delivery, request))


def third_with_a_default(event: Any, delivery: Any, retries: int = 3) -> None:
    CALLS.append((event, delivery))
    assert retries == 3


def third_that_is_named(event: Any, delivery: Any, request: Any = None) -> None:
    CALLS.append((event, delivery, request))


def any_number(*given: Any) -> None:
    CALLS.append(given)


def third_by_name(event: Any, delivery: Any, /, request: Any) -> None:
    CALLS.append((event, delivery, request))


def more_by_name(event: Any, delivery: Any, *, retries: int = 3) -> None:
    CALLS.append((event, delivery))


def wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapper(*given: Any, **named: Any) -> Any:
        return function(*given, **named)

    return wrapper


class Methods:
    def two(self, event: Any, delivery: Any) -> None:
        CALLS.append((event, delivery))

    def three(self, event: Any, delivery: Any, request: Any) -> None:
        CALLS.append((event, delivery, request))

    @classmethod
    def of_the_class(cls, event: Any, delivery: Any, request: Any) -> None:
        CALLS.append((event, delivery, request))

    @staticmethod
    def static(event: Any, delivery: Any) -> None:
        CALLS.append((event, delivery))


class Callable2:
    def __call__(self, event: Any, delivery: Any) -> None:
        CALLS.append((event, delivery))


class Callable3:
    def __call__(self, event: Any, delivery: Any, request: Any) -> None:
        CALLS.append((event, delivery, request))


class Untold:
    """As functions in C that say nothing of their parameters."""

    @property
    def __signature__(self) -> Any:
        raise LookupError

    def __call__(self, *given: Any) -> None:
        CALLS.append(given)


def first_is_given(_: Any, event: Any, delivery: Any, request: Any) -> None:
    CALLS.append((event, delivery, request))


HANDLERS: list[tuple[Any, int]] = [
    (two, 2),
    (three, 3),
    (third_with_a_default, 2),
    (third_that_is_named, 3),
    (third_by_name, 3),
    (more_by_name, 2),
    (any_number, 2),
    (lambda *given: any_number(*given), 2),
    (lambda event, *given: any_number(event, *given), 2),
    (lambda event, delivery, request: any_number(event, delivery, request), 3),
    (wrapped(two), 2),
    (wrapped(three), 3),
    (Methods().two, 2),
    (Methods().three, 3),
    (Methods.of_the_class, 3),
    (Methods.static, 2),
    (Callable2(), 2),
    (Callable3(), 3),
    (Untold(), 2),
    (functools.partial(first_is_given, "first"), 3),
    (functools.partial(three, request="given"), 2),
    (MagicMock(side_effect=any_number), 2),
]


@pytest.mark.parametrize(("handler", "number"), HANDLERS)
def test_handlers(handler: Any, number: int) -> None:
    CALLS.clear()
    assert WSGI.receiver(handlers=handler).send(record()) == (200, "handled")
    assert WSGI.receiver(handlers={"person.*": handler}).send(record()) == (200, "handled")
    for given in CALLS:
        assert [type(argument) for argument in given[:2]] == [Event, Delivery]
        assert len(given) == number or handler.keywords == {"request": "given"}
    assert len(CALLS) == 2


@EACH
def test_the_third_is_the_frameworks_own_request(framework: Framework) -> None:
    CALLS.clear()

    async def three_async(event: Any, delivery: Any, request: Any) -> None:
        CALLS.append((event, delivery, request))

    handlers: list[Any] = [three, *([three_async] if framework.is_async else [])]
    for handler in handlers:
        assert framework.receiver(handlers=handler).send(record()) == (200, "handled")
    assert [framework.is_request(given[2]) for given in CALLS] == [True] * len(handlers)


@pytest.mark.parametrize(
    "handler",
    [
        lambda: None,
        lambda event: None,
        lambda event, delivery, request, more: None,
        functools.partial(two, "one", "two"),
        lambda event, delivery, *, more: None,
    ],
)
def test_what_cannot_be_called_so_is_refused_when_the_receiver_is_made(handler: Any) -> None:
    with pytest.raises(
        TypeError, match=r"a function of \(event, delivery\) or \(event, delivery, request\), not of \("
    ):
        WSGI.receiver(handlers=handler)


def test_on_error_takes_one_or_two() -> None:
    told: list[Any] = []

    def one(error: Any) -> None:
        told.append((error.code,))

    def both(error: Any, context: Any) -> None:
        told.append((error.code, type(context)))

    def second_with_a_default(error: Any, how: str = "by mail") -> None:
        told.append((error.code,))
        assert how == "by mail"

    def second_that_is_named(error: Any, context: Any = None) -> None:
        told.append((error.code, type(context)))

    def failing(event: Any, _: Any) -> None:
        raise LookupError

    one_only, with_context = ("handler_failed",), ("handler_failed", ErrorContext)
    for on_error, expected in [
        (one, one_only),
        (both, with_context),
        (second_with_a_default, one_only),
        (second_that_is_named, with_context),
    ]:
        receiver = WSGI.receiver(handlers=failing, on_error=on_error)
        assert receiver.send(without_id()) == (500, "handler_failed")
        assert told.pop() == expected
    for odd in [lambda: None, lambda a, b, c: None]:
        with pytest.raises(TypeError, match=r"on_error must be a function of \(error\) or \(error, context\)"):
            WSGI.receiver(on_error=odd)
    for odd in [lambda: None, lambda a, b: None]:
        with pytest.raises(TypeError, match=r"on_outcome must be a function of \(outcome\), not of"):
            WSGI.receiver(on_outcome=odd)
