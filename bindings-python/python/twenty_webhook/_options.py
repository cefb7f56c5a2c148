"""What `receive` takes: for type checkers, and for `help`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from inspect import cleandoc
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypedDict, TypeVar

from twenty_webhook._core import Delivery, Event
from twenty_webhook._errors import WebhookVerificationError
from twenty_webhook._webhook import Webhook
from twenty_webhook.outcomes import ErrorContext, Outcome
from twenty_webhook.replay import AsyncReplayStore, ReplayStore

F = TypeVar("F", bound=Callable[..., Any])

R = TypeVar("R")
"""A request, as the framework has it."""

Source: TypeAlias = Webhook | Callable[[R], Webhook | None]
"""A webhook, or a function that finds the one of a request, for secrets that are known at run time only and for many webhooks
at one address; `None` if it knows none. Let it keep what it made.

`None` is answered with 404, `unknown_webhook`. If it fails, gives anything else or takes longer than two seconds, the answer is
500, `webhook_unavailable`. It is called once the method and the content coding are judged, and must not read the body."""

AsyncSource: TypeAlias = Webhook | Callable[[R], Webhook | Awaitable[Webhook | None] | None]

Handler: TypeAlias = Callable[[Event, Delivery], object] | Callable[[Event, Delivery, R], object]
"""What is done about an event; what it returns does not matter. It gets the request, too, if its third parameter has no default
or is named `request`."""

Handlers: TypeAlias = Handler[R] | Mapping[str, Handler[R]]
"""One for every delivery, events of unknown kinds included, or one for each pattern, such as `person.*` or `unknown`: of
several that match an event the first as written is called, and only that one."""

AsyncHandlers: TypeAlias = Handlers[R]
"""The same; those that are async are awaited."""

OnError: TypeAlias = (
    Callable[[WebhookVerificationError], object] | Callable[[WebhookVerificationError, ErrorContext[R]], object]
)


class Logger(Protocol):
    """One of `logging`, of structlog, loguru's, or one's own."""

    def log(
        self, level: int, line: str, /, *, extra: Mapping[str, object] = ..., exc_info: BaseException = ...
    ) -> object: ...


class _Options(TypedDict, Generic[R], total=False):
    namespace: str
    replay_ttl: timedelta
    on_store_failure: Literal["refuse", "handle"]
    on_error: OnError[R] | None
    on_outcome: Callable[[Outcome[R]], object] | None
    logger: Logger | None
    clock: Callable[[], datetime] | None
    background: bool
    body_timeout: timedelta
    diagnose: bool


class Options(_Options[R], Generic[R], total=False):
    """The options of receivers that are synchronous, each with its default.

    - `replay_store` (memory): what remembers deliveries: `None` for nothing, or a store of `twenty_webhook.replay`, which
      several processes need.
    - `on_store_failure` (`"refuse"`): `refuse` answers 503 where the store does not answer, and the event is lost, because the
      sender does not send again; `handle` handles it, and may handle it twice.
    - `replay_ttl` (`timedelta(days=1)`): how long a claim lives: at least twice the tolerance and ten seconds.
    - `namespace` (`"twenty-webhook"`): what the keys in the store begin with; one for each receiver that shares a store with
      another and does something else.
    - `background` (`False`): whether to answer right after the claim and to call the handler afterwards.
    - `body_timeout` (`timedelta(seconds=10)`): how long a body may take to arrive.
    - `on_error` (none): is called with every refusal and failure, a `WebhookVerificationError` with `code` and `status`; its
      `__cause__` is what the handler or the store raised. It never holds the secret or the expected signature. If it takes a
      second argument, that is an `ErrorContext` with the delivery, the event and the request.
    - `on_outcome` (none): is called once for every request with an `Outcome`, and a second time when a handler in the
      background has ended.
    - `logger` (the logger `twenty_webhook` of `logging`): where each refusal and failure is a line, and at the level `DEBUG` each
      success; `None` for none. One of loguru or structlog will do, too, or whatever has such a `log`; what it raises changes no
      answer. Its lines have `extra`: `webhook`, the name it was given, and, once the delivery is verified, `delivery_id`,
      `event_name`, `record_id`, `webhook_id`, `workspace_id`.
    - `clock` (`time.time`): gives the time by which deliveries are fresh, as `Webhook.verify` takes it.

    - `diagnose` (`False`): whether to find out why a signature does not match, and to add that to the line of the log. It is done for
      bodies of up to 64 kB, and once in five seconds.

    `on_error` and `on_outcome` are called when the answer is on its way: when the server closes it, which a test may have to do
    itself, or when the receiver is drained. What they raise is logged, and changes nothing.

    A receiver has `drain()`, which ends when nothing runs: no request, no handler in the background, no claim that is late, no
    function that is told. It stops no new requests and has no limit of its own: call it once the server takes none.
    """

    replay_store: ReplayStore | None


class AsyncOptions(_Options[R], Generic[R], total=False):
    """The same for receivers that are asynchronous: `replay_store`, `on_error` and `on_outcome` may be, too. Those that are not
    async are called in threads. `drain()` is to be awaited."""

    replay_store: ReplayStore | AsyncReplayStore | None


def documented(receive: F) -> F:
    """Adds to its own words what is the same for every framework."""
    options = cleandoc(Options.__doc__ or "").partition("\n\n")[2]
    receive.__doc__ = f"{cleandoc(receive.__doc__ or '')}\n\n{_ARGUMENTS}\n\n{options}\n"
    return receive


_ARGUMENTS = """`webhook` is a `Webhook`, or a function that finds the one of a request. `handlers` is a function of an `Event`, its `Delivery` and,
if it takes a third, the request, or functions by pattern: `{"person.*": handle}`. Of several patterns that match, the first as
written is called, and only that one. Raises `WebhookError` with `invalid_ttl`, and `TypeError` or `ValueError` for what cannot be
used, such as a pattern that matches nothing. The options, each with its default:"""
