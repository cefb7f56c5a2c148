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

# <generated> `cargo xtask generate` writes this part from core/src/diagnose/cause/list.rs: change that, not this.
Cause: TypeAlias = (
    Literal[
        "no_signature_headers",
        "signature_header_missing",
        "header_repeated",
        "other_prefix",
        "headers_named_by_cgi",
        "other_provider",
        "test_tool",
        "redirected",
        "timestamp_in_seconds",
        "timestamp_is_date",
        "timestamp_malformed",
        "now_in_seconds",
        "sent_in_future",
        "sent_too_long_ago",
        "saved_long_ago",
        "signature_in_base64",
        "signature_in_upper_case",
        "signature_has_prefix",
        "signature_malformed",
        "secret_has_blanks",
        "secret_is_quoted",
        "secret_has_invisible_characters",
        "secret_has_prefix",
        "secret_is_escaped",
        "secret_decoded_from_hex",
        "secret_decoded_from_base64",
        "secret_in_hex",
        "secret_in_base64",
        "secret_in_other_case",
        "secret_of_another",
        "secret_is_placeholder",
        "secret_is_literal",
        "secret_is_api_key",
        "secret_is_id",
        "other_secret",
        "other_payload_form",
        "body_printed_again",
        "body_indented",
        "body_keys_sorted",
        "body_printed_by_python",
        "body_printed_by_php",
        "body_printed_by_go",
        "body_printed_by_ruby",
        "body_printed_by_java",
        "body_printed_by_dot_net",
        "body_line_end_added",
        "body_line_end_taken",
        "body_line_ends_changed",
        "body_has_byte_order_mark",
        "body_quoted",
        "body_form_encoded",
        "body_in_base64",
        "body_is_printed_buffer",
        "body_is_python_bytes",
        "body_is_python_dict",
        "body_wrapped",
        "body_compressed",
        "body_in_latin_1",
        "body_in_utf_16",
        "body_decoded_as_latin_1",
        "body_normalized",
        "body_truncated",
        "body_too_large",
        "body_not_json",
        "body_is_object_object",
        "body_empty",
        "body_letters_lost",
        "signed_body_only",
        "signed_with_dot",
        "signed_seconds",
        "signed_date",
        "signed_nonce",
        "signed_quoted_body",
        "signed_url",
        "refused_of_webhook",
        "refused_with_letters",
        "refused_if_large",
        "refused_since",
    ]
    | Literal["refused_until"]
)
# </generated>
"""What `diagnose` finds."""

EventKind: TypeAlias = Literal["record", "metadata"] | Literal["unknown"]
"""Which envelope an event came in."""

Action: TypeAlias = Literal["created", "updated", "deleted"] | Literal["destroyed", "restored"]
"""What happens to records. `event.action` can be another text, which a later version of Twenty sends."""
