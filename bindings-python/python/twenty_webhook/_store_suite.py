"""What every replay store must do, as cases for any test runner."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AbstractContextManager, AsyncExitStack
from functools import partial
from inspect import isawaitable, iscoroutinefunction
from time import monotonic
from typing import Any, NoReturn, TypeAlias

from twenty_webhook._guard import named
from twenty_webhook.replay import AsyncReplayStore, ReplayStore

_Store: TypeAlias = ReplayStore | AsyncReplayStore
MakeStore: TypeAlias = Callable[
    [], _Store | Awaitable[_Store] | AbstractContextManager[_Store] | AbstractAsyncContextManager[_Store]
]


def test_replay_store(
    make_store: MakeStore,
    *,
    lose_answer: Callable[[], object] | None = None,  # noqa: PT028
) -> list[ReplayStoreCase]:
    """What every replay store must do, for stores of both kinds: cases, each of which raises if the store does not do it.

        @pytest.mark.parametrize("case", test_replay_store(make_store), ids=str)
        def test_my_store(case):
            case.run()

    `make_store` makes a store for each case, inside the event loop of the case: it may be async, and may give a context
    manager, which the case leaves at its end. All stores may share a database, because no two cases use the same keys.
    Stores that are not async are called in threads, as receivers do.

    `lose_answer` makes the next answer of the database get lost on its way to the store that was made last, after the
    database has done what it was asked to. With it, there is one more case.
    """
    cases = dict(_CASES)
    if lose_answer is not None:
        cases[_LOST] = partial(_finds_its_own, lose_answer)
    return [ReplayStoreCase(name, make_store, check) for name, check in cases.items()]


# For pytest, wherever this is imported: it is no test.
test_replay_store.__test__ = False  # type: ignore[attr-defined]


class ReplayStoreCase:
    """One thing that a receiver relies on."""

    def __init__(self, name: str, make_store: MakeStore, check: Callable[[_Asked], Awaitable[None]]) -> None:
        self.name = name
        self._make_store, self._check = make_store, check

    def __str__(self) -> str:
        return self.name

    def run(self) -> None:
        """Raises `AssertionError` with a sentence if the store does not do it, and whatever the store raises."""
        asyncio.run(self._run())

    async def _run(self) -> None:
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            async with AsyncExitStack() as stack:
                made: Any = self._make_store()
                store = await made if isawaitable(made) else made
                if hasattr(store, "__aenter__"):
                    store = await stack.enter_async_context(store)
                elif hasattr(store, "__enter__"):
                    store = stack.enter_context(store)
                await self._check(_Asked(store, threads))


class _Asked:
    """A store whose answers are looked at: it may give a token or `None`, and nothing else."""

    def __init__(self, store: Any, threads: Executor) -> None:
        self._store, self._threads = store, threads
        is_async = getattr(store, "is_async", None)
        self._is_async = is_async if isinstance(is_async, bool) else iscoroutinefunction(store.claim)

    async def claim(self, key: str, ttl: float = 3_600.0) -> str | None:
        answer = await self._asked(lambda: self._store.claim(key, ttl, ttl))
        if answer is None or (isinstance(answer, str) and _is_token(answer)):
            return answer
        told = "a str that cannot be a token" if isinstance(answer, str) else named(answer)
        return _fail(f"claim answered {told}: it must give a non-empty str, or None if the key is held")

    async def granted(self, what: str, key: str, ttl: float = 3_600.0) -> str:
        return await self.claim(key, ttl) or _fail(f"{what} was refused: it must be granted")

    async def held(self, what: str, key: str) -> None:
        if await self.claim(key) is not None:
            _fail(f"{what} was granted: it must be refused with None")

    async def release(self, key: str, token: str) -> None:
        await self._asked(lambda: self._store.release(key, token))

    async def _asked(self, ask: Callable[[], Any]) -> Any:
        answer = ask() if self._is_async else await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        return await answer if isawaitable(answer) else answer


async def _grants_once(store: _Asked) -> None:
    key = _new_key()
    token = await store.granted("the first claim of a key", key)
    await store.held("a second claim of it", key)
    _differ(token, await store.granted("the first claim of another key", _new_key()), "two claims")


async def _grants_what_was_released(store: _Asked) -> None:
    key = _new_key()
    first = await store.granted("the first claim of a key", key)
    await store.release(key, first)
    second = await store.granted("a claim of a key that was released", key)
    _differ(first, second, "a claim and the one after its release")
    await store.held("a claim of a key that was released and claimed", key)


async def _releases_by_its_token_only(store: _Asked) -> None:
    key = _new_key()
    await store.release(key, "no token of any claim")
    first = await store.granted("the first claim of a key", key)
    await store.release(key, "no token of any claim")
    await store.held("a claim after a release with another token", key)
    await store.release(key, first)
    await store.granted("a claim of a key that was released", key)
    await store.release(key, first)
    await store.held("a claim after a second release with the token of an earlier claim", key)


async def _forgets_at_the_ttl(store: _Asked) -> None:
    """Each asking may be judged at any moment while it lasts, so a busy machine makes the case weaker, and never fail."""
    key = _new_key()
    earliest = monotonic()
    await store.granted("the first claim of a key", key, _TTL)
    latest = monotonic()
    while True:
        asked = monotonic()
        token = await store.claim(key, _TTL)
        age = monotonic() - earliest
        if token is not None and age < _TTL - _INACCURACY:
            _fail(f"a claim of {_TTL} s was gone after {age:.3f} s")
        if token is not None:
            return
        if asked - latest > _TTL + _INACCURACY:
            _fail(f"a claim of {_TTL} s was still held after {asked - latest:.3f} s")
        await asyncio.sleep(0.02)


async def _holds_what_nobody_waits_for(store: _Asked) -> None:
    key = _new_key()
    late = asyncio.ensure_future(store.claim(key))
    other = await store.claim(key)
    token = await late
    if (token is None) == (other is None):
        _fail(f"two claims at once were answered {named(token)} and {named(other)}: exactly one must be granted")
    await store.release(key, token or other or "")
    await store.granted("a claim of a key that was released", key)


async def _grants_one_of_many(store: _Asked) -> None:
    key = _new_key()
    answers = await asyncio.gather(*(store.claim(key) for _ in range(_AT_ONCE)))
    granted = sum(answer is not None for answer in answers)
    if granted != 1:
        _fail(f"of a hundred claims of one key at once {granted} were granted")


async def _tells_keys_apart(store: _Asked) -> None:
    long = _new_key() + "k" * 1_000
    keys = [long + end for end in ["a", "b", "A", "a ", "\u00e4", "a\u0308"]]
    tokens = [await store.granted("the first claim of a key of more than a thousand characters", key) for key in keys]
    for key in keys:
        await store.held("a second claim of such a key", key)
    await store.release(keys[0], tokens[0])
    await store.granted("a claim of such a key that was released", keys[0])
    for key in keys[1:]:
        await store.held("a claim after the release of a key that differs in one character", key)


async def _finds_its_own(lose_answer: Callable[[], object], store: _Asked) -> None:
    key = _new_key()
    lose_answer()
    token = await store.granted("a claim whose answer was lost on its way", key)
    await store.held("a second claim of that key", key)
    await store.release(key, token)
    await store.granted("a claim of that key after its release", key)


_CASES: dict[str, Callable[[_Asked], Awaitable[None]]] = {
    "a key is granted to who claims it first, and held for everyone else": _grants_once,
    "a released key is granted again, under another token": _grants_what_was_released,
    "a token that does not hold the key releases nothing": _releases_by_its_token_only,
    "a claim is gone once it is exactly as old as its ttl": _forgets_at_the_ttl,
    "a claim for which nobody waited holds until it is released": _holds_what_nobody_waits_for,
    "of a hundred claims of one key at once exactly one is granted": _grants_one_of_many,
    "keys are told apart by each of their characters": _tells_keys_apart,
}
_LOST = "a claim whose answer was lost is granted when it is asked for again"


def _differ(one: str, other: str, what: str) -> None:
    if one == other:
        _fail(f"{what} had the same token, so the release of one would release the other")


def _fail(sentence: str) -> NoReturn:
    raise AssertionError(sentence)


def _is_token(answer: str) -> bool:
    return answer != "" and not any("\ud800" <= character <= "\udfff" for character in answer)


def _new_key() -> str:
    """As the core makes them: a namespace, then 64 hex digits."""
    return f"suite:{os.urandom(32).hex()}"


_AT_ONCE = 100
# No whole seconds: a store that counts those shows.
_TTL = 0.7
# Stores count in whole milliseconds, and by another clock.
_INACCURACY = 0.05
