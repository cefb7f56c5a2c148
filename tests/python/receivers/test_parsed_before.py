"""Frameworks whose requests another's module takes: something that parses the body before the receiver."""

from __future__ import annotations

import asyncio
from typing import Any

import frameworks  # noqa: F401  (It gives Django settings.)
import pytest
import twenty_webhook.asgi
import twenty_webhook.django
from aiohttp import test_utils, web
from aiohttp_asgi import ASGIResource
from deliveries import record, signed
from django.core.handlers.wsgi import WSGIRequest
from django.test import override_settings
from drivers import ERROR, HOOK, Told, environ, lines, word
from rest_framework.request import Request
from rest_framework.views import APIView

BODY = record()


def handle(*_: object) -> None: ...


def through_rest_framework() -> Told:
    receiver = twenty_webhook.django.receive(HOOK, handle)

    class View(APIView):
        authentication_classes = ()
        permission_classes = ()

        def post(self, request: Request) -> Any:
            assert request.data
            return receiver(request)

    with override_settings(REST_FRAMEWORK={"UNAUTHENTICATED_USER": None}):
        response = View.as_view()(WSGIRequest(environ(BODY)))
    return response.status_code, word(response.content)


def through_aiohttp() -> Told:
    @web.middleware
    async def parse(request: web.Request, handler: Any) -> web.StreamResponse:
        await request.json()
        return await handler(request)

    async def ask() -> Told:
        app = web.Application(middlewares=[parse])
        app.router.register_resource(ASGIResource(twenty_webhook.asgi.receive(HOOK, handle)))
        async with test_utils.TestClient(test_utils.TestServer(app)) as client:
            response = await client.post("/", data=BODY, headers=signed(BODY))
            return response.status, word(await response.read())

    return asyncio.run(ask())


def test_aiohttp_names_the_line_to_change(caplog: pytest.LogCaptureFixture) -> None:
    assert through_aiohttp() == (500, "body_already_read")
    ((level, line),) = [told for told in lines(caplog) if "body_already_read" in told[1]]
    assert level == ERROR
    assert "remove the middleware that calls receive()" in line


def test_the_data_of_rest_framework_leaves_the_body_whole() -> None:
    assert through_rest_framework() == (200, "handled")
