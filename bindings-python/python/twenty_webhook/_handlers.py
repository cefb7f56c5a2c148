"""Which functions an event is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from typing import Any, TypeAlias

from twenty_webhook import _core
from twenty_webhook._core import Event

Function: TypeAlias = Callable[..., Any]


class Routes:
    """Functions by pattern, in the order they were given; a pattern of `None` is for every event."""

    def __init__(self, handlers: Any) -> None:
        self._routes: list[tuple[str | None, Function]]
        if isinstance(handlers, Mapping):
            self._routes = [(_pattern(pattern), checked("a handler", one)) for pattern, one in handlers.items()]
        else:
            self._routes = [(None, checked("a handler", handlers))]

    def of(self, event: Event) -> list[Function]:
        return [function for pattern, function in self._routes if pattern is None or event.matches(pattern)]

    def refuse_async(self) -> None:
        for _, function in self._routes:
            refuse_async(function)


def refuse_async(function: Function) -> None:
    if is_async(function):
        raise TypeError(f"this receiver calls functions that are not async: {_REMEDY}")


_REMEDY = "use the one of twenty_webhook.asgi or .fastapi, or receive_async of twenty_webhook.django"


def is_async(function: Function) -> bool:
    return iscoroutinefunction(function) or iscoroutinefunction(getattr(type(function), "__call__", None))  # noqa: B004


def checked(what: str, passed: Any) -> Function:
    if not callable(passed):
        raise TypeError(f"{what} must be a function, not {type(passed).__name__}")
    if isgeneratorfunction(passed) or isasyncgenfunction(passed):
        raise TypeError(f"{what} must be a function that is done when it returns, not a generator, which nothing runs")
    result: Function = passed
    return result


def _pattern(pattern: Any) -> str:
    if not isinstance(pattern, str):
        raise TypeError(f"a pattern must be a str, not {type(pattern).__name__}")
    if not _core.is_pattern(pattern):
        raise ValueError(
            f"the pattern {pattern!r} matches no event: write it as person.created, *.deleted or metadata.*.*"
        )
    return pattern
