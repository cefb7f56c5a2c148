"""Something that reads the body before the receiver, per framework: what the log says, and what leaves the body whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import django.conf
import flask
import pytest
import twenty_webhook.django
import twenty_webhook.fastapi
import twenty_webhook.flask
import twenty_webhook.wsgi
from deliveries import record, signed
from django.core.handlers.wsgi import WSGIRequest
from drivers import ERROR, HOOK, WARNING, asgi, environ, lines, word, wsgi
from fastapi import FastAPI, Request
from starlette.middleware.base import BaseHTTPMiddleware

BODY = record()


def handle(*_: object) -> None: ...


def through_starlette(read: Callable[[Request], Any]) -> tuple[int, str]:
    async def dispatch(request: Request, call_next: Any) -> Any:
        await read(request)
        return await call_next(request)

    app = FastAPI()
    app.add_route("/", twenty_webhook.fastapi.receive(HOOK, handle))
    app.add_middleware(BaseHTTPMiddleware, dispatch=dispatch)
    return asyncio.run(asgi(app, [{"type": "http.request", "body": BODY}], BODY))


async def streamed(request: Request) -> None:
    async for _ in request.stream():
        pass


def through_flask(read: Callable[[], Any]) -> tuple[int, str]:
    app = flask.Flask(__name__)
    app.add_url_rule("/", view_func=twenty_webhook.flask.receive(HOOK, handle))
    app.before_request(lambda: (read(), None)[1])
    return wsgi(app, BODY)


def through_django(read: Callable[[Any], Any]) -> tuple[int, str]:
    if not django.conf.settings.configured:
        django.conf.settings.configure()
    request = WSGIRequest(environ(BODY))
    read(request)
    response = twenty_webhook.django.receive(HOOK, handle)(request)
    return response.status_code, word(response.content)


def through_wsgi(read: Callable[[Any], Any]) -> tuple[int, str]:
    receiver = twenty_webhook.wsgi.receive(HOOK, handle)

    def application(environ: Any, start_response: Any) -> Any:
        read(environ["wsgi.input"])
        return receiver(environ, start_response)

    return wsgi(application, BODY)


@pytest.mark.parametrize(
    ("through", "read", "remedy"),
    [
        (through_starlette, streamed, "await request.body()"),
        (through_flask, lambda: flask.request.stream.read(), "request.get_data()"),
        (through_flask, lambda: flask.request.get_data(cache=False), "request.get_data()"),
        (through_django, lambda request: request.read(), "request.body"),
        (through_wsgi, lambda stream: stream.read(), "io.BytesIO"),
    ],
)
def test_read(through: Any, read: Any, remedy: str, caplog: pytest.LogCaptureFixture) -> None:
    assert through(read) == (500, "body_already_read")
    ((level, line),) = [told for told in lines(caplog) if "body_already_read" in told[1]]
    assert level == ERROR
    assert remedy in line


@pytest.mark.parametrize(
    ("through", "read"),
    [
        (through_starlette, lambda request: asyncio.sleep(0)),
        (through_starlette, Request.body),
        (through_starlette, Request.json),
        (through_flask, lambda: True),
        (through_flask, lambda: flask.request.get_data()),
        (through_flask, lambda: flask.request.get_json()),
        (through_flask, lambda: flask.request.form),
        (through_django, lambda request: request.body),
        (through_django, lambda request: request.POST),
        (through_django, lambda request: None),
        (through_wsgi, lambda stream: None),
    ],
)
def test_left_whole(through: Any, read: Any) -> None:
    assert through(read) == (200, "handled")


def test_a_smaller_limit_of_the_framework_is_no_fault_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    app = FastAPI(max_body_size=len(BODY) - 1)
    app.add_route("/", twenty_webhook.fastapi.receive(HOOK, handle))
    pieces = [{"type": "http.request", "body": BODY[at : at + 10], "more_body": True} for at in range(0, len(BODY), 10)]
    headers = {"Content-Length": "1", **signed(BODY)}
    assert asyncio.run(asgi(app, pieces, BODY, headers)) == (413, "payload_too_large")
    assert [level for level, _ in lines(caplog)] == [WARNING]


@pytest.mark.parametrize(
    ("after", "until"), [([], "in time"), ([{"type": "http.disconnect"}], "before the client went away")]
)
def test_one_that_was_drained_names_the_middleware(
    after: list[Any], until: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is silent after the end of a body until the client leaves, as Twenty does before the receiver gives up."""

    async def drained(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await twenty_webhook.asgi.receive(HOOK, handle)(scope, receive, send)

    timeout = asyncio.timeout
    monkeypatch.setattr(asyncio, "timeout", lambda within: timeout(within / 1_000))
    assert asyncio.run(asgi(drained, [{"type": "http.request", "body": BODY}, *after], BODY)) == (408, "body_timeout")
    ((_, line),) = lines(caplog)
    assert f"No byte of the body arrived {until}. If the client sent it, something holds it back" in line
    assert "remove the middleware that calls receive()" in line


def test_the_views_are_exempt() -> None:
    for view in [twenty_webhook.django.receive(HOOK, handle), twenty_webhook.django.receive_async(HOOK, handle)]:
        assert (view.csrf_exempt, view.login_required) == (True, False)  # type: ignore[attr-defined]


CHUNKED = {"Content-Length": "", "Transfer-Encoding": "chunked"}


@pytest.mark.parametrize(
    ("headers", "version"), [(CHUNKED, "1.1"), ({"Content-Length": ""}, "2")], ids=["chunked", "HTTP/2"]
)
def test_one_without_a_length_that_was_read_is_told_as_one_that_is_likely_read(
    headers: dict[str, str], version: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing tells it from an empty one that nobody signed, which must not look like a fault of the program."""

    async def dispatch(request: Request, call_next: Any) -> Any:
        await streamed(request)
        return await call_next(request)

    async def asked(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "http_version": version}, receive, send)

    app = FastAPI()
    app.add_route("/", twenty_webhook.fastapi.receive(HOOK, handle))
    app.add_middleware(BaseHTTPMiddleware, dispatch=dispatch)
    sent = {**signed(BODY), **headers}
    assert asyncio.run(asgi(asked, [{"type": "http.request", "body": BODY}], BODY, sent)) == (401, "signature_mismatch")
    ((level, line),) = lines(caplog)
    assert level == WARNING
    assert "something read it before the receiver could" in line


@pytest.mark.parametrize("is_read", [False, True])
def test_chunks_through_wsgi(is_read: bool, caplog: pytest.LogCaptureFixture) -> None:
    """A server that ends its input says so; with another nobody knows where a body without a length ends."""
    receiver = twenty_webhook.wsgi.receive(HOOK, handle)

    def application(environ: Any, start_response: Any) -> Any:
        if is_read:
            environ["wsgi.input_terminated"] = True
            environ["wsgi.input"].read()
        return receiver(environ, start_response)

    expected = (401, "signature_mismatch") if is_read else (500, "body_already_read")
    assert wsgi(application, BODY, {**signed(BODY), **CHUNKED}) == expected
    ((_, line),) = lines(caplog)
    reason = "something read it before the receiver could" if is_read else 'environ["wsgi.input_terminated"]'
    assert reason in line


def test_an_empty_body_is_not_one_that_was_read() -> None:
    assert wsgi(twenty_webhook.wsgi.receive(HOOK, handle), b"", signed(b"")) == (200, "handled")
