"""The public suite of replay stores finds those that are wrong, in both kinds."""

from __future__ import annotations

import asyncio
import math
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import monotonic, sleep
from typing import Any

import pytest
from twenty_webhook.testing import ReplayStoreCase, test_replay_store


class Right:
    """What is wrong with the others is what differs from it."""

    refusal: Any = None

    def __init__(self) -> None:
        self.claims: dict[str, tuple[str, float]] = {}
        self.serial = 0
        self.lock = Lock()

    def claim(self, key: str, ttl: float, window: float, /) -> Any:
        with self.lock:
            return self.unlocked(key, ttl)

    def unlocked(self, key: str, ttl: float) -> Any:
        known = self.claims.get(self.spelt(key))
        if known and known[1] > monotonic():
            return self.refusal
        self.serial += 1
        self.claims[self.spelt(key)] = (self.token(), monotonic() + self.lifetime(ttl))
        return self.token()

    def token(self) -> Any:
        return str(self.serial)

    def release(self, key: str, token: str, /) -> None:
        if self.claims.get(self.spelt(key), ("", 0))[0] == token:
            del self.claims[self.spelt(key)]

    def spelt(self, key: str) -> str:
        return key

    def lifetime(self, ttl: float) -> float:
        return ttl


class LooksThenClaims(Right):
    def claim(self, key: str, ttl: float, window: float, /) -> Any:
        known = self.claims.get(key)
        if known and known[1] > monotonic():
            return None
        sleep(0.001)
        self.claims.pop(key, None)
        return super().claim(key, ttl, window)


class Prolongs(Right):
    def claim(self, key: str, ttl: float, window: float, /) -> Any:
        token = super().claim(key, ttl, window)
        self.claims[key] = (self.claims[key][0], monotonic() + ttl)
        return token


def but(**changes: Any) -> type[Right]:
    return type("Wrong", (Right,), changes)


GRANTED, RELEASED, TOKEN, TTL, KEYS = (
    "a key is granted",
    "a released key",
    "a token that does not hold",
    "a claim is gone",
    "keys are told apart",
)
WRONG: dict[str, tuple[type[Right], str]] = {
    "grants every claim": (but(claim=lambda self, key, *_: str(monotonic())), GRANTED),
    "refuses with False": (but(refusal=False), GRANTED),
    "refuses with empty text": (but(refusal=""), GRANTED),
    "grants with True": (but(token=lambda self: True), GRANTED),
    "grants with bytes": (but(token=lambda self: b"token"), GRANTED),
    "grants with half a character": (but(token=lambda self: "\ud800"), GRANTED),
    "has one token": (but(token=lambda self: "token"), RELEASED),
    "does not release": (but(release=lambda self, *_: None), RELEASED),
    "releases by whatever token": (but(release=lambda self, key, _: self.claims.pop(key, None)), TOKEN),
    "fails to release what is not there": (but(release=lambda self, key, _: self.claims.pop(key)), TOKEN),
    "keeps claims for ever": (but(lifetime=lambda self, ttl: math.inf), TTL),
    "counts in whole seconds, up": (but(lifetime=lambda self, ttl: math.ceil(ttl)), TTL),
    "counts in whole seconds, down": (but(lifetime=lambda self, ttl: math.floor(ttl)), TTL),
    "prolongs a claim that is asked for": (Prolongs, TTL),
    "looks, then claims": (LooksThenClaims, "of a hundred claims"),
    "cuts keys": (but(spelt=lambda self, key: key[:255]), KEYS),
    "compares keys without case": (but(spelt=lambda self, key: key.lower()), KEYS),
    "trims keys": (but(spelt=lambda self, key: key.strip()), KEYS),
    "composes characters": (but(spelt=lambda self, key: unicodedata.normalize("NFC", key)), KEYS),
}


class Async:
    def __init__(self, store: Right) -> None:
        self.store = store

    async def claim(self, key: str, ttl: float, window: float, /) -> Any:
        return await asyncio.to_thread(self.store.claim, key, ttl, window)

    async def release(self, key: str, token: str, /) -> None:
        self.store.release(key, token)


async def made_async() -> Any:
    return Async(Right())


def failures(make: Callable[[], Any], beginning: str = "") -> list[tuple[str, str]]:
    def failure(case: ReplayStoreCase) -> list[tuple[str, str]]:
        try:
            case.run()
        except Exception as error:
            return [(case.name, str(error))]
        return []

    with ThreadPoolExecutor(8) as threads:
        cases = [case for case in test_replay_store(make) if case.name.startswith(beginning)]
        return [one for found in threads.map(failure, cases) for one in found]


def test_a_store_that_is_right() -> None:
    assert failures(Right) == failures(lambda: Async(Right())) == failures(made_async) == []


@pytest.mark.parametrize("kind", [lambda store: store, Async], ids=["sync", "async"])
@pytest.mark.parametrize("what", WRONG)
def test_a_store_that(what: str, kind: Callable[[Right], Any]) -> None:
    wrong, expected = WRONG[what]
    # On a busy machine a case that looks at times may see too little.
    for _ in range(20):
        if failures(lambda: kind(wrong()), expected):
            return
    raise AssertionError("it was not found")


def test_a_store_that_cannot_be_made() -> None:
    def bang() -> Any:
        raise OSError("no database")

    assert [message for _, message in failures(bang)] == ["no database"] * 7


def test_a_store_that_does_not_ask_again() -> None:
    lost: list[int] = []

    class Once(Right):
        def claim(self, key: str, ttl: float, window: float, /) -> Any:
            token = super().claim(key, ttl, window)
            if lost:
                lost.pop()
                raise TimeoutError("the answer was lost")
            return token

    *_, last = test_replay_store(Once, lose_answer=lambda: lost.append(1))
    with pytest.raises(TimeoutError, match="the answer was lost"):
        last.run()
    assert str(last) == "a claim whose answer was lost is granted when it is asked for again"
