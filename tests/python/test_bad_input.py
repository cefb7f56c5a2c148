"""Hostile headers and bodies: a code of the design, or the TypeError or ValueError of a caller's mistake."""

from __future__ import annotations

import random
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest
from twenty_webhook import CODES, WebhookVerificationError

sys.path.insert(0, str(Path(__file__).parent))
from hostile import BODIES, BODY, HOOK, NONCE, NOW, SIGNATURE, SIGNED, TIMESTAMP, HostileText, Raising, headers

HEADERS = headers()


@pytest.mark.parametrize(("headers", "expected"), [row[1:] for row in HEADERS], ids=[row[0] for row in HEADERS])
def test_headers(headers: Any, expected: Any) -> None:
    if isinstance(expected, str):
        with pytest.raises(WebhookVerificationError) as raised:
            HOOK.verify(BODY, headers, NOW)
        assert raised.value.code == expected
        assert len(str(raised.value)) < 300
    elif expected is not None:
        with pytest.raises(expected):
            HOOK.verify(BODY, headers, NOW)
    else:
        assert HOOK.verify(BODY, headers, NOW).payload == BODY


@pytest.mark.parametrize(("body", "expected"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_bodies(body: Any, expected: Any) -> None:
    if expected is None:
        assert HOOK.verify(body, SIGNED, NOW).payload == BODY
    elif isinstance(expected, str):
        with pytest.raises(WebhookVerificationError) as raised:
            HOOK.verify(body, SIGNED, NOW)
        assert raised.value.code == expected
    else:
        with pytest.raises(expected, match=r"raw|buffer"):
            HOOK.verify(body, SIGNED, NOW)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(), GeneratorExit(), MemoryError()])
def test_what_is_not_the_callers_passes(error: BaseException) -> None:
    with pytest.raises(type(error)):
        HOOK.verify(BODY, Raising(error), NOW)


def test_the_callers_own_exception_is_the_cause() -> None:
    error = RuntimeError("no")
    with pytest.raises(TypeError) as raised:
        HOOK.verify(BODY, Raising(error), NOW)
    assert raised.value.__cause__ is error


def test_any_mixture() -> None:
    """Whatever is passed, nothing but the exceptions of the design comes out, and only the genuine one is accepted."""
    seeded = random.Random(7)
    texts = [
        TIMESTAMP,
        SIGNATURE,
        NONCE,
        TIMESTAMP.upper(),
        "HTTP_X_TWENTY_WEBHOOK_NONCE",
        "é",
        "\ud800",
        "",
        "\x00",
        "1,2",
    ]
    atoms: list[Any] = [
        *texts,
        *SIGNED.values(),
        b"",
        b"\xff",
        None,
        1,
        2**2000,
        1.5,
        [],
        (),
        {},
        ["1"],
        ("1", "2"),
        object(),
    ]
    bodies: list[Any] = [
        BODY,
        BODY.decode(),
        bytearray(BODY),
        memoryview(BODY),
        "\ud800",
        b"\xff",
        {},
        None,
        3,
        HostileText("a"),
    ]
    accepted = 0
    for _ in range(5_000):
        pairs = [(seeded.choice(texts), seeded.choice(atoms)) for _ in range(seeded.randrange(4))]
        pairs += [(name, value) for name, value in SIGNED.items() if seeded.random() < 0.8]
        headers: Any = seeded.choice([dict, list, tuple, iter, OrderedDict])(pairs)
        body = seeded.choice(bodies)
        try:
            delivery = HOOK.verify(body, headers, NOW)
        except WebhookVerificationError as error:
            assert error.status == CODES[error.code]
        except TypeError:
            pass
        else:
            accepted += 1
            assert delivery.payload == BODY
    assert accepted > 50
