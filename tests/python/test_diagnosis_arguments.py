"""What diagnosis takes and refuses, and what it gives back."""

from __future__ import annotations

import pickle
import sys
import threading
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
from twenty_webhook import Webhook, WebhookError, _core
from twenty_webhook.diagnosis import Finding, diagnose, fingerprint

sys.path.insert(0, str(Path(__file__).parent))
from hostile import BODIES, BODY, HOOK, NOW, SIGNED, headers


@pytest.mark.parametrize(("passed", "expected"), [row[1:] for row in headers()], ids=[row[0] for row in headers()])
def test_hostile_headers(passed: Any, expected: Any) -> None:
    check(lambda: HOOK.diagnose(BODY, passed, now=NOW), expected)


@pytest.mark.parametrize(("passed", "expected"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_hostile_bodies(passed: Any, expected: Any) -> None:
    check(lambda: HOOK.diagnose(passed, SIGNED, now=NOW), expected)


def check(ask: Any, expected: Any) -> None:
    """The exceptions of `verify`, and its code as the verdict."""
    if expected is None or isinstance(expected, str):
        assert ask().verdict == expected
    else:
        with pytest.raises(expected):
            ask()


@pytest.mark.parametrize(
    "wrong",
    [
        {"now": 1735066639761},
        {"method": b"POST"},
        {"url": 5},
        {"other_secrets": None},
        {"other_secrets": [5]},
        {"other_secrets": bytearray(b"a secret")},
    ],
)
def test_arguments_of_wrong_types(wrong: dict[str, Any]) -> None:
    for ask in (HOOK.diagnose, lambda *passed, **more: diagnose("a secret", *passed, **more)):
        with pytest.raises(TypeError, match=next(iter(wrong)) if "now" not in wrong else "point in time"):
            ask(BODY, SIGNED, **wrong)
    for secret in (None, 5, ["a", None]):
        with pytest.raises(TypeError, match="secret must be"):
            diagnose(secret, BODY, SIGNED)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="secret must be"):
        fingerprint(None)  # type: ignore[arg-type]


def test_text_of_any_kind_is_taken() -> None:
    told = HOOK.diagnose(
        "\ud800", SIGNED, now=NOW, method="\ud800", url="\ud800", other_secrets=["\ud800", b"\xff", ""]
    )
    assert told.verdict == "payload_not_utf8"
    for secret, verdict in [
        ("", "secret_empty"),
        ("\ud800", "signature_mismatch"),
        (b"\xff", "signature_mismatch"),
        ([], "secret_empty"),
    ]:
        diagnosis = diagnose(secret, BODY, SIGNED, now=NOW)
        assert diagnosis.verdict == verdict
        assert diagnosis.findings
        assert not any("\ud800" in finding.cause for finding in diagnosis.findings)


def test_more_secrets_than_a_webhook_takes() -> None:
    assert diagnose([*"bcdefg", "a secret"], BODY, SIGNED, now=NOW).verdict is None
    assert HOOK.diagnose(BODY, Webhook("b").sign(BODY, timestamp=NOW), now=NOW, other_secrets="b").findings[0].code == (
        "secret_of_another"
    )


def test_the_options_of_a_webhook() -> None:
    assert diagnose("a secret", BODY, SIGNED, now=NOW, max_body_bytes=5).verdict == "payload_too_large"
    assert (
        diagnose("a secret", BODY, SIGNED, now=NOW, payload_form="json_string").findings[0].code == "other_payload_form"
    )
    assert diagnose("a secret", BODY, SIGNED, now=NOW, header_prefix="X-").verdict == "missing_header"
    with pytest.raises(WebhookError) as raised:
        diagnose("a secret", BODY, SIGNED, header_prefix="")
    assert raised.value.code == "invalid_header_prefix"


def test_it_is_immutable_and_can_be_kept() -> None:
    diagnosis = HOOK.diagnose(BODY, {}, now=NOW)
    assert pickle.loads(pickle.dumps(diagnosis)) == diagnosis
    for what in (diagnosis, *diagnosis.findings):
        assert hash(what) == hash(pickle.loads(pickle.dumps(what)))
    with pytest.raises(FrozenInstanceError):
        diagnosis.verdict = None  # type: ignore[misc]
    assert isinstance(diagnosis.findings[0], Finding)


def test_a_megabyte_is_searched_while_other_threads_run() -> None:
    """With an interval that never ends, another thread runs only if this one gives up the interpreter."""
    body, interval = b"7" * (1 << 20), sys.getswitchinterval()
    assert not HOOK.diagnose(body, SIGNED, now=NOW, other_secrets=[f"{number}" for number in range(400)]).is_complete
    sys.setswitchinterval(1_000)
    try:
        assert any(_runs_beside(body) for _ in range(50))
    finally:
        sys.setswitchinterval(interval)


def _runs_beside(body: bytes) -> bool:
    begun, ended = threading.Event(), []

    def search() -> None:
        begun.set()
        _core.diagnose(HOOK, body, SIGNED, NOW, (None, None, None, []))
        ended.append(True)

    thread = threading.Thread(target=search)
    thread.start()
    begun.wait()
    is_beside = not ended
    thread.join()
    return is_beside
