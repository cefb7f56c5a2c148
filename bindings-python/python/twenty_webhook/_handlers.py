"""The functions of users, and the patterns of the events they are for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from typing import Any, TypeAlias

Function: TypeAlias = Callable[..., Any]


def routes(handlers: Any) -> tuple[list[str] | None, list[Function]]:
    """The patterns, in the order they were given, and the function of each; no patterns where one function gets everything."""
    if not isinstance(handlers, Mapping):
        return None, [checked("a handler", handlers)]
    items = [(_pattern(pattern), checked("a handler", function)) for pattern, function in handlers.items()]
    return [pattern for pattern, _ in items], [function for _, function in items]


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
    return pattern
