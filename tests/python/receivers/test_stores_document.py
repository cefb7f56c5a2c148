"""The Python of docs/stores.md: each store that it makes passes the public suite."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from inspect import isawaitable
from pathlib import Path
from typing import Any

import pytest
from postgreses import PostgresServer
from processes import HERE
from redises import RedisServer
from twenty_webhook.replay import SqlReplayStore
from twenty_webhook.testing import test_replay_store

DOCUMENT = (HERE.parents[2] / "docs" / "stores.md").read_text()
BLOCKS = [rest.split("```")[0] for rest in DOCUMENT.split("\n```python\n")[1:]]
STORES = [block for block in BLOCKS if "\nstore = " in block]


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    redis, postgres = RedisServer(tmp_path_factory.mktemp("redis")), PostgresServer()
    with postgres.connect() as connection:
        connection.execute(SqlReplayStore(connection).create_table)
    yield {"REDIS_URL": redis.url, "DATABASE_URL": postgres.url}
    redis.close()
    postgres.close()


@pytest.mark.parametrize("block", STORES, ids=lambda block: block.split("import ")[2].split()[0])
def test_stores(block: str, servers: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, url in servers.items():
        monkeypatch.setenv(name, url)

    @asynccontextmanager
    async def made() -> AsyncIterator[Any]:
        names: dict[str, Any] = {}
        exec(block, names)
        if "start" in names:
            await names["start"]()
        yield names["store"]
        for name in ["claims", "pool"]:
            closed = names[name].close() if name in names else None
            if isawaitable(closed):
                await closed

    for case in test_replay_store(made):
        case.run()


def test_a_store_of_one_s_own(tmp_path: Path) -> None:
    (block,) = (block for block in BLOCKS if "import pytest" in block)
    (tmp_path / "test_mine.py").write_text(block)
    pytest_quietly = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_mine.py"]
    told = subprocess.run(pytest_quietly, cwd=tmp_path, capture_output=True, text=True)
    assert "7 passed" in told.stdout, told.stdout
