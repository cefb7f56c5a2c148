"""The claim of one delivery: asked for, waited for where it is late, given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from twenty_webhook._claims import Asking, NoAnswerError
from twenty_webhook._guard import cause_of, named, told
from twenty_webhook._types import Turn

if TYPE_CHECKING:
    from twenty_webhook._course import Course


async def claim(course: Course, key: str, ttl: float, window: float, within: float) -> Turn:
    store = course.receiver.store
    assert store is not None
    try:
        answer = await store.claim(course.receiver.runtime, within, key, ttl, window)
    except NoAnswerError as late:
        course.causes[_UNAVAILABLE] = late
        turn = course.exchange.tell("late claim")
        # Not before it is told to be late, lest it is taken to be in time.
        _await_late(course, late)
        return turn
    except Exception as fault:
        return _failed(course, cause_of(fault))
    return _answered(course, answer)


async def release(course: Course, asking: Asking, key: str, token: str, within: float) -> Turn:
    store = course.receiver.store
    assert store is not None
    try:
        await store.release(asking, within, key, token)
    except NoAnswerError as late:
        course.causes[_UNAVAILABLE] = late
        return course.exchange.tell("not released", cause=str(late))
    except Exception as fault:
        cause = course.causes[_UNAVAILABLE] = cause_of(fault)
        return course.exchange.tell("not released", cause=told(cause))
    return course.exchange.tell("released")


def _await_late(course: Course, late: NoAnswerError) -> None:
    """A store that never answers must not keep this request."""
    runtime, running, job = course.receiver.runtime, course.receiver.running, object()
    running.begin(job)
    waiting = [course]

    async def abandoned() -> None:
        try:
            await course.carried_out(course.exchange.tell("abandoned claim"), runtime)
        finally:
            running.end(job)

    def give_up() -> None:
        waiting.clear()
        runtime.go_on(abandoned())

    is_over = runtime.later(course.receiver.late_claim, give_up)

    async def settled(asking: Asking, answer: Callable[[], Any]) -> None:
        is_over()
        try:
            for one in waiting:
                await _settled(one, asking, answer)
        finally:
            running.end(job)

    late.afterwards(settled)


async def _settled(course: Course, asking: Asking, answer: Callable[[], Any]) -> None:
    try:
        turn = _answered(course, answer())
    except Exception as fault:
        turn = _failed(course, cause_of(fault))
    await course.carried_out(turn, asking)


def _answered(course: Course, answer: Any) -> Turn:
    """What is neither text nor `None` is odd, and text that could not be given back as it came; of other text the core judges."""
    if answer is None:
        return course.exchange.tell("held")
    if issubclass(type(answer), str):
        try:
            str.encode(answer)
        except UnicodeEncodeError:
            return course.exchange.tell("odd claim", "a str with unpaired surrogates")
        return course.exchange.tell("granted", answer)
    return course.exchange.tell("odd claim", named(answer))


def _failed(course: Course, cause: BaseException) -> Turn:
    course.causes[_UNAVAILABLE] = cause
    return course.exchange.tell("failed claim", cause=told(cause))


_UNAVAILABLE = "replay_store_unavailable"
