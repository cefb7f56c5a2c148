"""Fifty workspaces on one endpoint, each with a secret of its own: the example, as its users start it."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Iterator

import pytest
from deliveries import signed
from processes import EXAMPLES, Server, free_port
from sender import Address, send

SECRETS = {f"workspace-{number}": secrets.token_hex(32) for number in range(50)}
FIRST, SECOND, *_ = SECRETS


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, int]]:
    file = tmp_path_factory.mktemp("workspaces") / "secrets.json"
    file.write_text(json.dumps(SECRETS))
    port = free_port()
    server = Server(
        [sys.executable, "app.py"], EXAMPLES / "many-workspaces", {"SECRETS_FILE": str(file), "PORT": str(port)}
    )
    try:
        server.wait_until_listening(port)
        yield server, port
    finally:
        server.stop()


def body_of(workspace: str, identity: str = "7") -> bytes:
    record = {"id": identity, "updatedAt": "2026-11-28"}
    return json.dumps({"eventName": "person.created", "workspaceId": workspace, "record": record}).encode()


def deliver(port: int, workspace: str, body: bytes, secret: str) -> tuple[int, str]:
    return send(Address(port, f"/webhooks/twenty/{workspace}"), body, signed(body, secret=secret)).says


def test_the_deliveries_of_every_workspace_are_verified_with_its_own_secret(server: tuple[Server, int]) -> None:
    running, port = server
    for workspace, secret in SECRETS.items():
        assert deliver(port, workspace, body_of(workspace), secret) == (200, "handled")
        assert running.wait_for(f"person.created {workspace} ")


def test_the_secret_of_another_workspace_opens_none(server: tuple[Server, int]) -> None:
    answer = deliver(server[1], FIRST, body_of(FIRST, "8"), SECRETS[SECOND])
    assert answer == (401, "signature_mismatch")


def test_a_workspace_that_is_not_known_is_refused(server: tuple[Server, int]) -> None:
    assert deliver(server[1], "nobody", body_of("nobody"), "a secret of nobody's") == (404, "unknown_webhook")


def test_an_event_of_another_workspace_is_not_handled_though_it_is_signed(server: tuple[Server, int]) -> None:
    running, port = server
    assert deliver(port, FIRST, body_of(SECOND, "10"), SECRETS[FIRST]) == (500, "handler_failed")
    assert running.wait_for(f"an event of workspace {SECOND} came to {FIRST}")
