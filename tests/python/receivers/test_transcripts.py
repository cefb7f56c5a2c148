"""The transcripts of receivers: what is told, and what must be answered. Against the native exchange, step by step; and as requests
to a WSGI and an ASGI application whose client, store and handler follow the script."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import twenty_webhook._course
import twenty_webhook.asgi
import twenty_webhook.wsgi
from drivers import Loop
from processes import eventually
from twenty_webhook import Webhook, WebhookVerificationError, _core

VECTORS = Path(__file__).parents[2] / "vectors" / "receiver.json"
Case = tuple[dict[str, Any], dict[str, Any]]


def load() -> list[Case]:
    vectors = json.loads(VECTORS.read_text("utf-8"))
    cases = [(group, test) for group in vectors["testGroups"] for test in group["tests"]]
    assert len(cases) == vectors["numberOfTests"] > 0
    return cases


CASES = load()


def named(case: Case) -> str:
    return f"{case[1]['tcId']} {case[1]['comment']}"


def webhook(group: dict[str, Any]) -> Webhook:
    secret = bytes.fromhex(group["secretHex"]).decode()
    if group["toleranceMillis"] is None:
        return Webhook(secret)
    return Webhook(secret, tolerance=timedelta(milliseconds=group["toleranceMillis"]))


def told(step: dict[str, Any]) -> tuple[str, Any]:
    kinds = ["head", "webhook", "bodyHex", "unreadable", "claim", "handler", "release", "fault"]
    return next((kind, step["tell"][kind]) for kind in kinds if kind in step["tell"])


LEVELS = {"debug": logging.DEBUG, "warn": logging.WARNING, "error": logging.ERROR}

# The exchange itself.

WORDS: dict[tuple[str, str], Any] = {
    ("webhook", "unknown"): "unknown webhook",
    ("webhook", "failed"): "failed webhook",
    ("webhook", "late"): "late webhook",
    ("unreadable", "tooLarge"): "too large",
    ("unreadable", "late"): "late body",
    ("unreadable", "gone"): "gone",
    ("unreadable", "alreadyRead"): "already read",
    ("unreadable", "notARequest"): "not a request",
    ("claim", "granted"): "granted",
    ("claim", "held"): "held",
    ("claim", "failed"): "failed claim",
    ("claim", "odd"): "odd claim",
    ("claim", "late"): "late claim",
    ("handler", "done"): "handled",
    ("handler", "failed"): "failed",
    ("handler", "slow"): "slow",
    ("release", "done"): "released",
    ("release", "failed"): "not released",
}


class Host:
    def __init__(self, group: dict[str, Any]) -> None:
        rules, ttl = group["receiver"], group["receiver"]["ttlMillis"]
        self.judge, self.now = webhook(group), int(group["now"])
        # What is too short for its webhook is refused when a receiver is made; the exchange refuses it for one found late.
        self.receiver = _core.Receiver(
            self.judge if group["toleranceMillis"] is None else Webhook("another"),
            rules["routes"],
            rules["namespace"],
            None if ttl is None else ttl / 1_000,
            rules["onStoreFailure"],
            rules["hasStore"],
            rules["background"],
            None,
        )

    def tell(self, step: dict[str, Any]) -> Any:
        kind, what = told(step)
        tell = step["tell"]
        if kind == "head":
            self.length = what.get("contentLength")
            self.exchange, turn = self.receiver.begin(what["method"], what.get("contentEncoding"), self.length, True)
            return turn
        if (kind, what) == ("webhook", "found"):
            return self.exchange.found(self.judge, self.length, tell["headers"], self.now)
        if kind == "bodyHex":
            body = bytes.fromhex(what)
            turn, delivery = self.exchange.body(body, self.now)
            assert (delivery is not None) == (not turn[1] or b"outcome" in turn[1][1])
            assert delivery is None or delivery.payload is body
            return turn
        if kind == "fault":
            return self.exchange.tell("fault", cause=what)
        text = tell.get("token") or tell.get("answer") or tell.get("reason")
        return self.exchange.tell(WORDS[kind, what], text, tell.get("cause"))


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_exchange(case: Case) -> None:
    group, test = case
    host = Host(group)
    for step in test["steps"]:
        notices, answer, action = host.tell(step)
        expected = step["turn"]
        assert len(notices or []) == len(expected["notices"])
        for (level, outcome, code, status, reason, line, _), notice in zip(
            notices or [], expected["notices"], strict=True
        ):
            assert (level, outcome, code) == (LEVELS[notice["level"]], notice["outcome"], notice["code"])
            assert line == notice["line"] if "line" in notice else line.startswith(notice["lineStart"])
            assert reason in line
            assert status == (twenty_webhook.CODES[code] if code else None)
        check_answer(answer, expected["answer"])
        assert action == asked(expected["next"])


def check_answer(answer: Any, expected: Any) -> None:
    if expected is None:
        assert answer is None
        return
    status, body, headers = answer
    assert (status, body.decode()) == (expected["status"], expected["body"])
    assert list(map(list, headers)) == [*expected["headers"], ["content-length", str(len(body))]]


def asked(expected: dict[str, Any] | None) -> Any:
    if expected is None:
        return None
    ((kind, what),) = expected.items()
    seconds = {name: None if value is None else value / 1_000 for name, value in what.items() if "Millis" in name}
    return {
        "findWebhook": lambda: ("find", seconds["withinMillis"]),
        "readBody": lambda: ("read", what["atMost"], seconds["withinMillis"]),
        "claim": lambda: ("claim", what["key"], *(seconds[f"{name}Millis"] for name in ["ttl", "window", "within"])),
        "handle": lambda: ("handle", what["route"], seconds["warnAfterMillis"]),
        "release": lambda: ("release", what["key"], what["token"], seconds["withinMillis"]),
    }[kind]()


# Requests from end to end.


class ScriptedError(Exception):
    pass


class Script:
    """The client, the store, the handler, the logger and `on_error` of one transcript."""

    def __init__(self, case: Case) -> None:
        self.group, self.test = case
        self.steps: list[dict[str, Any]] = self.test["steps"]
        self.of: dict[str, list[dict[str, Any]]] = {}
        for step in self.steps:
            self.of.setdefault(told(step)[0], []).append(step["tell"])
        self.asked: list[tuple[Any, ...]] = []
        self.logged: list[tuple[int, str]] = []
        self.told: list[WebhookVerificationError] = []
        self.called: list[int] = []
        self.late = threading.Event()

    def handlers(self) -> Any:
        routes = self.group["receiver"]["routes"]
        handle: Callable[[int], Any] = lambda route: lambda *_: self.handle(route)  # noqa: E731
        return handle(0) if routes is None else {pattern: handle(route) for route, pattern in enumerate(routes)}

    def options(self) -> dict[str, Any]:
        rules = self.group["receiver"]
        options = {
            "namespace": rules["namespace"],
            "on_store_failure": rules["onStoreFailure"],
            "background": rules["background"],
            "on_error": self.told.append,
            "logger": self,
            "replay_store": SimpleNamespace(claim=self.claim, release=self.release) if rules["hasStore"] else None,
        }
        if rules["ttlMillis"] is not None:
            options["replay_ttl"] = timedelta(milliseconds=rules["ttlMillis"])
        if self.unreadable == "late":
            options["body_timeout"] = timedelta(milliseconds=50)
        return options

    @property
    def unreadable(self) -> str | None:
        return next((tell["unreadable"] for tell in self.of.get("unreadable", [])), None)

    @property
    def head(self) -> dict[str, Any]:
        head = dict(self.of["head"][0]["head"])
        if self.unreadable == "tooLarge":
            del head["contentLength"]
        return head

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [tuple(pair) for tell in self.of.get("webhook", []) for pair in tell.get("headers", [])]

    @property
    def body(self) -> bytes:
        return bytes.fromhex(self.of["bodyHex"][0]["bodyHex"]) if "bodyHex" in self.of else b""

    def raised(self, tell: dict[str, Any]) -> Exception:
        return ScriptedError(*([tell["cause"]] if "cause" in tell else []))

    def log(self, level: int, line: str, *, extra: Any = None, exc_info: Any = None) -> None:
        assert (extra is not None) == ("[delivery " in line)
        self.logged.append((level, line))

    def claim(self, key: str, ttl: float, window: float) -> Any:
        self.asked.append(("claim", key, ttl, window))
        answer = self.of["claim"][0]
        if answer["claim"] == "late":
            answer = self.of["claim"][1]
            assert self.late.wait(_HANGS)
        if answer["claim"] == "failed":
            raise self.raised(answer)
        return {"granted": answer.get("token"), "held": None, "odd": True}[answer["claim"]]

    def release(self, key: str, token: str) -> None:
        self.asked.append(("release", key, token))
        tell = self.of["release"][0]
        if tell.get("cause", "").startswith("no answer"):
            time.sleep(1.5)
        elif tell["release"] == "failed":
            raise self.raised(tell)

    def handle(self, route: int) -> None:
        self.called.append(route)
        kinds = [told(step)[0] for step in self.steps]
        if kinds.count("claim") == 2 and kinds[-1] != "claim" and kinds.index("handler") > _last(kinds, "claim"):
            self.late.set()
            time.sleep(0.1)
        *before, end = self.of["handler"]
        if before:
            eventually(lambda: any("still running" in line for _, line in self.logged), _HANGS)
        if end["handler"] == "failed":
            raise self.raised(end)

    def check(self, answer: tuple[int, bytes, list[tuple[str, str]]], remedy: str) -> None:
        turns = [step["turn"] for step in self.steps]
        notices = [(step, notice) for step in self.steps for notice in step["turn"]["notices"]]
        if len(self.of.get("claim", [])) == 2:
            kinds = [told(step)[0] for step in self.steps]
            so_far = sum(len(turn["notices"]) for turn in turns[: _last(kinds, "claim")])
            eventually(lambda: len(self.logged) >= so_far, _HANGS)
            self.late.set()
        releases = [turn["next"]["release"] for turn in turns if turn["next"] and "release" in turn["next"]]
        claims = [turn["next"]["claim"] for turn in turns if turn["next"] and "claim" in turn["next"]]
        expected = [("claim", one["key"], one["ttlMillis"] / 1_000, one["windowMillis"] / 1_000) for one in claims]
        expected += [("release", one["key"], one["token"]) for one in releases]
        eventually(lambda: (len(self.logged), len(self.asked)) == (len(notices), len(expected)), _HANGS)
        time.sleep(0.05)  # Nothing more comes.
        assert self.asked == expected
        status, body, headers = answer
        (answered,) = (turn["answer"] for turn in turns if turn["answer"])
        assert (status, body.decode()) == (answered["status"], answered["body"])
        assert {tuple(header) for header in answered["headers"]} <= set(headers)
        for (level, line), (_, notice) in zip(self.logged, notices, strict=True):
            assert level == LEVELS[notice["level"]]
            if "line" in notice:
                assert line == self.worded(notice["line"], remedy)
            else:
                assert line.startswith(notice["lineStart"])
        codes = [notice["code"] for _, notice in notices if notice["code"]]
        assert [(error.code, error.status) for error in self.told] == [
            (code, twenty_webhook.CODES[code]) for code in codes
        ]
        causes = [str(error.__cause__ and error.__cause__) for error in self.told if error.code == "handler_failed"]
        assert causes == [tell.get("cause", "") for tell in self.of.get("handler", []) if tell["handler"] == "failed"]
        routes = [turn["next"]["handle"]["route"] for turn in turns if turn["next"] and "handle" in turn["next"]]
        assert self.called == routes

    def worded(self, line: str, remedy: str) -> str:
        """As Python shows exceptions and values, and with the application's own remedy."""
        for step in self.steps:
            tell = step["tell"]
            if "cause" in tell and not tell["cause"].startswith("no answer"):
                line = line.replace(f"({tell['cause']})", f"(ScriptedError: {tell['cause']})")
            elif tell.get("handler") == "failed" and "cause" not in tell:
                line = line.replace("The handler failed.", "The handler failed. (ScriptedError)")
        if self.unreadable == "alreadyRead":
            line = f"body_already_read: {remedy}"
        return line.replace("answered true:", "answered True:")


