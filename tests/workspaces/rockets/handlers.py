"""The handlers of docs/types.md."""

from __future__ import annotations

import models
from records import Rocket
from twenty_webhook import Delivery, Event


def on_rocket(event: Event, delivery: Delivery) -> None:
    rocket = event.record_as(Rocket)
    if rocket is not None and rocket.get("status") == "LAUNCHED":
        print(rocket.get("motto"), rocket.get("class"))


def on_checked_rocket(event: Event, delivery: Delivery) -> None:
    rocket = event.record_as(models.Rocket)
    if rocket is not None and rocket.status == "LAUNCHED":
        print(rocket.motto, rocket.class_)
