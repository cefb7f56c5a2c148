"""What goes wrong, as exceptions with the core's codes."""

from __future__ import annotations

from twenty_webhook import _core

# Importing what is for type checkers only would take longer than all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Final

    from twenty_webhook.codes import Code, ReceiverCode, Status, VerificationCode

CODES: Final[Mapping[str, int | None]] = _core.CODES
"""Every code there is, with the HTTP status to answer with: `None` for a mistake made before there is a request."""


class WebhookError(Exception):
    """A secret, an option or a text that cannot be used; the base class of what this package raises for a code.

    `code` is a word that programs compare, one of `twenty_webhook.CODES`, typed in `twenty_webhook.codes`. `offset` counts UTF-8 bytes of a text that
    was refused, where there is one. A caller's mistake is a `TypeError` or a `ValueError` instead.
    """

    code: Code
    offset: int | None

    def __init__(self, message: str, code: Code, offset: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.offset = offset

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (*self.args, self.code, self.offset)


class WebhookVerificationError(WebhookError):
    """A delivery that is not to be trusted, or cannot be read; of receivers, also one that could not be handled, with what
    the handler or the store raised as `__cause__`.

    Answer with `status`, and with the code at most: the message is for the log.
    """

    code: VerificationCode | ReceiverCode
    status: Status

    def __init__(self, message: str, code: VerificationCode | ReceiverCode, status: Status) -> None:
        super().__init__(message, code)
        self.status = status

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (*self.args, self.code, self.status)
