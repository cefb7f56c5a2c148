"""A real PostgreSQL with a cluster of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg
from databases import DatabaseServer


class PostgresServer(DatabaseServer):
    def __init__(self, *options: str) -> None:
        directory = Path(tempfile.mkdtemp())  # pytest lets nobody else look into its folders.
        self.files, self.options = directory / "cluster", options
        if _OWNER:
            os.chown(directory, _OWNER["user"], _OWNER["group"])
        common = ["--username=tests", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        command = [_program("initdb"), "--pgdata", str(self.files), *common]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=directory, **_OWNER)
        super().__init__()

    @property
    def url(self) -> str:
        return f"postgresql://tests@127.0.0.1:{self.port}/postgres"

    def command(self) -> list[str]:
        settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", *self.options]
        options = [option for setting in settings for option in ("-c", setting)]
        return [_program("postgres"), "-D", str(self.files), "-p", str(self.port), *options]

    def popen_options(self) -> dict[str, Any]:
        return {"cwd": self.files, **_OWNER}

    def is_ready(self) -> bool:
        """It listens before it has recovered what it kept."""
        try:
            with psycopg.connect(self.url, connect_timeout=2) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def close(self) -> None:
        super().close()
        shutil.rmtree(self.files.parent, ignore_errors=True)

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url, autocommit=True)


# The server refuses to run as root.
_OWNER: dict[str, Any] = {"user": 65_534, "group": 65_534, "extra_groups": []} if os.getuid() == 0 else {}


def _program(name: str) -> str:
    """Debian keeps a server's programs beside the search path, one folder for each version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda version: int(version.name), reverse=True)
    found = [version / "bin" / name for version in versions if (version / "bin" / name).exists()]
    program = str(found[0]) if found else shutil.which(name)
    assert program, f"{name} is not installed"
    return program
