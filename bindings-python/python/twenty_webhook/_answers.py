"""What a receiver answers, and the errors it finds itself."""

from __future__ import annotations

from typing import NamedTuple

from twenty_webhook import _core
from twenty_webhook._errors import WebhookVerificationError
from twenty_webhook._guard import told


class Answer(NamedTuple):
    """The code at most: the reason is for the log."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, error: WebhookVerificationError) -> Answer:
        extra = (("Allow", "POST"),) if error.code == "method_not_allowed" else ()
        return _answer(error.status, f'{{"code":"{error.code}"}}', extra)


def failure(code: str, reason: str | None = None, cause: BaseException | None = None) -> WebhookVerificationError:
    """The error of a code, with the core's words for it unless there are better ones."""
    meaning, status = _core.meaning(code)
    error = WebhookVerificationError(reason or meaning, code, status or 500)
    error.__cause__ = cause
    return error


def unavailable(cause: BaseException) -> WebhookVerificationError:
    meaning, _ = _core.meaning("replay_store_unavailable")
    return failure("replay_store_unavailable", f"{meaning} ({told(cause)})", cause)


def client_gone(cause: BaseException | None = None) -> WebhookVerificationError:
    return failure("body_timeout", "The client went away before the body was complete.", cause)


def _answer(status: int, text: str, extra: tuple[tuple[str, str], ...] = ()) -> Answer:
    body = text.encode()
    return Answer(status, body, (("Content-Type", "application/json"), ("Content-Length", str(len(body))), *extra))


HANDLED, DUPLICATE, IGNORED, ACCEPTED = (
    _answer(200, f'{{"outcome":"{outcome}"}}') for outcome in ["handled", "duplicate", "ignored", "accepted"]
)
