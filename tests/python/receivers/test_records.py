"""The types of a workspace at run time: with pydantic itself, and with names that would be code."""

from __future__ import annotations

import importlib.util
import json
import sys
import warnings
from types import ModuleType
from typing import Any, get_type_hints

import pytest
from processes import HERE
from pydantic import ValidationError
from twenty_webhook import Event
from twenty_webhook.testing import sample

WORKSPACES = HERE.parents[1] / "workspaces"
RECORD: dict[str, Any] = json.loads((WORKSPACES / "rockets" / "record.json").read_text())


def module(file: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Executes what was generated. A warning is an error."""
    name = file.replace("/", "_")
    spec = importlib.util.spec_from_file_location(name, WORKSPACES / f"{file}.py")
    assert spec is not None
    assert spec.loader is not None
    generated = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, generated)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    with warnings.catch_warnings(action="error"):
        spec.loader.exec_module(generated)
    return generated


def event_of(record: dict[str, Any]) -> Event:
    return Event.read(json.dumps({"eventName": "rocket.created", "record": record}))


def test_a_model_of_pydantic_takes_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    models = module("rockets/models", monkeypatch)
    for name, model in [("rocket.updated", models.Rocket), ("person.created", models.Person)]:
        payload = sample(name, {"record": {"motto": "Up"}})
        record = Event.read(json.dumps(payload)).record_as(model)
        assert type(record) is model
        assert record.model_dump(by_alias=True, exclude_unset=True) == payload["record"]


def test_a_model_of_pydantic_takes_a_genuine_record(monkeypatch: pytest.MonkeyPatch) -> None:
    models = module("rockets/models", monkeypatch)
    rocket = event_of(RECORD).record_as(models.Rocket)
    assert type(rocket) is models.Rocket
    assert (rocket.motto, rocket.stageCount, rocket.status) == ("Up", 3, "SCRUBBED")
    assert (rocket.class_, rocket.list_, rocket.orbit) == ("heavy", None, [7])
    assert rocket.hotlines.additionalPhones[0].callingCode == "+1"
    assert rocket.model_extra == {"addedSince": True}
    assert rocket.model_dump(by_alias=True, exclude_unset=True) == RECORD
    assert event_of({}).record_as(models.Rocket) == models.Rocket()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("motto", 7),
        ("stageCount", "three"),
        ("orbits", "LOW"),
        ("price", {"currencyCode": 978}),
        ("hotlines", {"additionalPhones": [{"number": 1}]}),
        ("class", 1),
    ],
)
def test_it_refuses_a_wrong_one(field: str, wrong: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    models = module("rockets/models", monkeypatch)
    with pytest.raises(ValidationError) as refused:
        event_of({**RECORD, field: wrong}).record_as(models.Rocket)
    assert refused.value.errors()[0]["loc"][0] == field


def texts() -> list[str]:
    """The names of an object's fields, any of which is code somewhere."""
    metadata = json.loads((WORKSPACES / "hostile" / "metadata.json").read_text())
    nodes = [edge["node"] for edge in metadata["data"]["objects"]["edges"]]
    (fields,) = [node["fields"]["edges"] for node in nodes if node["nameSingular"] == "class"]
    return [field["node"]["name"] for field in fields if field["node"]["type"] == "TEXT" and field["node"]["name"]]


def test_hostile_names_are_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    models, records = module("hostile/models", monkeypatch), module("hostile/records", monkeypatch)
    names = texts()
    assert len(names) > 70
    record = {name: f"of {name}" for name in names}
    model: Any = event_of(record).record_as(models.Class)
    assert model.model_dump(by_alias=True, exclude_unset=True) == record
    assert model.model_extra == {}
    assert set(names) <= get_type_hints(records.Class).keys()
