"""The functions of users, and the patterns of the events they are for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any


class Function:
    """A function of the user's, and how many arguments it is called with: the fewest it may be, or more if it asks for more.

    It asks for another by a parameter that it cannot do without, or by one of that name. What comes after the fewest is no
    use to `*args`, which is most often somebody else's wrapper around a function that takes the fewest.
    """

    __slots__ = ("call", "is_async", "takes")

    def __init__(self, what: str, passed: Any, names: tuple[str, ...], fewest: int) -> None:
        if not callable(passed):
            raise TypeError(f"{what} must be a function, not {type(passed).__name__}")
        if inspect.isgeneratorfunction(passed) or inspect.isasyncgenfunction(passed):
            raise TypeError(
                f"{what} must be a function that is done when it returns, not a generator, which nothing runs"
            )
        self.call: Callable[..., Any] = passed
        self.is_async = _is_async(passed)
        self.takes = _number_taken(what, passed, names, fewest)

    def refuse_async(self) -> None:
        if self.is_async:
            raise TypeError(f"this receiver calls functions that are not async: {_REMEDY}")


_REMEDY = "use the one of twenty_webhook.asgi or .fastapi, or receive_async of twenty_webhook.django"


def routes(handlers: Any) -> tuple[list[Any] | None, list[Function]]:
    """The patterns, in the order they were given, and the function of each; no patterns where one function gets everything."""
    if not isinstance(handlers, Mapping):
        return None, [_handler(handlers)]
    items = list(handlers.items())
    return [pattern for pattern, _ in items], [_handler(function) for _, function in items]


def _handler(passed: Any) -> Function:
    return Function("a handler", passed, ("event", "delivery", "request"), 2)


def _is_async(function: Any) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(
        getattr(type(function), "__call__", None)  # noqa: B004
    )


def _number_taken(what: str, function: Callable[..., Any], names: tuple[str, ...], fewest: int) -> int:
    try:
        signature = inspect.signature(function)
    except Exception:  # Some of what is written in C says nothing, and an object of one's own may say anything.
        return fewest
    named = [parameter for parameter in signature.parameters.values() if parameter.kind in _BY_PLACE]
    taken = fewest
    for parameter, name in zip(named[fewest:], names[fewest:], strict=False):
        if parameter.default is not parameter.empty and parameter.name != name:
            break
        taken += 1
    try:
        signature.bind(*names[:taken])
    except TypeError:
        taken_by = " or ".join(f"({', '.join(names[:number])})" for number in range(fewest, len(names) + 1))
        raise TypeError(f"{what} must be a function of {taken_by}, not of {signature}") from None
    return taken


_BY_PLACE = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
