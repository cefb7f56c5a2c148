"""The examples, each started once as a server of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from processes import EXAMPLE_COMMANDS, Server, example
from sender import Address


class Examples:
    """Begun together, because each takes its time to be ready."""

    def __init__(self, stack: ExitStack) -> None:
        self.servers: dict[str, Server] = {}
        self.addresses: dict[str, Address] = {}
        for name in EXAMPLE_COMMANDS:
            server, port, path = stack.enter_context(example(name))
            self.servers[name], self.addresses[name] = server, Address(port, path)
        for name, server in self.servers.items():
            server.wait_until_listening(self.addresses[name].port)


@pytest.fixture(scope="session")
def examples() -> Iterator[Examples]:
    with ExitStack() as stack:
        yield Examples(stack)


@pytest.fixture(params=EXAMPLE_COMMANDS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(examples: Examples, name: str) -> Server:
    return examples.servers[name]


@pytest.fixture
def address(examples: Examples, name: str) -> Address:
    return examples.addresses[name]
