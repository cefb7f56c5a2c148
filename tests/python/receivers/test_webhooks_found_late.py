"""Functions that find the webhook of a request, in each framework."""

from __future__ import annotations

import contextvars
import threading
from typing import Any

import flask
import pytest
from deliveries import record, signed
from drivers import ERROR, HOOK, WARNING, lines
from frameworks import EACH, FRAMEWORKS, Framework
from twenty_webhook import Webhook

UNAVAILABLE = "webhook_unavailable: The function that finds the webhook of a request failed or took too long."


@EACH
@pytest.mark.parametrize("is_async", [False, True])
def test_it_gets_the_frameworks_own_request(framework: Framework, is_async: bool) -> None:
    asked: list[Any] = []
    found: dict[str, Webhook | None] = {"a": Webhook("the secret of a"), "b": Webhook("the secret of b")}

    def find(request: Any) -> Webhook | None:
        asked.append(request)
        return found.get(header(request, "x-workspace"))

    receiver = framework.receiver(framework.async_if_it_may(find) if is_async else find)
    body = record()
    for name, says in [("a", (200, "handled")), ("b", (401, "signature_mismatch")), ("c", (404, "unknown_webhook"))]:
        headers = {**signed(body, secret="the secret of a"), "X-Workspace": name}
        assert receiver.send(body, headers) == says
    assert [framework.is_request(request) for request in asked] == [True] * 3


def header(request: Any, name: str) -> str:
    if isinstance(request, dict):
        if "headers" not in request:
            return str(request[f"HTTP_{name.upper().replace('-', '_')}"])
        return next(value for key, value in request["headers"] if key == name.encode()).decode()  # type: ignore[no-any-return]
    return str(request.headers[name])


@EACH
def test_what_it_gives_that_is_no_webhook(framework: Framework, caplog: pytest.LogCaptureFixture) -> None:
    def failing(_: Any) -> Any:
        raise LookupError("no route to host")

    told: list[Any] = []
    for find, level, cause in [
        (failing, ERROR, "LookupError: no route to host"),
        (lambda _: "the secret", ERROR, "it gave str: it must give a Webhook, or None if it knows none"),
        (lambda _: False, ERROR, "it gave False: it must give a Webhook, or None if it knows none"),
    ]:
        receiver = framework.receiver(framework.async_if_it_may(find), on_error=told.append)  # type: ignore[arg-type]
        assert receiver.send(record()) == (500, "webhook_unavailable")
        assert [line for line in lines(caplog) if line[1].startswith("webhook")] == [
            (level, f"{UNAVAILABLE} ({cause})")
        ]
        caplog.clear()
    assert [repr(error.__cause__) for error in told] == ["LookupError('no route to host')", "None", "None"]


@EACH
def test_it_is_not_asked_about_what_is_refused_without(framework: Framework) -> None:
    asked: list[Any] = []
    receiver = framework.receiver(lambda request: asked.append(request))
    assert receiver.send(b"", {}, "PUT") == (405, "method_not_allowed")
    assert receiver.send(b"", {"Content-Encoding": "gzip"}) == (415, "unsupported_content_encoding")
    assert asked == []
    assert receiver.send(b"", {}) == (404, "unknown_webhook")


@EACH
def test_it_runs_in_the_context_of_the_request(framework: Framework) -> None:
    workspace: contextvars.ContextVar[str] = contextvars.ContextVar("workspace", default="none")
    seen: list[str] = []

    def find(_: Any) -> Webhook:
        seen.append(workspace.get())
        return HOOK

    receiver = framework.receiver(find)
    workspace.set("ours")
    assert receiver.send(record()) == (200, "handled")
    assert seen == ["ours"]


def test_flasks_own_objects_work_in_it() -> None:
    (framework,) = [one for one in FRAMEWORKS if one.name == "flask"]
    seen: list[Any] = []

    def find(request: Any) -> Webhook:
        seen.append((flask.request.method, flask.current_app.name, request.method))
        return HOOK

    assert framework.receiver(find).send(record()) == (200, "handled")
    assert seen == [("POST", "frameworks", "POST")]


@EACH
def test_functions_that_hang_keep_no_other_from_being_asked(framework: Framework) -> None:
    """Nor stores from theirs: a request that nobody signed is enough for one to be asked."""
    go_on = threading.Event()
    receiver = framework.receiver(lambda _: go_on.wait(60) and None)
    threads = [threading.Thread(target=receiver.send, args=(b"{}", {})) for _ in range(20)]
    try:
        for thread in threads:
            thread.start()
        store = Slow()
        assert framework.receiver(replay_store=store).send(record()) == (200, "handled")
        for thread in threads:
            thread.join()
    finally:
        go_on.set()


class Slow:
    def claim(self, *_: Any) -> str:
        return "token"

    def release(self, *_: Any) -> None: ...


@EACH
def test_what_is_neither_a_webhook_nor_a_function_is_refused(framework: Framework) -> None:
    for odd in ["the secret", None, 5]:
        with pytest.raises(TypeError, match="a function that finds one"):
            framework.make(odd, print)
    for odd in [lambda: None, lambda a, b: None]:
        with pytest.raises(TypeError, match=r"must be a function of \(request\)"):
            framework.make(odd, print)


def test_threads_take_none_that_is_async() -> None:
    async def find(_: Any) -> Webhook:
        return HOOK

    for framework in FRAMEWORKS:
        if not framework.is_async:
            with pytest.raises(TypeError, match="not async"):
                framework.make(find, print)


def test_the_name_of_what_is_found_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    (framework,) = [one for one in FRAMEWORKS if one.name == "wsgi"]
    receiver = framework.receiver(lambda _: Webhook("another secret", name="acme"))
    assert receiver.send(record()) == (401, "signature_mismatch")
    ((level, line),) = lines(caplog)
    assert level == WARNING
    assert line.endswith("[webhook acme]")
