"""The package as its users meet it."""

from __future__ import annotations

import copy
import hashlib
import hmac
import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
import twenty_webhook
from twenty_webhook import Delivery, Event, Webhook, WebhookError, WebhookVerificationError, records

ROOT = Path(__file__).parents[2]
SECRET = "hunter2-hunter2"
HOOK = Webhook(SECRET)
BODY = b'{"eventName":"person.created","webhookId":"w","record":{"id":"7","city":"Grenoble"}}'


def delivered(body: Any = BODY, hook: Webhook = HOOK) -> Delivery:
    return hook.verify(body, hook.sign(body))


def test_codes_are_those_of_their_page() -> None:
    page = (ROOT / "docs" / "codes.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z0-9]+(?:_[a-z0-9]+)+|internal)` \| (\d*) ?\|", page, re.MULTILINE)
    assert list(twenty_webhook.CODES.items()) == [(code, int(status) if status else None) for code, status in rows]


def test_defaults_are_those_of_the_core() -> None:
    """5 minutes, 1 MiB and the sender's prefix, which Python states nowhere."""
    shown = repr(HOOK)
    for setting in [
        "tolerance=timedelta(seconds=300)",
        "max_body_bytes=1048576",
        "'X-Twenty-Webhook-'",
        "payload_form='raw'",
    ]:
        assert setting in shown
    package = Path(twenty_webhook.__file__).parent
    sources = "".join(file.read_text("utf-8") for file in package.glob("_[!_]*.py"))
    written = re.sub(r'""".*?"""', "", sources, flags=re.DOTALL)
    for default in ["300", "minutes=5", "1048576", "1 << 20", "X-Twenty", 'Timestamp"', '"raw",)']:
        assert default not in written


def test_version_is_the_workspaces() -> None:
    manifest = (ROOT / "Cargo.toml").read_text("utf-8")
    assert f'\nversion = "{twenty_webhook.__version__}"\n' in manifest


def test_the_oldest_glibc_of_the_wheel_is_that_of_the_documents() -> None:
    oldest = re.search(r"manylinux_2_(\d+)_", distribution("twenty-webhook").read_text("WHEEL") or "")
    if oldest is None:
        pytest.skip("this machine's wheel is for no glibc")
    for readme in ["docs/runtimes.md", "bindings-python/README.md"]:
        named = re.search(r"\bglibc (?:\| )?2\.(\d+)", (ROOT / readme).read_text("utf-8"))
        assert named
        assert int(oldest[1]) <= int(named[1]), readme


def test_signatures_are_hmacs() -> None:
    moment = datetime(2024, 12, 24, 18, 57, 19, 761999, tzinfo=UTC)
    headers = HOOK.sign(BODY, timestamp=moment, nonce="0" * 32)
    expected = hmac.new(SECRET.encode(), b"1735066639761:" + BODY, hashlib.sha256).hexdigest()
    assert list(headers.values()) == ["1735066639761", expected, "0" * 32]
    assert HOOK.verify(BODY, headers, moment + timedelta(minutes=5)).timestamp == moment.replace(microsecond=761000)
    assert HOOK.sign(BODY)[list(headers)[2]] != HOOK.sign(BODY)[list(headers)[2]]


def test_a_delivery_is_lazy_and_keeps_what_was_passed() -> None:
    delivery = delivered()
    assert delivery.payload is BODY
    assert delivery.event is delivery.event
    assert delivery.id == hashlib.sha256(BODY).hexdigest()
    assert delivery.timestamp.utcoffset() == timedelta(0)
    assert abs(delivery.timestamp - datetime.now(UTC)) < timedelta(minutes=1)
    assert delivered(BODY.decode()).payload == BODY
    buffer = bytearray(BODY)
    kept = delivered(buffer)
    buffer[:] = b"x" * len(buffer)
    assert kept.payload == BODY
    with pytest.raises(AttributeError):
        delivery.id = ""  # type: ignore[misc]
    with pytest.raises(TypeError):
        type(delivery)()


