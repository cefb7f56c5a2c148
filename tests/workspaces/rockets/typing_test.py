"""What the types of a workspace do for its handlers: an error that is not raised is an unused ignore, which is one too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_type

import models
import records
from twenty_webhook import Event


@dataclass
class NoRecord:
    id: str


def what_a_typed_dict_gives(event: Event) -> None:
    rocket = event.record_as(records.Rocket)
    assert_type(rocket, records.Rocket | None)
    if rocket is None:
        return
    assert_type(rocket.get("motto"), str | None)
    if "motto" in rocket:
        assert_type(rocket["motto"], str)
    assert_type(rocket.get("stageCount"), int | float | None)
    assert_type(rocket.get("thrust"), int | float | str | None)
    assert_type(rocket.get("status"), str | None)
    assert_type(rocket.get("orbits"), list[str] | None)
    assert_type(rocket.get("factory"), records.Address | None)
    assert_type(rocket.get("blueprints"), list[records.FileItem] | None)
    assert_type(rocket.get("orbit"), Any | None)
    assert_type(rocket.get("class"), str | None)
    assert_type(rocket.get("list"), str | None)
    assert_type(rocket.get("payloadSatelliteId"), str | None)
    rocket["mottto"]  # type: ignore[typeddict-item]  # pyright: ignore


def what_a_model_gives(event: Event) -> None:
    rocket = event.record_as(models.Rocket)
    assert_type(rocket, models.Rocket | None)
    if rocket is None:
        return
    assert_type(rocket.motto, str | None)
    assert_type(rocket.stageCount, int | float | None)
    assert_type(rocket.factory, models.Address | None)
    assert_type(rocket.class_, str | None)
    assert_type(rocket.list_, str | None)
    print(rocket.mottto)  # type: ignore[attr-defined]  # pyright: ignore


def what_is_refused(event: Event) -> None:
    event.record_as(NoRecord)  # type: ignore[type-var]  # pyright: ignore
    event.record_as(dict)  # type: ignore[type-var]  # pyright: ignore
    event.record_as(dict[str, Any])  # type: ignore[type-var]  # pyright: ignore
    event.record_as("Rocket")  # type: ignore[call-overload]  # pyright: ignore
    event.record_as(models.Rocket())  # type: ignore[call-overload]  # pyright: ignore
    event.record_as()  # type: ignore[call-overload]  # pyright: ignore
