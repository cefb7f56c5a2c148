"""A real redis-server on this machine, which can be stopped, paused and restarted."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import redis
from processes import eventually, free_port, is_listening


class RedisServer:
    def __init__(self, directory: Path, *options: str) -> None:
        self.directory, self.options = directory, options
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, "redis-server is not installed"
        common = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.directory)]
        self._process = subprocess.Popen([program, *common, *self.options], stdout=subprocess.DEVNULL)
        eventually(lambda: is_listening(self.port), 10)
        eventually(self._is_ready, 10)

    def _is_ready(self) -> bool:
        """It listens before it has read what it kept."""
        try:
            return bool(self.client().ping())
        except redis.exceptions.RedisError:
            return False

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port)

    def pause(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        self.go_on()
        self.kill()
