"""Every framework with the receiver and without it. Without, it does what the framework's guide says for JSON; both answer
the same. At `/stats` each says how much it has handled and how much processor time that took."""

import json
import os
import time
from collections.abc import Iterable
from threading import Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from twenty_webhook import Webhook
from twenty_webhook.replay import MemoryReplayStore

OUTCOME = {"outcome": "handled"}

handled = 0
lock = Lock()


def handle(*_: Any) -> None:
    global handled
    with lock:
        handled += 1


async def handle_async(*_: Any) -> None:
    handle()


def stats() -> dict[str, int]:
    return {"handled": handled, "cpu": time.process_time_ns() // 1_000}


def webhook() -> Webhook:
    return Webhook(os.environ["SECRET"])


def store() -> MemoryReplayStore:
    return MemoryReplayStore(max_entries=int(os.environ["CLAIMS"]))


def fastapi(way: str) -> Any:
    from fastapi import FastAPI, Request
    from twenty_webhook.fastapi import receive

    app = FastAPI()
    app.add_api_route("/stats", stats)

    async def without(request: Request) -> dict[str, str]:
        handle(await request.json())
        return OUTCOME

    if way == "with":
        app.add_route("/", receive(webhook(), {"person.*": handle_async}, replay_store=store()))
    else:
        app.add_api_route("/", without, methods=["POST"])
    return app


def flask(way: str) -> WSGIApplication:
    import flask
    from twenty_webhook.flask import receive

    app = flask.Flask(__name__)
    app.add_url_rule("/stats", view_func=stats)

    def without() -> dict[str, str]:
        handle(flask.request.get_json())
        return OUTCOME

    if way == "with":
        app.add_url_rule("/", view_func=receive(webhook(), {"person.*": handle}, replay_store=store()))
    else:
        app.add_url_rule("/", view_func=without, methods=["POST"])
    return app


def django(way: str) -> WSGIApplication:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, JsonResponse
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt
    from twenty_webhook.django import receive

    @csrf_exempt
    def without(request: HttpRequest) -> JsonResponse:
        handle(json.loads(request.body))
        return JsonResponse(OUTCOME)

    view = receive(webhook(), {"person.*": handle}, replay_store=store()) if way == "with" else without
    settings.configure(
        SECRET_KEY="a-secret-of-benches",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=(path("", view), path("stats", lambda _: JsonResponse(stats()))),
        MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
    )
    return get_wsgi_application()


def wsgi(way: str) -> WSGIApplication:
    from twenty_webhook.wsgi import receive

    def answer(start_response: StartResponse, content: dict[str, Any]) -> Iterable[bytes]:
        body = json.dumps(content).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def without(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        handle(json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))
        return answer(start_response, OUTCOME)

    receiver = receive(webhook(), {"person.*": handle}, replay_store=store()) if way == "with" else without

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/stats":
            return answer(start_response, stats())
        return receiver(environ, start_response)

    return app


APPLICATIONS = {
    "fastapi": ("uvicorn", fastapi),
    "flask": ("gunicorn", flask),
    "django": ("gunicorn", django),
    "wsgi": ("gunicorn", wsgi),
}
