"""`Event.record_as`, with each kind of shape."""

from __future__ import annotations

import json
from collections import namedtuple
from dataclasses import dataclass
from typing import Any, Self, TypedDict

import pytest
from twenty_webhook import Event
from twenty_webhook.records import AnyRecord, Person

EVENT = Event.read(b'{"eventName":"rocket.created","record":{"id":"7","class":"heavy"}}')
NONE = Event.read(b'{"eventName":"metadata.a.b","event":{"metadataName":"a"}}')

Keys = TypedDict("Keys", {"class": "str | None"}, total=False)


class Rocket(Keys, total=False):
    id: str


class NotOfThisRecord(TypedDict):
    thrust: int


class Model:
    """What a model of pydantic does, as far as it matters here."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.record = record

    @classmethod
    def model_validate(cls, record: Any) -> Self:
        if "id" not in record:
            raise LookupError("no id")
        return cls(record)


@pytest.mark.parametrize("shape", [Rocket, Keys, NotOfThisRecord, Person, AnyRecord])
def test_a_typed_dict_is_for_type_checkers(shape: Any) -> None:
    assert EVENT.record_as(shape) is EVENT.record
    assert NONE.record_as(shape) is None


def test_a_model_validates() -> None:
    rocket = EVENT.record_as(Model)
    assert type(rocket) is Model
    assert rocket.record is EVENT.record
    assert NONE.record_as(Model) is None


def test_what_a_model_raises_is_raised() -> None:
    event = Event.read(json.dumps({"eventName": "rocket.created", "record": {}}))
    with pytest.raises(LookupError, match="no id"):
        event.record_as(Model)


@dataclass
class Data:
    id: str


class Plain:
    id: str


class Broken:
    model_validate = None


@pytest.mark.parametrize(
    ("shape", "named"),
    [
        (Data, "<class '.*Data'>"),
        (Plain, "<class '.*Plain'>"),
        (namedtuple("Named", "id"), "<class '.*Named'>"),
        (dict, "<class 'dict'>"),
        (dict[str, Any], "GenericAlias"),
        (TypedDict, "function|_TypedDictMeta|TypedDict"),
        ("Rocket", "str"),
        (Model({}), "Model"),
        ({}, "dict"),
        (None, "NoneType"),
        (lambda record: record, "function"),
        (Broken, "<class '.*Broken'>"),
    ],
)
def test_anything_else_is_no_shape(shape: Any, named: str) -> None:
    for event in [EVENT, NONE]:
        with pytest.raises(
            TypeError, match=f"^a shape must be a TypedDict or a class with model_validate, not (?:{named})$"
        ):
            event.record_as(shape)
    with pytest.raises(TypeError):
        EVENT.record_as()  # type: ignore[call-overload]
