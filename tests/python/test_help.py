"""What `help`, `dir` and `repr` show."""

import pydoc
import re
from pathlib import Path

import pytest
import twenty_webhook
from twenty_webhook import Delivery, Event, Webhook, asgi, diagnosis, wsgi
from twenty_webhook.replay import MemoryReplayStore, RedisReplayStore, SqlReplayStore

README = (Path(__file__).resolve().parents[2] / "bindings-python" / "README.md").read_text("utf-8")


def shown(what: object) -> str:
    return pydoc.render_doc(what, renderer=pydoc.plaintext)


def attributes(value: object) -> list[str]:
    return [name for name in dir(value) if not name.startswith("__")]


@pytest.mark.parametrize("receive", [asgi.receive, wsgi.receive])
def test_help_of_receive_names_every_option_with_its_default(receive: object) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (?=What|How|Whether|Called|Gets|Gives)", README, re.MULTILINE)
    options = dict(rows[:11])
    assert {"replay_store", "namespace", "clock", "body_timeout", "diagnose"} < options.keys()
    text = " ".join(shown(receive).split())
    for option, default in options.items():
        assert f"- `{option}` ({default})" in text, option
    for word in ["`webhook`", "`handlers`", "invalid_ttl", "drain()"]:
        assert word in text


def test_help_of_a_webhook_has_codes_and_defaults_and_nothing_of_the_inside() -> None:
    hook = Webhook("a secret")
    assert attributes(hook) == ["diagnose", "name", "sign", "verify"]
    text = shown(Webhook)
    for word in ["signature_mismatch", "secret_empty", "invalid_nonce", "timedelta(minutes=5)", "1_048_576"]:
        assert word in text, word
    for inside in ["pairs", "check_body_length", "moment"]:
        assert inside not in text


@pytest.mark.parametrize("kind", [Delivery, Event, MemoryReplayStore, RedisReplayStore, SqlReplayStore, Webhook])
def test_every_attribute_is_explained(kind: type) -> None:
    for name in attributes(kind):
        if not name.startswith("_"):
            assert getattr(kind, name).__doc__, name


def test_help_of_diagnosis_names_what_it_gives_and_nothing_of_the_inside() -> None:
    text = shown(diagnosis)
    for word in [
        "`verdict`",
        "`findings`",
        "`is_complete`",
        "`code`",
        "`cause`",
        "`remedy`",
        "`certainty`",
        "invalid_tolerance",
    ]:
        assert word in text, word
    for name in diagnosis.__all__:
        assert getattr(diagnosis, name).__doc__, name
    assert "_diagnosed" not in text


def test_dir_of_the_package_names_what_users_need() -> None:
    assert dir(twenty_webhook) == sorted(twenty_webhook.__all__)


def test_every_function_is_explained() -> None:
    for name in twenty_webhook.__all__:
        value = getattr(twenty_webhook, name)
        assert not callable(value) or value.__doc__, name
    for code in ["payload_not_utf8", "payload_not_json", "payload_too_deep"]:
        assert code in (twenty_webhook.canonicalize.__doc__ or "")


def test_what_is_printed_is_pythons() -> None:
    hook = Webhook("a secret", name="it's", payload_form="json_string")
    assert repr(hook) == (
        """<twenty_webhook.Webhook name="it's" tolerance=timedelta(seconds=300) max_body_bytes=1048576"""
        """ header_prefix='X-Twenty-Webhook-' payload_form='json_string'>"""
    )
    assert "name=None" in repr(Webhook("a secret"))
    delivery = Webhook("a secret").verify(b"{}", Webhook("a secret").sign(b"{}"))
    assert repr(delivery) == f"Delivery(id='{delivery.id}', payload_bytes=2)"
