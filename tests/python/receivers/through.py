"""A transcript as a request to a WSGI or an ASGI application whose client, store and handler follow it."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import twenty_webhook.asgi
import twenty_webhook.wsgi
from drivers import Loop
from scripted_body import Piece
from scripts import HANGS, Script


def through_threads(script: Script) -> None:
    application: Any = twenty_webhook.wsgi.receive(script.source(False), script.handlers(), **script.options())
    script.logged.clear()  # The warning of a route that another hides.
    head = script.head
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in script.headers}
    environ: dict[str, Any] = {
        "REQUEST_METHOD": head["method"],
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": Piece(script) if script.unreadable else io.BytesIO(script.body),
        "wsgi.input_terminated": True,
        **named,
    }
    if "contentLength" in head:
        environ["CONTENT_LENGTH"] = head["contentLength"]
    if "contentEncoding" in head:
        environ["HTTP_CONTENT_ENCODING"] = head["contentEncoding"]
    begun: list[Any] = []
    pieces = application(environ, lambda status, headers: begun.extend([int(status.split()[0]), headers]))
    body = b"".join(pieces)
    pieces.close()
    script.check((begun[0], body, begun[1]), twenty_webhook.wsgi._REMEDY)


def through_a_loop(script: Script) -> None:
    runtime = Loop()
    try:
        application = twenty_webhook.asgi.receive(script.source(True), script.handlers(), **script.options())
        script.logged.clear()
        answer = asyncio.run_coroutine_threadsafe(called(application, script), runtime.loop).result(HANGS)
        script.check(answer, application._remedy)
    finally:
        runtime.close()


async def called(application: Any, script: Script) -> tuple[int, bytes, list[tuple[str, str]]]:
    head = script.head
    named = [(b"content-length", head.get("contentLength")), (b"content-encoding", head.get("contentEncoding"))]
    pairs = [(name.lower().encode(), value.encode()) for name, value in script.headers]
    pairs += [(name, value.encode()) for name, value in named if value is not None]
    sent: list[dict[str, Any]] = []

    pieces = iter([b"x"])

    async def receive() -> dict[str, Any]:
        if script.unreadable in ("late", "gone"):
            for piece in pieces:
                return {"type": "http.request", "body": piece, "more_body": True}
        if script.unreadable == "late":
            await asyncio.Event().wait()
        if script.unreadable == "gone":
            return {"type": "http.disconnect"}
        if script.unreadable == "tooLarge" and "cause" in script.of["unreadable"][0]:
            raise script.raised(script.of["unreadable"][0], status_code=413)
        return {
            "type": "http.request",
            "body": b"x" * ((1 << 20) + 1) if script.unreadable == "tooLarge" else script.body,
        }

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application({"type": "http", "method": head["method"], "headers": pairs}, receive, send)
    headers = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return sent[0]["status"], sent[1]["body"], headers
