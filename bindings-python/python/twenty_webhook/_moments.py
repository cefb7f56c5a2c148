"""Points in time, as Python has them and as the core counts them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from twenty_webhook._host import asked


def unix_millis(moment: Any) -> int:
    if not isinstance(moment, datetime):
        raise TypeError(f"a point in time must be an aware datetime, not {type(moment).__name__}")
    if asked("the time zone", moment.utcoffset) is None:
        raise ValueError("a point in time must be an aware datetime: use datetime.now(timezone.utc), not a naive one")
    millis: int = asked("the datetime", lambda: (moment - _EPOCH) // _MILLISECOND)
    if millis < 0:
        raise ValueError("a point in time must not be before 1970")
    return millis


def aware_datetime(millis: int) -> datetime:
    try:
        return _EPOCH + millis * _MILLISECOND
    except OverflowError:
        raise ValueError(f"no datetime can hold {millis} ms since 1970, which this tolerance allows") from None


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
