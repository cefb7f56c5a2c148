"""Threads in which receivers ask, wait and tell.

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
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from time import monotonic
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")
Job: TypeAlias = tuple[concurrent.futures.Future[Any], Callable[[], Any]]


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


class NoThreadError(RuntimeError):
    """Nothing was asked, because no thread was free to ask."""

    def __init__(self, most: int) -> None:
        super().__init__(f"no thread was free, because {most} calls before it have not answered")


class Pool:
    """Some threads of one owner, so that what hangs for one keeps nothing of another's from a thread. They begin as they are
    needed and end when they are not. None keeps the interpreter from ending, as those of `concurrent.futures` do: what never
    answers must not."""

    def __init__(self, name: str, most: int = 16) -> None:
        self._name = f"twenty-webhook-{name}"
        self.most = most
        # A forked process has none of its parent's threads, and may have its locks while they are held.
        self._crews: dict[int, Crew] = {}

    def submit(self, call: Callable[[], Any]) -> concurrent.futures.Future[Any]:
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        process = os.getpid()
        crew = self._crews.get(process) or self._crews.setdefault(process, Crew(self._name, self.most))
        crew.take((future, in_context(call)))
        return future


class Crew:
    """The threads of a pool in one process."""

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most
        self._lock = threading.Lock()
        self._threads = 0
        self._idle: list[queue.SimpleQueue[Job]] = []
        self._waiting: deque[Job] = deque()

    def take(self, job: Job) -> None:
        with self._lock:
            if self._idle:
                self._idle.pop().put(job)
            elif self._threads < self._most:
                # With its first job from the start: a thread that cannot be begun leaves none behind.
                threading.Thread(target=self._work, args=job, name=self._name, daemon=True).start()
                self._threads += 1
            else:
                self._waiting.append(job)

    def _work(self, future: concurrent.futures.Future[Any], call: Callable[[], Any]) -> None:
        given: queue.SimpleQueue[Job] = queue.SimpleQueue()
        job: Job | None = (future, call)
        while job is not None:
            future, call = job
            if future.set_running_or_notify_cancel():
                try:
                    result = call()
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(result)
                    del result
            del future, call
            job = None  # What it holds must not live on while the thread is idle.
            job = self._next(given)

    def _next(self, given: queue.SimpleQueue[Job]) -> Job | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._idle.append(given)
        with suppress(queue.Empty):
            return given.get(timeout=_LONGEST_IDLE)
        with self._lock:
            if given in self._idle:
                self._idle.remove(given)
                self._threads -= 1
                return None
        return given.get()


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
_LONGEST_IDLE = 10.0

_made: dict[str, Any] = {}
# A forked process has none of its parent's threads.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_made.clear)


def _only(name: str, make: Callable[[], T]) -> T:
    made: T = _made.get(name) or _made.setdefault(name, make())
    return made
