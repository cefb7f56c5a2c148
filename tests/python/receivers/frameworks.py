"""One receiver in each framework, called as a server calls it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import django.conf
import flask
import pytest
import twenty_webhook.asgi
import twenty_webhook.django
import twenty_webhook.fastapi
import twenty_webhook.flask
import twenty_webhook.wsgi
from django.core.asgi import get_asgi_application
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.urls import path
from drivers import HOOK, Told, asgi, wsgi
from fastapi import FastAPI
from starlette.requests import Request

urlpatterns: list[Any] = []

if not django.conf.settings.configured:
    django.conf.settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="of no use here")


class Framework:
    """`is_request` knows what the framework calls a request."""

    def __init__(self, name: str, make: Callable[..., Any], is_request: Callable[[Any], bool], is_async: bool) -> None:
        self.name, self.make, self.is_request, self.is_async = name, make, is_request, is_async

    def receiver(self, webhook: Any = HOOK, handlers: Any = lambda *_: None, **options: Any) -> Receiver:
        return Receiver(self, self.make(webhook, handlers, **options))

    def async_if_it_may(self, function: Callable[..., Any]) -> Callable[..., Any]:
        if not self.is_async:
            return function

        async def made(given: Any) -> Any:
            await asyncio.sleep(0)
            return function(given)

        return made


class Receiver:
    def __init__(self, framework: Framework, made: Any) -> None:
        self.made = made
        self._is_async = framework.is_async
        self.application = APPLICATIONS[framework.name](made)

    def send(self, body: bytes, headers: dict[str, str] | None = None, method: str = "POST") -> Told:
        if not self._is_async:
            return wsgi(self.application, body, headers, method)

        async def sent() -> Told:
            answer = await asgi(self.application, [{"type": "http.request", "body": body}], body, headers, method)
            await self.made.drain()
            return answer

        return asyncio.run(sent())


def _flask(view: Any) -> Any:
    app = flask.Flask(__name__)
    app.add_url_rule("/", view_func=view)
    return app


def _fastapi(receiver: Any) -> Any:
    app = FastAPI()
    app.add_route("/", receiver)
    return app


def _django(view: Any) -> Any:
    urlpatterns[:] = [path("", view)]
    django.urls.clear_url_caches()
    return get_wsgi_application()


def _django_async(view: Any) -> Any:
    urlpatterns[:] = [path("", view)]
    django.urls.clear_url_caches()
    return get_asgi_application()


APPLICATIONS: dict[str, Callable[[Any], Any]] = {
    "wsgi": lambda application: application,
    "flask": _flask,
    "django": _django,
    "asgi": lambda application: application,
    "fastapi": _fastapi,
    "django-async": _django_async,
}

FRAMEWORKS = [
    Framework("wsgi", twenty_webhook.wsgi.receive, lambda request: "wsgi.input" in request, False),
    Framework("flask", twenty_webhook.flask.receive, lambda request: type(request) is flask.Request, False),
    Framework("django", twenty_webhook.django.receive, lambda request: type(request) is WSGIRequest, False),
    Framework("asgi", twenty_webhook.asgi.receive, lambda request: request["type"] == "http", True),
    Framework("fastapi", twenty_webhook.fastapi.receive, lambda request: type(request) is Request, True),
    Framework("django-async", twenty_webhook.django.receive_async, lambda request: type(request) is ASGIRequest, True),
]

EACH = pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda framework: framework.name)
