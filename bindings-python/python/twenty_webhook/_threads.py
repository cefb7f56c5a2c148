"""Threads that receivers without an event loop share.

gevent's workers patch the standard library after an application that is preloaded: what is made before that, or with a name
that was bound before, blocks every greenlet of the process. So all of this is made when it is first used, from the modules'
attributes.

What a request begins in one of them runs in the request's context, as asyncio does it: traces go on there.
"""

from __future__ import annotations

import concurrent.futures
import contextvars
import heapq
import os
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from time import monotonic
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")
Job: TypeAlias = tuple[concurrent.futures.Future[Any], Callable[[], Any]]


def pool(name: str) -> Pool:
    """One for each use, so that what hangs in one keeps nothing else from its threads."""
    return _only(name, lambda: Pool(name, 16))


def alarms() -> Alarms:
    return _only("alarms", Alarms)


def background() -> concurrent.futures.ThreadPoolExecutor:
    """These do keep the interpreter from ending: the sender has been told that the event is accepted."""
    return _only(
        "background", lambda: concurrent.futures.ThreadPoolExecutor(thread_name_prefix="twenty-webhook-background")
    )


def in_context(call: Callable[[], T]) -> Callable[[], T]:
    """The same call in the context of who asks for it, in whatever thread."""
    return partial(contextvars.copy_context().run, call)


class Pool:
    """Some threads, begun as they are needed. None keeps the interpreter from ending, as those of `concurrent.futures`
    do: what never answers must not."""

    def __init__(self, name: str, most: int) -> None:
        self._name = f"twenty-webhook-{name}"
        self._most = most
        self._threads = 0
        self._lock = threading.Lock()
        self._idle = threading.Semaphore(0)
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()

    def submit(self, call: Callable[[], Any]) -> concurrent.futures.Future[Any]:
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        job = (future, in_context(call))
        if self._idle.acquire(blocking=False) or not self._is_begun_for(job):
            self._jobs.put(job)
        return future

    def _is_begun_for(self, job: Job) -> bool:
        """A thread has its first job from the start: one that cannot be begun leaves none behind, and one that has a job does
        not count as idle."""
        with self._lock:
            if self._threads == self._most:
                return False
            threading.Thread(target=self._work, args=job, name=self._name, daemon=True).start()
            self._threads += 1
            return True

    def _work(self, future: concurrent.futures.Future[Any], call: Callable[[], Any]) -> None:
        while True:
            if future.set_running_or_notify_cancel():
                try:
                    result = call()
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(result)
                    del result
            del future, call
            try:
                future, call = self._jobs.get_nowait()
            except queue.Empty:
                self._idle.release()
                future, call = self._jobs.get()


class Alarms:
    """Calls at their time, made by one thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: list[tuple[float, int, list[Callable[[], object]]]] = []
        self._number = count()
        self._is_running = False

    def later(self, seconds: float, call: Callable[[], object]) -> Callable[[], object]:
        """Makes a call after some time, unless what is returned is called before."""
        pending = [call]
        with self._changed:
            if not self._is_running:
                threading.Thread(target=self._run, name="twenty-webhook-alarms", daemon=True).start()
                self._is_running = True
            due = (monotonic() + seconds, next(self._number), pending)
            heapq.heappush(self._due, due)
            if self._due[0] is due:
                self._changed.notify()
        return pending.clear

    def _run(self) -> None:
        while True:
            call = self._next()
            with suppress(BaseException):  # One that fails must not keep the others from being made.
                call()

    def _next(self) -> Callable[[], object]:
        with self._changed:
            while True:
                wait = self._due[0][0] - monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    for call in heapq.heappop(self._due)[2]:
                        return call
                else:
                    # Those called off stay until they are due, and would each wake the thread.
                    self._changed.wait(wait and max(wait, _SHORTEST_SLEEP))


_SHORTEST_SLEEP = 0.1

_made: dict[str, Any] = {}
# A forked process has none of its parent's threads.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_made.clear)


def _only(name: str, make: Callable[[], T]) -> T:
    made: T = _made.get(name) or _made.setdefault(name, make())
    return made
