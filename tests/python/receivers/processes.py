"""Servers as processes of their own."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from deliveries import SECRET

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[2] / "bindings-python" / "examples"
PROGRAMS = Path(sys.executable).parent


class Server:
    """A process that listens, with what it printed."""

    def __init__(self, command: list[str], directory: Path, environment: dict[str, str]) -> None:
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            command,
            cwd=directory,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def about(self, word: str) -> list[str]:
        return [line for line in list(self.lines) if word in line]

    def printed(self, identity: str) -> list[str]:
        """By the handler of a delivery: no line of the log."""
        return [line for line in self.about(identity) if line.endswith(identity)]

    def wait_for(self, word: str, seconds: float = 5) -> list[str]:
        eventually(lambda: self.about(word), seconds, lambda: "\n".join(self.lines))
        return self.about(word)

    def wait_until_listening(self, port: int) -> None:
        eventually(lambda: is_listening(port), 30, lambda: "\n".join(self.lines))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(5)


def eventually(what: Callable[[], Any], seconds: float, told: Callable[[], str] = str) -> None:
    end = time.monotonic() + max(seconds, 60)  # However busy the machine is; what never happens fails all the same.
    while not what():
        assert time.monotonic() < end, told()
        time.sleep(0.02)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """Below those that the system gives out, one of which somebody else's server or client could be given meanwhile."""
    while True:
        port = random.randrange(10_000, 32_000)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def program(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


GUNICORN = program("gunicorn", "--no-control-socket", "--log-level", "warning")

EXAMPLE_COMMANDS: dict[str, tuple[str, Callable[[int], list[str]], str]] = {
    "fastapi": ("fastapi", lambda _: [sys.executable, "app.py"], "/webhooks/twenty"),
    "flask": ("flask", lambda _: [*GUNICORN, "app:app"], "/webhooks/twenty"),
    "wsgi": ("wsgi", lambda _: [*GUNICORN, "app:app"], "/webhooks/twenty"),
    "django": ("django", lambda _: [*GUNICORN, "mysite.wsgi"], "/webhooks/twenty"),
    "django-async": (
        "django",
        lambda port: [*program("uvicorn"), "--port", str(port), "mysite.asgi:application"],
        "/webhooks/twenty-async",
    ),
    "django-rest-framework": ("django-rest-framework", lambda _: [*GUNICORN, "mysite.wsgi"], "/webhooks/twenty"),
    "litestar": ("litestar", lambda port: [*program("uvicorn"), "--port", str(port), "app:app"], "/webhooks/twenty"),
    "aiohttp": ("aiohttp", lambda _: [sys.executable, "app.py"], "/webhooks/twenty"),
}


@contextmanager
def example(name: str, **environment: str) -> Iterator[tuple[Server, int, str]]:
    directory, command, path = EXAMPLE_COMMANDS[name]
    port = free_port()
    settings = {"PORT": str(port), "TWENTY_WEBHOOK_SECRET": SECRET, **environment}
    server = Server(command(port), EXAMPLES / directory, settings)
    try:
        yield server, port, path
    finally:
        server.stop()
