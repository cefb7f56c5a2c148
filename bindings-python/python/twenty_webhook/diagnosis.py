"""Why a delivery was refused: which mistake with the secret, the body, the headers or the time.

    for finding in webhook.diagnose(body, headers).findings:
        print(finding.code, finding.certainty, finding.cause, finding.remedy)

`diagnose` here takes the secret in place of a webhook, also one that no `Webhook` takes: with a line end, or empty. Nothing that is
told holds a secret or a signature that would have been right.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from twenty_webhook import _core
from twenty_webhook._types import Body, Headers
from twenty_webhook._webhook import _LEFT_OUT, Webhook, _key, _several, _text
from twenty_webhook.codes import Cause, ConfigurationCode, VerificationCode

__all__ = ["Diagnosis", "Finding", "diagnose", "fingerprint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    - `code`: what it is, as a word that programs compare.
    - `cause`: what happened, in sentences.
    - `remedy`: what to do about it, in sentences.
    - `certainty`: `proved` where the signature is reproduced once the proved mistakes are undone, otherwise `likely`.
    """

    code: Cause
    cause: str
    remedy: str
    certainty: Literal["proved", "likely"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with a request.

    - `verdict`: the code with which it is refused, or with which no webhook can be made of the secret; `None` if it is authentic.
    - `findings`: what is wrong, what is proved first; empty if it is authentic.
    - `is_complete`: whether all was tried. If not, the body was too large to try two mistakes together, or there was too much to
      hash.
    """

    verdict: VerificationCode | ConfigurationCode | None
    findings: tuple[Finding, ...]
    is_complete: bool


def diagnose(
    secret: str | bytes | Sequence[str | bytes],
    body: Body,
    headers: Headers,
    *,
    now: datetime | None = None,
    method: str | None = None,
    url: str | None = None,
    other_secrets: Sequence[str | bytes] = (),
    tolerance: timedelta = _LEFT_OUT,
    max_body_bytes: int = _LEFT_OUT,
    header_prefix: str = _LEFT_OUT,
    payload_form: Literal["raw", "canonical", "json_string"] = _LEFT_OUT,
) -> Diagnosis:
    """Finds out why a webhook with this secret refuses a delivery, as `Webhook.diagnose` does.

    Takes the secret as it is configured, with whatever surrounds it, and the options of `Webhook`. Raises `WebhookError` for options
    that cannot be used: `invalid_tolerance`, `invalid_max_body_bytes`, `invalid_header_prefix`, `invalid_payload_form`.
    """
    secrets = [_key(one) for one in _several(secret)]
    webhook = Webhook(
        "any",  # Only its options count.
        tolerance=tolerance,
        max_body_bytes=max_body_bytes,
        header_prefix=header_prefix,
        payload_form=payload_form,
    )
    return _diagnosed(webhook, secrets, body, headers, now, method, url, other_secrets)


def fingerprint(secret: str | bytes) -> str:
    """Eight hex digits by which the secrets of two places can be compared without showing them. Every language has the same."""
    return _core.fingerprint(_key(secret))


def _diagnosed(
    webhook: Webhook,
    secrets: list[bytes] | None,
    body: Body,
    headers: Headers,
    now: datetime | None,
    method: str | None,
    url: str | None,
    other_secrets: Sequence[str | bytes],
) -> Diagnosis:
    others = [_key(one, "other_secrets") for one in _several(other_secrets, "other_secrets")]
    about = (secrets, _text_or_none("method", method), _text_or_none("url", url), others)
    told: dict[str, Any] = json.loads(_core.diagnose(webhook, body, headers, now, about))
    findings = tuple(Finding(**finding) for finding in told["findings"])
    return Diagnosis(told["verdict"], findings, told["isComplete"])


def _text_or_none(name: str, text: str | None) -> str | None:
    return None if text is None else _text(name, text)
