"""A real redis-server on this machine."""

from __future__ import annotations

import shutil
from pathlib import Path

import redis
from databases import DatabaseServer


class RedisServer(DatabaseServer):
    def __init__(self, directory: Path, *options: str) -> None:
        self.directory, self.options = directory, options
        super().__init__()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        program = shutil.which("redis-server")
        assert program, "redis-server is not installed"
        common = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.directory)]
        return [program, *common, *self.options]

    def is_ready(self) -> bool:
        """It listens before it has read what it kept."""
        try:
            return bool(self.client().ping())
        except redis.exceptions.RedisError:
            return False

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port)
