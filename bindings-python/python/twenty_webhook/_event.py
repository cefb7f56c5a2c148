"""What a payload says."""

from __future__ import annotations

import json
from typing import Any, Literal, NoReturn, TypeVar, cast

from twenty_webhook import _core

R = TypeVar("R")


class Event:
    """What a payload says: which event, of which object, and the record. `Delivery.event` makes it; it is immutable.

    Absent fields are `None`. `record`, `properties` and `payload` are plain dictionaries and lists, as `json.loads`
    makes them; numbers keep the type they were sent in.
    """

    __slots__ = ("_fields",)
    __hash__ = None  # type: ignore[assignment]

    _fields: dict[str, Any]

    def __init__(self, fields: dict[str, Any], /) -> None:
        object.__setattr__(self, "_fields", fields)

    @property
    def kind(self) -> Literal["record", "metadata", "unknown"]:
        """Whether something happened to a record, to the workspace's data model, or nobody knows yet what."""
        return cast(Literal["record", "metadata", "unknown"], self._fields["kind"])

    @property
    def name(self) -> str | None:
        """Today's name, such as `person.created`, whatever era the payload is of."""
        return cast("str | None", self._fields["name"])

    @property
    def object(self) -> str | None:
        """The first part of a record event's name: `person`, or a custom object."""
        return cast("str | None", self._fields["object"])

    @property
    def action(self) -> str | None:
        """`created`, `updated`, `deleted`, `destroyed`, `restored`, `upserted`, or what newer versions send."""
        return cast("str | None", self._fields["action"])

    @property
    def record(self) -> dict[str, Any] | None:
        """The record after the change, or before it for `destroyed`."""
        return cast("dict[str, Any] | None", self._fields["record"])

    def record_as(self, shape: type[R]) -> R | None:
        """The same record for type checkers: `event.record_as(Person)`, with a `TypedDict`. Nothing is checked."""
        return cast("R | None", self._fields["record"])

    @property
    def updated_fields(self) -> list[str]:
        """The names of the changed fields; empty where the payload has none."""
        return cast("list[str]", self._fields["updatedFields"])

    @property
    def occurred_at(self) -> str | None:
        """When it happened, as sent. Freshness is judged by `Delivery.timestamp`, never by this."""
        return cast("str | None", self._fields["occurredAt"])

    @property
    def workspace_id(self) -> str | None:
        """The workspace it happened in."""
        return cast("str | None", self._fields["workspaceId"])

    @property
    def webhook_id(self) -> str | None:
        """The subscription: the same on every delivery, so nothing to de-duplicate by."""
        return cast("str | None", self._fields["webhookId"])

    @property
    def user_id(self) -> str | None:
        """Who did it; absent for API keys and the system."""
        return cast("str | None", self._fields["userId"])

    @property
    def workspace_member_id(self) -> str | None:
        """The same person as a member of the workspace."""
        return cast("str | None", self._fields["workspaceMemberId"])

    @property
    def object_metadata_id(self) -> str | None:
        """The definition of the record's object."""
        return cast("str | None", self._fields["objectMetadataId"])

    @property
    def target_url(self) -> str | None:
        """The address it was sent to, with whatever token is in it."""
        return cast("str | None", self._fields["targetUrl"])

    @property
    def metadata_name(self) -> str | None:
        """What kind of metadata a metadata event is about."""
        return cast("str | None", self._fields["metadataName"])

    @property
    def record_id(self) -> str | None:
        """The record's id, or that of the metadata."""
        return cast("str | None", self._fields["recordId"])

    @property
    def properties(self) -> dict[str, Any] | None:
        """A metadata event's `before`, `after`, `updatedFields`, `diff`."""
        return cast("dict[str, Any] | None", self._fields["properties"])

    @property
    def payload(self) -> Any:
        """The parsed whole of an unknown event; `None` for what is not JSON."""
        return self._fields["payload"]

    def matches(self, pattern: str) -> bool:
        """Whether it matches a pattern: `person.created`, `person.*`, `*.created`, `*.*`, `metadata.*.*`."""
        if not isinstance(pattern, str):
            raise TypeError(f"a pattern must be a str, not {type(pattern).__name__}")
        name = self.name
        return _core.matches(self.kind, name and _spelt(name), _spelt(pattern))

    def __repr__(self) -> str:
        return f"Event(kind={self.kind!r}, name={self.name!r}, record_id={self.record_id!r})"

    def __eq__(self, other: Any) -> bool:
        return self._fields == other._fields if isinstance(other, Event) else NotImplemented

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._fields,)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"an Event is immutable: cannot set {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"an Event is immutable: cannot delete {name}")


def _spelt(text: str) -> str:
    """As JSON spells it: another text for another text, also of unpaired surrogates, and `.` and `*` are themselves."""
    return json.dumps(str.__str__(text))[1:-1]
