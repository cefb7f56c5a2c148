"""The native exchange against the transcripts of receivers, step by step."""

from __future__ import annotations

from typing import Any

import pytest
import twenty_webhook._course
import twenty_webhook.asgi
import twenty_webhook.wsgi
from transcripts import CASES, LEVELS, Case, named, told, webhook
from twenty_webhook import Webhook, _core

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
    ("claim", "abandoned"): "abandoned claim",
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
            None,
            rules["onStoreFailure"],
            not rules["hasStore"],
            rules["background"],
            rules["diagnose"],
        )

    def tell(self, step: dict[str, Any]) -> Any:
        kind, what = told(step)
        tell = step["tell"]
        if kind == "head":
            self.length = what.get("contentLength")
            self.exchange, turn = self.receiver.begin(
                what["method"], what.get("contentEncoding"), self.length, True, True
            )
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
        for (level, outcome, code, status, reason, line), notice in zip(
            notices or [], expected["notices"], strict=True
        ):
            assert (level, outcome, code) == (LEVELS[notice["level"]], notice["outcome"], notice["code"])
            assert line == notice["line"] if "line" in notice else line.startswith(notice["lineStart"])
            assert reason in line
            assert status == (twenty_webhook.CODES[code] if code else 200 if outcome else None)
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
