"""The examples for AWS Lambda, called with what its gateways hand over."""

from __future__ import annotations

import base64
import importlib.util
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from deliveries import LIMIT, MINUTE, SECRET, documented, fresh, identity, metadata, of_length, old, record, signed
from drivers import Told, word
from processes import EXAMPLES
from twenty_webhook import WebhookError

Format = Callable[[str, bytes, dict[str, str]], dict[str, Any]]


def http_api(method: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    """Format 2.0, of function URLs, too: JSON comes as text."""
    http = {"method": method, "path": "/", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "axios"}
    lower = {name.lower(): value for name, value in headers.items()}
    about = {"version": "2.0", "routeKey": "$default", "rawPath": "/", "rawQueryString": "", "headers": lower}
    return {
        **about,
        "requestContext": {"http": http, "stage": "$default"},
        "body": body.decode(),
        "isBase64Encoded": False,
    }


def rest_api(method: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    about = {"version": "1.0", "resource": "/", "path": "/", "httpMethod": method, **several(headers)}
    return {**about, **encoded(body), "requestContext": {"resourcePath": "/", "httpMethod": method, "identity": {}}}


def load_balancer(method: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    context = {"elb": {"targetGroupArn": "arn"}}
    return {"requestContext": context, "httpMethod": method, "path": "/", **several(headers), **encoded(body)}


def several(headers: dict[str, str]) -> dict[str, Any]:
    return {"headers": headers, "multiValueHeaders": {name: [value] for name, value in headers.items()}}


def encoded(body: bytes) -> dict[str, Any]:
    return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


GATEWAYS = [("lambda", http_api), ("lambda", rest_api), ("lambda", load_balancer), ("lambda-bare", http_api)]


def handler_of(name: str) -> Any:
    """As Lambda has it: the module is run once, whichever requests come."""
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), EXAMPLES / name / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.handler


@pytest.fixture(scope="module")
def handlers() -> Iterator[dict[str, Any]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWENTY_WEBHOOK_SECRET", SECRET)
        yield {name: handler_of(name) for name, _ in GATEWAYS}


class Gateway:
    def __init__(self, name: str, form: Format, handlers: dict[str, Any]) -> None:
        self.is_bare = name == "lambda-bare"
        self._form, self._handler = form, handlers[name]

    def ask(self, body: bytes, headers: dict[str, str] | None = None, method: str = "POST") -> Told:
        answer = self._handler(self._form(method, body, signed(body) if headers is None else headers), object())
        return answer["statusCode"], word(answer["body"].encode())


@pytest.fixture(params=GATEWAYS, ids=[f"{name} {form.__name__}" for name, form in GATEWAYS])
def gateway(request: pytest.FixtureRequest, handlers: dict[str, Any]) -> Gateway:
    return Gateway(*request.param, handlers)


@pytest.mark.parametrize(
    ("make", "event"),
    [
        (lambda record_id: record("person.created", record_id, text="é"), "person.created"),
        (metadata, "metadata.objectMetadata.updated"),
        (documented, "person.created"),
        (old, "person.created"),
    ],
    ids=["record", "metadata", "documented", "old"],
)
def test_envelope(gateway: Gateway, make: Any, event: str, capsys: pytest.CaptureFixture[str]) -> None:
    record_id = fresh()
    body = make(record_id)
    assert gateway.ask(body) == (200, "handled")
    assert capsys.readouterr().out == f"{event} {record_id} {identity(body)}\n"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: (record().replace(b"created", b"deleted"), signed(record())), (401, "signature_mismatch")),
        (lambda: (body := record(), signed(body, at=-6 * MINUTE)), (401, "timestamp_too_old")),
        (lambda: (body := record(), signed(body, at=6 * MINUTE)), (401, "timestamp_too_new")),
        (lambda: (record(), {}), (401, "missing_header")),
        (lambda: (b"", {}), (401, "missing_header")),
        (lambda: (of_length(LIMIT + 1), signed(b"")), (413, "payload_too_large")),
    ],
    ids=["tampered", "stale", "from the future", "unsigned", "empty", "too long"],
)
def test_refused(gateway: Gateway, make: Any, says: Told, capsys: pytest.CaptureFixture[str]) -> None:
    assert gateway.ask(*make()) == says
    assert "person" not in capsys.readouterr().out


def test_a_replay_is_not_handled(gateway: Gateway) -> None:
    body = record()
    headers = signed(body)
    again = "handled" if gateway.is_bare else "duplicate"
    assert [gateway.ask(body, sent) for sent in [headers, headers, None]] == [(200, "handled"), *[(200, again)] * 2]


def test_what_a_redirect_makes_of_it(gateway: Gateway) -> None:
    says = (401, "signature_mismatch") if gateway.is_bare else (405, "method_not_allowed")
    assert gateway.ask(b"", signed(b"{}"), "GET") == says


def test_nothing_is_accepted_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, _ in GATEWAYS:
        monkeypatch.delenv("TWENTY_WEBHOOK_SECRET", raising=False)
        with pytest.raises(KeyError, match="TWENTY_WEBHOOK_SECRET"):
            handler_of(name)
        monkeypatch.setenv("TWENTY_WEBHOOK_SECRET", "")
        with pytest.raises(WebhookError, match="The secret is empty"):
            handler_of(name)


ODD: dict[str, tuple[Callable[[bytes], dict[str, Any]], Told]] = {
    "no flag": (lambda body: {"body": body.decode()}, (200, "handled")),
    "a null body": (lambda _: {"body": None, "isBase64Encoded": False}, (401, "signature_mismatch")),
    "no body": (lambda _: {}, (401, "signature_mismatch")),
    "text called base64": (lambda _: {"body": "***", "isBase64Encoded": True}, (500, "not_a_request")),
    "more text called base64": (lambda _: {"body": "é", "isBase64Encoded": True}, (500, "not_a_request")),
    "a parsed body": (lambda body: {"body": json.loads(body)}, (500, "not_a_request")),
    "an empty parsed body": (lambda _: {"body": {}}, (500, "not_a_request")),
    "null headers": (lambda body: {"body": body.decode(), "headers": None}, (401, "missing_header")),
    "an event of a console's test": (lambda _: {"key1": "value1", "headers": None}, (401, "missing_header")),
}


@pytest.mark.parametrize(("event", "says"), ODD.values(), ids=list(ODD))
def test_an_event_that_no_gateway_should_send_has_an_answer_and_a_line(
    event: Any, says: Told, handlers: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    body = record()
    answer = handlers["lambda-bare"]({"headers": signed(body), **event(body)}, object())
    assert (answer["statusCode"], word(answer["body"].encode())) == says
    assert capsys.readouterr().out.startswith("person.created" if says[0] == 200 else f"{says[1]} ")
