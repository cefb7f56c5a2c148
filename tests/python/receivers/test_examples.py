"""One table of deliveries against every example, which a real server serves: the same verdicts for all."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import distributions
from typing import Any, NamedTuple

import pytest
from conftest import Examples
from deliveries import (
    LIMIT,
    MINUTE,
    documented,
    fresh,
    identity,
    metadata,
    of_length,
    old,
    record,
    signed,
    text,
    without_id,
)
from processes import EXAMPLES, Server
from sender import Address, chunked, exchange, head, request, send


class Case(NamedTuple):
    sent: Callable[[str], bytes]
    """Of a path, the request."""
    says: tuple[int, str]
    method: str = "POST"


def posted(body: bytes, **headers: str) -> Callable[[str], bytes]:
    return lambda path: request(path, body, {**signed(body), **headers})


def with_headers(body: bytes, headers: Callable[[bytes], dict[str, str]]) -> Callable[[str], bytes]:
    return lambda path: request(path, body, headers(body))


def without(name: str) -> Callable[[bytes], dict[str, str]]:
    return lambda body: {key: value for key, value in signed(body).items() if key != name}


def tampered(path: str) -> bytes:
    body = record()
    return request(path, body.replace(b"created", b"deleted"), signed(body))


def twice(path: str) -> bytes:
    body = record()
    headers = signed(body)
    signature = f"X-Twenty-Webhook-Signature: {headers['X-Twenty-Webhook-Signature']}\r\n".encode()
    return request(path, body, headers).replace(signature, signature * 2)


def got(path: str) -> bytes:
    """What a redirect of 301 makes of a delivery."""
    headers = signed(b"")
    return head(path, headers, "GET")


def too_long(path: str) -> bytes:
    body = of_length(2 * LIMIT)
    return chunked(path, body, signed(body), 60_000)


SIGNATURE = "X-Twenty-Webhook-Signature"

CASES: dict[str, Case] = {
    "a record's event": Case(posted(record()), (200, "handled")),
    "another content type": Case(posted(record(), **{"Content-Type": "text/plain"}), (200, "handled")),
    "a form's content type": Case(
        posted(record(), **{"Content-Type": "application/x-www-form-urlencoded"}), (200, "handled")
    ),
    "identity": Case(posted(record(), **{"Content-Encoding": "identity"}), (200, "handled")),
    "as long as may be": Case(posted(of_length(LIMIT)), (200, "handled")),
    "chunked": Case(lambda path: chunked(path, (body := record()), signed(body), 7), (200, "handled")),
    "the edge of the tolerance": Case(
        with_headers(record(), lambda body: signed(body, at=-4 * MINUTE)), (200, "handled")
    ),
    "no pattern of ours": Case(posted(record("company.created")), (200, "ignored")),
    "an unknown event": Case(posted(text({"hello": fresh()})), (200, "ignored")),
    "a handler that fails": Case(posted(without_id()), (500, "handler_failed")),
    "tampered": Case(tampered, (401, "signature_mismatch")),
    "another's secret": Case(
        with_headers(record(), lambda body: signed(body, secret="x")), (401, "signature_mismatch")
    ),
    "an empty body": Case(lambda path: request(path, b"", signed(b"{}")), (401, "signature_mismatch")),
    "stale": Case(with_headers(record(), lambda body: signed(body, at=-6 * MINUTE)), (401, "timestamp_too_old")),
    "from the future": Case(
        with_headers(record(), lambda body: signed(body, at=6 * MINUTE)), (401, "timestamp_too_new")
    ),
    "no headers": Case(with_headers(record(), lambda _: {}), (401, "missing_header")),
    "no signature": Case(with_headers(record(), without(SIGNATURE)), (401, "missing_header")),
    "a short signature": Case(posted(record(), **{SIGNATURE: "ab"}), (401, "malformed_signature")),
    "seconds": Case(posted(record(), **{"X-Twenty-Webhook-Timestamp": "1735066639"}), (401, "timestamp_too_old")),
    "a date": Case(posted(record(), **{"X-Twenty-Webhook-Timestamp": "2025-01-01"}), (401, "malformed_timestamp")),
    "a header twice": Case(twice, (401, "repeated_header")),
    "compressed": Case(posted(record(), **{"Content-Encoding": "gzip"}), (415, "unsupported_content_encoding")),
    "too long as announced": Case(posted(of_length(LIMIT + 1)), (413, "payload_too_large")),
    "too long in chunks": Case(too_long, (413, "payload_too_large")),
    "what a redirect makes of it": Case(got, (405, "method_not_allowed"), "GET"),
    "put": Case(lambda path: request(path, b"{}", signed(b"{}"), "PUT"), (405, "method_not_allowed"), "PUT"),
    "options": Case(lambda path: head(path, {}, "OPTIONS"), (405, "method_not_allowed"), "OPTIONS"),
}


# It answers other methods than the view has itself, and tells in every answer which there are.
KNOWS_METHODS = "django-rest-framework"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_verdict(name: str, address: Address, case: Case) -> None:
    if name == KNOWS_METHODS and case.method in ("PUT", "OPTIONS"):
        pytest.skip("the framework answers")
    reply = exchange(address, case.sent(address.path), case.method)
    assert reply.says == case.says
    assert reply.headers["Content-Type"] == "application/json"
    if name != KNOWS_METHODS:
        assert reply.headers["Allow"] == ("POST" if reply.status == 405 else None)


def test_a_head_has_no_body(name: str, address: Address) -> None:
    reply = exchange(address, head(address.path, {}, "HEAD"), "HEAD")
    if name == KNOWS_METHODS:
        assert (reply.status, reply.body) == (405, b"")
        return
    assert (reply.status, reply.body, reply.headers["Allow"]) == (405, b"", "POST")


@pytest.mark.parametrize(
    ("make", "event"),
    [
        (lambda record_id: record("person.created", record_id), "person.created"),
        (metadata, "metadata.objectMetadata.updated"),
        (documented, "person.created"),
        (old, "person.created"),
    ],
    ids=["record", "metadata", "documented", "old"],
)
def test_envelope(server: Server, address: Address, make: Any, event: str) -> None:
    record_id = fresh()
    body = make(record_id)
    assert send(address, body, signed(body)).says == (200, "handled")
    assert server.wait_for(identity(body)) == [f"{event} {record_id} {identity(body)}"]


def test_of_several_handlers_one_is_called(server: Server, address: Address) -> None:
    for body in [record("person.deleted"), record("company.deleted")]:
        assert send(address, body, signed(body)).says == (200, "handled")
        assert len(server.wait_for(identity(body))) == 1


def test_a_replay_is_not_handled(server: Server, address: Address) -> None:
    body = record()
    first, later = signed(body), signed(body, at=1)
    verdicts = [send(address, body, headers).says for headers in [first, first, later]]
    assert verdicts == [(200, "handled"), (200, "duplicate"), (200, "duplicate")]
    assert len(server.wait_for(identity(body))) == 1


def test_what_failed_may_come_again(server: Server, address: Address) -> None:
    body = without_id()
    headers = signed(body)
    assert [send(address, body, headers).says for _ in range(2)] == [(500, "handler_failed")] * 2
    server.wait_for("handler_failed: ")
    assert not [line for line in server.lines if signed(body)[SIGNATURE] in line]


def test_a_refusal_is_logged_with_its_reason(server: Server, address: Address) -> None:
    body = record()
    assert send(address, body, {}).status == 401
    assert "no secret set in Twenty" in server.wait_for("missing_header: ")[0]


def test_djangos_views_of_the_other_kind(examples: Examples) -> None:
    """One that is async under WSGI, and one that is not under ASGI."""
    for name, path in [("django", "/webhooks/twenty-async"), ("django-async", "/webhooks/twenty")]:
        address = examples.addresses[name]._replace(path=path)
        body = record()
        assert [send(address, body, signed(body)).says[1] for _ in range(2)] == ["handled", "duplicate"]
        assert exchange(address, too_long(path)).says == (413, "payload_too_large")


def test_what_the_examples_require_is_what_runs_here() -> None:
    required = {line for file in EXAMPLES.glob("*/requirements.txt") for line in file.read_text().split()}
    installed = {f"{distribution.name.lower()}=={distribution.version}" for distribution in distributions()}
    assert required - installed == {"twenty-webhook"}
    assert len(required) > 5
