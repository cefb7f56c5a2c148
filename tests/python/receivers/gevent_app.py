"""What gunicorn's gevent workers serve in test_gevent.py: loaded before anything is patched, if it is preloaded."""

from __future__ import annotations

import concurrent.futures.thread  # noqa: F401  As libraries do.
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import gevent
from deliveries import SECRET
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.replay import MemoryReplayStore
from twenty_webhook.wsgi import receive


class Slow:
    """Stands for Redis: it waits as a socket does, and another greenlet runs meanwhile."""

    def __init__(self) -> None:
        self.claimed: dict[str, str] = {}

    def claim(self, key: str, ttl: float, window: float, /) -> str | None:
        time.sleep(0.05)
        return None if key in self.claimed else self.claimed.setdefault(key, "token")

    def release(self, key: str, token: str, /) -> None:
        time.sleep(0.05)
        self.claimed.pop(key, None)


def handle(event: Event, _: Delivery) -> None:
    time.sleep(0.05)
    print("done", event.record_id, flush=True)


def find(_: Any) -> Webhook:
    time.sleep(0.05)
    return webhook


def time_out(*_: object) -> None:
    with gevent.Timeout(0.05):
        gevent.sleep(60)


def be_killed(*_: object) -> None:
    gevent.spawn(gevent.getcurrent().kill)
    gevent.sleep(60)


class Impatient(Slow):
    claim = staticmethod(time_out)  # type: ignore[assignment]


class Endless(Slow):
    def claim(self, key: str, ttl: float, window: float, /) -> str | None:
        time.sleep(60)
        return None


webhook = Webhook(SECRET)
mortal = MemoryReplayStore()
receivers: dict[str, Any] = {
    "/timeout": receive(webhook, time_out),
    "/store-timeout": receive(webhook, handle, replay_store=Impatient()),
    "/finder-timeout": receive(time_out, handle),
    "/observer-timeout": receive(webhook, handle, on_outcome=time_out),
    "/killed-while-claiming": receive(webhook, handle, replay_store=Endless()),
    "/killed": receive(webhook, be_killed, replay_store=mortal),
    "/memory": receive(webhook, handle),
    "/slow": receive(webhook, handle, replay_store=Slow()),
    "/background": receive(webhook, handle, replay_store=Slow(), background=True),
    "/found": receive(find, handle, on_outcome=lambda outcome: print("told", outcome.event.record_id, flush=True)),
}


def application(environ: Any, start_response: Any) -> Any:
    if environ["PATH_INFO"] == "/drain":
        receivers["/background"].drain()
        print("drained", flush=True)
        start_response("200 OK", [("Content-Length", "0")])
        return []
    if environ["PATH_INFO"] == "/killed-while-claiming":
        gevent.spawn_later(0.1, gevent.getcurrent().kill)
    if environ["PATH_INFO"] == "/held":
        start_response("200 OK", [("Content-Length", "1")])
        return [str(len(mortal)).encode()]
    if environ["PATH_INFO"] == "/read":
        environ["wsgi.input"].read()
    return receivers.get(environ["PATH_INFO"], receivers["/memory"])(environ, start_response)
