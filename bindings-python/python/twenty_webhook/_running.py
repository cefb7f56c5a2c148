"""What a receiver has begun and not ended."""

from __future__ import annotations

import concurrent.futures
import os
from weakref import WeakSet


class Running:
    """Without a lock: one that is made before gevent patches the standard library would block a worker of it."""

    def __init__(self) -> None:
        self._jobs: set[object] = set()
        self._waiting: list[concurrent.futures.Future[None]] = []
        _ALL.add(self)

    def begin(self, job: object) -> None:
        self._jobs.add(job)

    def end(self, job: object) -> None:
        self._jobs.discard(job)
        if self._waiting:
            self._tell()

    def forget(self) -> None:
        self._jobs.clear()
        self._waiting.clear()

    @property
    def jobs(self) -> list[object]:
        return list(self._jobs)

    def nothing(self) -> concurrent.futures.Future[None]:
        """Is done once nothing runs."""
        waiting: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._waiting.append(waiting)
        self._tell()
        return waiting

    def _tell(self) -> None:
        while not self._jobs:
            try:
                waiting = self._waiting.pop()
            except IndexError:
                return
            if waiting.set_running_or_notify_cancel():  # Else whoever waited has given up.
                waiting.set_result(None)


_ALL: WeakSet[Running] = WeakSet()


def _forget() -> None:
    """What ran in the process that forked this one does not end in here."""
    for running in _ALL:
        running.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