def test_nothing_shows_a_secret_or_a_record() -> None:
    both = Webhook([SECRET, b"hunter3"])
    delivery = delivered()
    for shown in [
        repr(HOOK),
        repr(both),
        repr(delivery),
        repr(delivery.event),
        str(delivery.event),
        f"{vars_of(HOOK)}",
    ]:
        assert "hunter" not in shown
        assert "Grenoble" not in shown
    assert delivery.id in repr(delivery)
    for attempt in [pickle.dumps, lambda hook: hook.__reduce__()]:
        with pytest.raises(TypeError, match="secret"):
            attempt(HOOK)
    with pytest.raises(WebhookError) as raised:
        Webhook(f"{SECRET}\n")
    assert "hunter" not in str(raised.value)


def vars_of(hook: Webhook) -> list[object]:
    return [getattr(hook, name) for name in dir(hook) if not callable(getattr(hook, name))]


def test_a_webhook_is_immutable() -> None:
    assert copy.copy(HOOK) is HOOK
    assert copy.deepcopy([HOOK])[0] is HOOK
    with pytest.raises(AttributeError):
        HOOK.secret = "other"  # type: ignore[attr-defined]


def test_a_secret_may_be_bytes() -> None:
    key = "clé \N{KEY}".encode()
    headers = Webhook(key).sign(BODY)
    first, second, _ = headers.values()
    assert second == hmac.new(key, first.encode() + b":" + BODY, hashlib.sha256).hexdigest()
    assert Webhook([SECRET, key]).verify(BODY, headers).secret_index == 1


def test_an_event_is_frozen_and_travels() -> None:
    event = delivered().event
    assert (event.kind, event.name, event.object, event.action) == ("record", "person.created", "person", "created")
    assert event.record == event.record_as(records.Person) == {"id": "7", "city": "Grenoble"}
    assert (event.updated_fields, event.webhook_id, event.user_id, event.payload) == ([], "w", None, None)
    assert event.matches("person.*")
    assert not event.matches("company.*")
    with pytest.raises(AttributeError):
        event.kind = "unknown"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        event._fields = {}
    with pytest.raises(TypeError):
        event.matches(None)  # type: ignore[arg-type]
    for same in [pickle.loads(pickle.dumps(event)), copy.deepcopy(event), copy.copy(event)]:
        assert isinstance(same, Event)
        assert same == event
        assert same.matches("*.created")


def test_errors_travel() -> None:
    with pytest.raises(WebhookVerificationError) as refused:
        HOOK.verify(b"{}", HOOK.sign(BODY))
    with pytest.raises(WebhookError) as ill_formed:
        twenty_webhook.canonicalize("[1,]")
    assert (refused.value.code, refused.value.status, refused.value.offset) == ("signature_mismatch", 401, None)
    assert (ill_formed.value.code, ill_formed.value.offset) == ("payload_not_json", 3)
    for error in [refused.value, ill_formed.value]:
        for same in [pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)]:
            assert type(same) is type(error)
            assert (str(same), vars(same)) == (str(error), vars(error))


@pytest.mark.parametrize("size", [100, 200_000])
def test_threads_share_one(size: int) -> None:
    body = b"[" + b"1," * (size // 2) + b"1]"
    headers = HOOK.sign(body)

    def verify(number: int) -> str:
        if number % 2:
            return HOOK.verify(body, headers).id
        with pytest.raises(WebhookVerificationError):
            HOOK.verify(body + b" ", headers)
        return hashlib.sha256(body).hexdigest()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(verify, range(400))) == {hashlib.sha256(body).hexdigest()}


def test_importing_it_takes_little() -> None:
    """Nothing else is loaded up to a verdict and its event."""
    program = (
        "import sys; before = {*sys.modules}; import twenty_webhook;"
        "hook = twenty_webhook.Webhook('a secret'); hook.verify(b'{}', hook.sign(b'{}')).event;"
        "print(*({*sys.modules} - before))"
    )
    run = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert loaded == {"__future__", "twenty_webhook"}
