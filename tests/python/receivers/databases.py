"""A server of a database on this machine, which can be stopped, paused and restarted."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from processes import eventually, free_port


class DatabaseServer:
    """Subclasses say how it is begun, and whether it answers; one that was killed may need a while to be begun again."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def command(self) -> list[str]:
        raise NotImplementedError

    def popen_options(self) -> dict[str, Any]:
        return {}

    def is_ready(self) -> bool:
        raise NotImplementedError

    def start(self) -> None:
        eventually(self._is_up, 10)

    def _is_up(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.popen_options()
            )
        return self.is_ready()

    def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """With the processes of its connections, which would answer for a while."""
        assert self._process is not None
        self._signal(signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        self.go_on()
        self.kill()

    def _signal(self, number: signal.Signals) -> None:
        """The processes that it has begun, too."""
        if self._process is None or self._process.poll() is not None:
            return
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in [pid, *map(int, children)]:
            with suppress(ProcessLookupError):  # It has ended meanwhile.
                os.kill(one, number)
