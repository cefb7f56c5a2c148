"""A transcript as what a client, a store and a handler do."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import twenty_webhook
from processes import eventually
from transcripts import LEVELS, Case, told, webhook
from twenty_webhook import WebhookVerificationError


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

    def source(self, is_async: bool) -> Any:
        """The webhook, or what finds it where the transcript is about that."""
        if self.test["flags"][0] != "Webhook":
            return webhook(self.group)
        if not is_async:
            return self.find

        async def find(request: Any) -> Any:
            return await asyncio.to_thread(self.find, request)

        return find

    def find(self, _: Any) -> Any:
        tell = self.of["webhook"][0]
        if tell["webhook"] == "late":
            self.late.wait(HANGS)
        if tell["webhook"] == "failed":
            raise self.raised(tell)
        return webhook(self.group) if tell["webhook"] == "found" else None

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
            "diagnose": rules["diagnose"],
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
    def is_abandoned(self) -> bool:
        return any(tell["claim"] == "abandoned" for tell in self.of.get("claim", []))

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

    def raised(self, tell: dict[str, Any], **attributes: object) -> Exception:
        error = ScriptedError(*([tell["cause"]] if "cause" in tell else []))
        vars(error).update(attributes)
        return error

    def log(self, level: int, line: str, *, extra: Any = None, exc_info: Any = None) -> None:
        assert ("delivery_id" in (extra or {})) == (re.search(r"[\[ ]delivery [0-9a-f]{64}, ", line) is not None)
        assert (extra is not None) == ("delivery_id" in (extra or {}) or " [webhook " in line)
        self.logged.append((level, line))

    def claim(self, key: str, ttl: float, window: float) -> Any:
        self.asked.append(("claim", key, ttl, window))
        answer = self.of["claim"][0]
        if answer["claim"] == "late":
            answer = self.of["claim"][1]
            assert self.late.wait(HANGS)
            if answer["claim"] == "abandoned":
                return "whatever comes now"
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
            eventually(lambda: any("still running" in line for _, line in self.logged), HANGS)
        if end["handler"] == "failed":
            raise self.raised(end)

    def check(self, answer: tuple[int, bytes, list[tuple[str, str]]], remedy: str) -> None:
        turns = [step["turn"] for step in self.steps]
        notices = [(step, notice) for step in self.steps for notice in step["turn"]["notices"]]
        if len(self.of.get("claim", [])) == 2 and not self.is_abandoned:
            kinds = [told(step)[0] for step in self.steps]
            so_far = sum(len(turn["notices"]) for turn in turns[: _last(kinds, "claim")])
            eventually(lambda: len(self.logged) >= so_far, HANGS)
        if not self.is_abandoned:
            self.late.set()
        releases = [turn["next"]["release"] for turn in turns if turn["next"] and "release" in turn["next"]]
        claims = [turn["next"]["claim"] for turn in turns if turn["next"] and "claim" in turn["next"]]
        expected = [("claim", one["key"], one["ttlMillis"] / 1_000, one["windowMillis"] / 1_000) for one in claims]
        expected += [("release", one["key"], one["token"]) for one in releases]
        eventually(lambda: (len(self.logged), len(self.asked)) == (len(notices), len(expected)), HANGS)
        if self.is_abandoned:
            self.late.set()
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


HANGS = 60