def _last(kinds: list[str], kind: str) -> int:
    return len(kinds) - 1 - kinds[::-1].index(kind)


class Piece:
    """A stream that gives what the script says."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.pieces = [b"x"] if script.unreadable in ("late", "gone") else []

    def read(self, size: int) -> bytes:
        if self.script.unreadable == "tooLarge":
            return b"x" * size
        if self.pieces:
            return self.pieces.pop()
        if self.script.unreadable == "late":
            time.sleep(0.1)
            return b"x"
        if self.script.unreadable == "gone" and "cause" in self.script.of["unreadable"][0]:
            raise self.script.raised(self.script.of["unreadable"][0])
        return b""


def through_threads(script: Script) -> None:
    application: Any = twenty_webhook.wsgi.receive(webhook(script.group), script.handlers(), **script.options())
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
    body = b"".join(application(environ, lambda status, headers: begun.extend([int(status.split()[0]), headers])))
    script.check((begun[0], body, begun[1]), twenty_webhook.wsgi._REMEDY)


def through_a_loop(script: Script) -> None:
    runtime = Loop()
    try:
        application = twenty_webhook.asgi.receive(webhook(script.group), script.handlers(), **script.options())
        script.logged.clear()
        answer = asyncio.run_coroutine_threadsafe(called(application, script), runtime.loop).result(_HANGS)
        script.check(answer, application.remedy)
    finally:
        runtime.close()


async def called(application: Any, script: Script) -> tuple[int, bytes, list[tuple[str, str]]]:
    head = script.head
    named = [(b"content-length", head.get("contentLength")), (b"content-encoding", head.get("contentEncoding"))]
    pairs = [(name.lower().encode(), value.encode()) for name, value in script.headers]
    pairs += [(name, value.encode()) for name, value in named if value is not None]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if script.unreadable == "late":
            await asyncio.Event().wait()
        if script.unreadable == "gone":
            return {"type": "http.disconnect"}
        return {
            "type": "http.request",
            "body": b"x" * ((1 << 20) + 1) if script.unreadable == "tooLarge" else script.body,
        }

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application({"type": "http", "method": head["method"], "headers": pairs}, receive, send)
    headers = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return sent[0]["status"], sent[1]["body"], headers


def is_left_out(through: Any, case: Case) -> bool:
    """What no application of this kind can be brought to show."""
    script = Script(case)
    return (
        case[1]["flags"][0] in ("Webhook", "Fault")
        or script.unreadable == "notARequest"
        # PEP 3333: an empty length is none.
        or (through is through_threads and script.head.get("contentLength") == "")
        # ASGI's word for a client that has gone has no cause.
        or (through is through_a_loop and script.unreadable == "gone" and "cause" in script.of["unreadable"][0])
    )


def waits(case: Case) -> bool:
    script = Script(case)
    return any(
        "late" in tell.values() or "slow" in tell.values() or str(tell.get("cause")).startswith("no answer")
        for tells in (script.of.get(kind, []) for kind in ("claim", "handler", "release"))
        for tell in tells
    )


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    (now,) = {group["now"] for group, _ in CASES}
    monkeypatch.setattr(twenty_webhook._course, "time", SimpleNamespace(time=lambda: int(now) / 1_000))


THROUGH = pytest.mark.parametrize("through", [through_threads, through_a_loop])


@THROUGH
def test_few_are_left_out(through: Any) -> None:
    assert sum(is_left_out(through, case) for case in CASES) == 9


@THROUGH
@pytest.mark.parametrize("case", [case for case in CASES if not waits(case)], ids=named)
def test_requests(through: Any, case: Case) -> None:
    if not is_left_out(through, case):
        through(Script(case))


@THROUGH
def test_requests_that_wait(through: Any) -> None:
    """Each for as long as the limits say, so side by side."""
    cases = [case for case in CASES if waits(case)]
    assert len(cases) > 10
    with ThreadPoolExecutor(len(cases)) as pool:
        for case, done in [(case, pool.submit(through, Script(case))) for case in cases]:
            try:
                done.result()
            except Exception as error:
                raise AssertionError(named(case)) from error


_HANGS = 10
