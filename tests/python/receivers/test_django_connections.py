"""Django's connections to a database that closes them, in the threads that receivers call functions in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from deliveries import record
from django.db import connections
from drivers import HOOK, Loop, Store, Threads
from frameworks import FRAMEWORKS, Framework
from postgreses import PostgresServer

DJANGO = pytest.mark.parametrize(
    "framework", [one for one in FRAMEWORKS if one.name.startswith("django")], ids=lambda one: one.name
)


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def crm(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that Django looks at before each request, and keeps."""
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "127.0.0.1",
        "PORT": str(postgres.port),
        "USER": "tests",
        "NAME": "postgres",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
    configured = connections.configure_settings({"default": {}, "crm": settings})  # type: ignore[no-untyped-call]
    monkeypatch.setitem(connections.settings, "crm", configured["crm"])


# It waits until they have ended.
TERMINATE = (
    "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE usename = 'tests' AND pid <> pg_backend_pid()"
)


def query(*_: object) -> None:
    with connections["crm"].cursor() as cursor:
        cursor.execute("SELECT 1")


def find(*_: object) -> Any:
    query()
    return HOOK


def granted() -> str:
    query()
    return "token"


@DJANGO
@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("what", ["handler", "on_outcome", "on_error", "webhook", "store"])
def test_a_connection_that_the_database_closed_is_not_kept(
    framework: Framework, background: bool, what: str, postgres: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    options: dict[str, Any] = {what: query} if what.startswith("on_") else {}
    if what == "store":
        options["replay_store"] = Store(granted)
    made = framework.receiver(
        find if what == "webhook" else HOOK,
        query if what == "handler" else lambda *_: None,
        **options,
        background=background,
    )
    caller: Any = Loop() if framework.is_async else Threads()

    def send() -> None:
        body = record()
        caller.send(made.application, body, {} if what == "on_error" else None)
        if isinstance(caller, Loop):
            caller.wait_for(made.made.drain())
        else:
            made.made.drain()

    try:
        send()
        with postgres.connect() as connection:
            assert (True,) in connection.execute(TERMINATE).fetchall()
        send()
    finally:
        if isinstance(caller, Loop):
            caller.close()
        connections["crm"].close()
    expected = ["missing_header"] * 2 if what == "on_error" else []
    assert [entry.getMessage().split(":")[0] for entry in caplog.records if entry.name == "twenty_webhook"] == expected
