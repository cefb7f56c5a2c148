"""Django's clients for tests, which find in each answer what they find in others."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from deliveries import record, signed
from django.test import AsyncClient, Client, SimpleTestCase
from frameworks import FRAMEWORKS

(VIEW,) = (one for one in FRAMEWORKS if one.name == "django")
(ASYNC_VIEW,) = (one for one in FRAMEWORKS if one.name == "django-async")


def answered(is_async: bool, background: bool, client: Any) -> Any:
    body = record()
    post = {"data": body, "content_type": "application/json", "headers": signed(body)}
    if not is_async:
        view = VIEW.receiver(background=background).made
        response = client.post("/", **post)
        view.drain()
        return response

    async def ask() -> Any:
        view = ASYNC_VIEW.receiver(background=background, on_outcome=lambda _: None).made
        response = await client.post("/", **post)
        await view.drain()
        return response

    return asyncio.run(ask())


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize(("is_async", "client"), [(False, Client()), (True, AsyncClient())])
def test_an_answer_can_be_looked_at(is_async: bool, background: bool, client: Any) -> None:
    response = answered(is_async, background, client)
    word = "accepted" if background else "handled"
    text = f'{{"outcome":"{word}"}}'
    assert (response.status_code, response.json(), response.text) == (200, {"outcome": word}, text)
    assert response.content == response.getvalue() == b"".join(response) == text.encode()
    for _ in range(2):
        SimpleTestCase().assertContains(response, word, count=1)
    assert response.headers["Content-Length"] == str(len(text))
