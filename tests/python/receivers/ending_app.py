"""What servers serve that are told to end while a handler runs in the background."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import django.conf
import twenty_webhook.asgi
import twenty_webhook.django
import twenty_webhook.fastapi
import twenty_webhook.wsgi
from deliveries import SECRET
from django.core.asgi import get_asgi_application
from django.urls import path
from fastapi import FastAPI, Request
from starlette.middleware.base import BaseHTTPMiddleware
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.outcomes import Outcome

HOOK = Webhook(SECRET)


async def handle_async(event: Event, _: Delivery) -> None:
    print("begun", event.record_id, flush=True)
    await asyncio.sleep(1)
    print("done", event.record_id, flush=True)


def handle(event: Event, _: Delivery) -> None:
    print("begun", event.record_id, flush=True)
    time.sleep(1)
    print("done", event.record_id, flush=True)


async def handle_at_length(event: Event, _: Delivery) -> None:
    print("begun", event.record_id, flush=True)
    await asyncio.sleep(60)


def on_outcome(outcome: Outcome) -> None:
    time.sleep(0.2)
    print("told", outcome.outcome, outcome.event and outcome.event.record_id, flush=True)


handlers = {"person.*": handle_async, "company.*": handle}
app = FastAPI()
app.add_route("/", twenty_webhook.fastapi.receive(HOOK, handlers, background=True, on_outcome=on_outcome))

with_middleware = FastAPI()
with_middleware.add_route("/", twenty_webhook.fastapi.receive(HOOK, handlers, background=True, on_outcome=on_outcome))


async def dispatch(request: Request, call_next: Any) -> Any:
    return await call_next(request)


with_middleware.add_middleware(BaseHTTPMiddleware, dispatch=dispatch)

bare = twenty_webhook.asgi.receive(HOOK, handlers, background=True, on_outcome=on_outcome)

at_length = FastAPI()
at_length.add_route("/background", twenty_webhook.fastapi.receive(HOOK, handle_at_length, background=True))
at_length.add_route("/", twenty_webhook.fastapi.receive(HOOK, handle_at_length))

urlpatterns = [
    path("", twenty_webhook.django.receive_async(HOOK, handlers, background=True, on_outcome=on_outcome)),
]
django.conf.settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="of no use here")
under_django = get_asgi_application()

in_threads = twenty_webhook.wsgi.receive(
    HOOK, {"person.*": handle, "company.*": handle}, background=True, on_outcome=on_outcome
)
