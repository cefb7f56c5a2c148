"""Receivers under a framework's routers: at their path, for every method."""

from __future__ import annotations

import asyncio
from typing import Any

import flask
import pytest
import twenty_webhook.asgi
import twenty_webhook.fastapi
import twenty_webhook.flask
from deliveries import record, signed
from drivers import HOOK, environ, scope, word
from fastapi import APIRouter, FastAPI
from starlette.applications import Starlette
from starlette.routing import Route


def handle(*_: object) -> None: ...


def by_fastapi() -> FastAPI:
    app, router = FastAPI(), APIRouter()
    router.add_route("/hook", twenty_webhook.fastapi.receive(HOOK, handle))
    app.include_router(router, prefix="/v1")
    return app


def by_starlette() -> Starlette:
    return Starlette(routes=[Route("/v1/hook", twenty_webhook.asgi.receive(HOOK, handle))])


@pytest.mark.parametrize("make", [by_fastapi, by_starlette])
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/v1/hook", 200), ("GET", "/v1/hook", 405), ("PURGE", "/v1/hook", 405), ("POST", "/other", 404)],
)
def test_asgi(make: Any, method: str, path: str, status: int) -> None:
    body = record()
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body}

    async def send(message: Any) -> None:
        sent.append(message)

    asked = {**scope(body), "method": method, "path": path, "root_path": "", "scheme": "http", "server": ("h", 80)}
    asyncio.run(make()(asked, receive, send))
    assert sent[0]["status"] == status
    if status == 405:
        assert (b"allow", b"POST") in sent[0]["headers"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/v1/hook/7", 200), ("GET", "/v1/hook/7", 405), ("TRACE", "/v1/hook/7", 405), ("POST", "/other", 404)],
)
def test_flask(method: str, path: str, status: int) -> None:
    app, blueprint = flask.Flask(__name__), flask.Blueprint("hooks", __name__)
    blueprint.add_url_rule("/hook/<int:tenant>", view_func=twenty_webhook.flask.receive(HOOK, handle))
    app.register_blueprint(blueprint, url_prefix="/v1")
    body = record()
    answers: list[Any] = []
    asked = {
        **environ(body, signed(body) | {"Content-Length": str(len(body))}),
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
    }
    pieces = b"".join(app(asked, lambda *given: answers.append(given)))  # type: ignore[arg-type, return-value]
    assert answers[0][0].startswith(str(status))
    if status == 405:
        assert ("allow", "POST") in answers[0][1]
        assert word(pieces) == "method_not_allowed"
