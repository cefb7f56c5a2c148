"""The words that programs compare, as types for type checkers: `error.code`, `event.kind` and `event.action` are such."""

from typing import Literal, TypeAlias

VerificationCode: TypeAlias = (
    Literal[
        "payload_too_large",
        "missing_header",
        "repeated_header",
        "malformed_timestamp",
        "timestamp_too_old",
        "timestamp_too_new",
        "malformed_signature",
        "signature_mismatch",
        "payload_not_utf8",
        "payload_not_json",
        "payload_too_deep",
    ]
    | Literal["internal"]
)
"""Why a delivery is refused, by `verify` and by receivers."""

ConfigurationCode: TypeAlias = (
    Literal[
        "secret_empty",
        "secret_has_whitespace",
        "secret_has_invisible_characters",
        "secret_not_utf8",
        "too_many_secrets",
        "invalid_tolerance",
        "invalid_max_body_bytes",
        "invalid_header_prefix",
        "invalid_payload_form",
        "invalid_name",
        "invalid_timestamp",
        "invalid_nonce",
        "invalid_ttl",
    ]
    | Literal["internal"]
)
"""What cannot be meant when a webhook or a receiver is made, or something is signed."""

ReceiverCode: TypeAlias = (
    Literal[
        "method_not_allowed",
        "body_timeout",
        "unsupported_content_encoding",
        "malformed_content_length",
        "not_a_request",
        "unknown_webhook",
        "webhook_unavailable",
        "body_already_read",
        "handler_failed",
        "replay_store_unavailable",
    ]
    | Literal["internal"]
)
"""What else receivers end a request with."""

Code: TypeAlias = VerificationCode | ConfigurationCode | ReceiverCode

Status: TypeAlias = Literal[400, 401, 404, 405, 408, 413, 415] | Literal[500, 503]
"""What a request is answered with where it has such a code."""

EventKind: TypeAlias = Literal["record", "metadata"] | Literal["unknown"]
"""Which envelope an event came in."""

Action: TypeAlias = Literal["created", "updated", "deleted"] | Literal["destroyed", "restored"]
"""What happens to records. `event.action` can be another text, which a later version of Twenty sends."""
