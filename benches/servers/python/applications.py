"""Every framework with our receiver and with one that is written by hand; both answer the same. At `/stats` each says how much
it has handled and how much processor time that took."""

import json
import os
import time
from collections.abc import Iterable
from http import HTTPStatus
from threading import Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from by_hand import MAX_BODY_BYTES, received, refused
from twenty_webhook import Webhook
from twenty_webhook.replay import MemoryReplayStore

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


def fastapi(side: str) -> Any:
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse
    from twenty_webhook.fastapi import receive

    app = FastAPI()
    app.add_api_route("/stats", stats)

    async def by_hand(request: Request) -> JSONResponse:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_BODY_BYTES:
                status, content = refused(413, "too_large")
                return JSONResponse(content, status)
        status, content = received(bytes(body), request.headers.get, handle)
        return JSONResponse(content, status)

    if side == "ours":
        app.add_route("/", receive(webhook(), {"person.*": handle_async}, replay_store=store()))
    else:
        app.add_api_route("/", by_hand, methods=["POST"])
    return app


def flask(side: str) -> WSGIApplication:
    import flask
    from twenty_webhook.flask import receive

    app = flask.Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.add_url_rule("/stats", view_func=stats)

    def by_hand() -> tuple[dict[str, str], int]:
        status, content = received(flask.request.get_data(), flask.request.headers.get, handle)
        return content, status

    if side == "ours":
        app.add_url_rule("/", view_func=receive(webhook(), {"person.*": handle}, replay_store=store()))
    else:
        app.add_url_rule("/", view_func=by_hand, methods=["POST"])
    return app


def django(side: str) -> WSGIApplication:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, JsonResponse
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt
    from django.views.decorators.http import require_POST
    from twenty_webhook.django import receive

    @csrf_exempt
    @require_POST
    def by_hand(request: HttpRequest) -> JsonResponse:
        status, content = received(request.body, request.headers.get, handle)
        return JsonResponse(content, status=status)

    view = receive(webhook(), {"person.*": handle}, replay_store=store()) if side == "ours" else by_hand
    settings.configure(
        SECRET_KEY="a-secret-of-benches",
        ALLOWED_HOSTS=["127.0.0.1"],
        DATA_UPLOAD_MAX_MEMORY_SIZE=MAX_BODY_BYTES,
        ROOT_URLCONF=(path("", view), path("stats", lambda _: JsonResponse(stats()))),
        MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
    )
    return get_wsgi_application()


def wsgi(side: str) -> WSGIApplication:
    from twenty_webhook.wsgi import receive

    def answer(start_response: StartResponse, status: int, content: dict[str, Any]) -> Iterable[bytes]:
        body = json.dumps(content).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    def by_hand(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return answer(start_response, *refused(405, "method_not_allowed"))
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > MAX_BODY_BYTES:
            return answer(start_response, *refused(413, "too_large"))

        def header(name: str) -> str | None:
            return environ.get(f"HTTP_{name.upper().replace('-', '_')}")

        return answer(start_response, *received(environ["wsgi.input"].read(length), header, handle))

    receiver = receive(webhook(), {"person.*": handle}, replay_store=store()) if side == "ours" else by_hand

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/stats":
            return answer(start_response, 200, stats())
        return receiver(environ, start_response)

    return app


APPLICATIONS = {
    "fastapi": ("uvicorn", fastapi),
    "flask": ("gunicorn", flask),
    "django": ("gunicorn", django),
    "wsgi": ("gunicorn", wsgi),
}
