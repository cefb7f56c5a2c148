"""What `receive` takes, for type checkers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Literal, Protocol, TypeAlias, TypedDict

from twenty_webhook._core import Delivery, Event
from twenty_webhook._errors import WebhookVerificationError
from twenty_webhook.replay import AsyncReplayStore, ReplayStore

Handler: TypeAlias = Callable[[Event, Delivery], object]
"""What is done about an event; what it returns does not matter."""

AsyncHandler: TypeAlias = Callable[[Event, Delivery], Awaitable[object]]

Handlers: TypeAlias = Handler | Mapping[str, Handler]
"""One for every delivery, events of unknown kinds included, or one for each pattern, such as `person.*` or `unknown`: of
several that match an event the first as written is called, and only that one."""

AsyncHandlers: TypeAlias = Handler | AsyncHandler | Mapping[str, Handler | AsyncHandler] | Mapping[str, AsyncHandler]


class Logger(Protocol):
    """One of `logging`, of structlog, loguru's, or one's own."""

    def log(
        self, level: int, line: str, /, *, extra: Mapping[str, object] = ..., exc_info: BaseException = ...
    ) -> object: ...


class _Options(TypedDict, total=False):
    namespace: str
    replay_ttl: timedelta
    on_store_failure: Literal["refuse", "handle"]
    logger: Logger | None
    background: bool
    body_timeout: timedelta


class Options(_Options, total=False):
    """The options of receivers that are synchronous; one left out is the core's default.

    - `replay_store`: what remembers deliveries; a `MemoryReplayStore` unless given, `None` for nothing.
    - `namespace`: what the keys in the store begin with; one for each receiver or secret that shares a store.
    - `replay_ttl`: how long a claim lives: at least twice the tolerance and ten seconds.
    - `on_store_failure`: `refuse` answers 503 where the store does not answer, and the event is lost, because the sender
      does not send again; `handle` handles it, and may handle it twice.
    - `on_error`: is called with every refusal and failure, a `WebhookVerificationError` with `code` and `status`; its
      `__cause__` is what the handler or the store raised. It never holds the secret or the expected signature.
    - `logger`: where each refusal and failure is a line, and at the level `DEBUG` each success; `None` for none. Unless
      given, the logger `twenty_webhook` of `logging`. One of loguru or structlog will do, too, or whatever has such a
      `log`; what it raises changes no answer. Once a delivery is verified, its lines have `extra`: `webhook`, the
      name it was given, `delivery_id`, `event_name`, `record_id`, `webhook_id`, `workspace_id`.
    - `background`: whether to answer right after the claim and to call the handler afterwards.
    - `body_timeout`: how long a body may take to arrive.
    """

    replay_store: ReplayStore | None
    on_error: Callable[[WebhookVerificationError], object] | None


class AsyncOptions(_Options, total=False):
    """The same for receivers that are asynchronous: `replay_store` and `on_error` may be, too."""

    replay_store: ReplayStore | AsyncReplayStore | None
    on_error: Callable[[WebhookVerificationError], object] | None
