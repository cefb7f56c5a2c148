"""Where receivers write what becomes of requests."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

from twenty_webhook._guard import UserCodeError, called

Extra: TypeAlias = Mapping[str, object]


class Log:
    """A logger of the user's, which cannot do any harm; `None` for none."""

    def __init__(self, logger: Any) -> None:
        if logger is not None and not callable(getattr(logger, "log", None)):
            raise TypeError(f"logger must have log, as those of logging have, which {type(logger).__name__} has not")
        self._logger = logger
        self._is_enabled = getattr(logger, "isEnabledFor", None)
        self._write: Callable[[int, str, Extra | None, BaseException | None], object] = (
            self._to_loguru if type(logger).__module__.partition(".")[0] == "loguru" else self._to_logger
        )

    def wants_debug(self) -> bool:
        """Whether lines of that level are worth making; one that does not say so gets them."""
        if type(self._logger) is logging.Logger:
            return self._logger.isEnabledFor(logging.DEBUG)
        if self._is_enabled is None:
            return self._logger is not None
        try:
            return called(self._is_enabled, logging.DEBUG) is not False
        except UserCodeError:
            return True

    def write(self, level: int, line: str, extra: Extra | None = None, trace: BaseException | None = None) -> None:
        if self._logger is None:
            return
        try:
            called(self._write, level, line, extra, trace)
        except UserCodeError as raised:
            with suppress(UserCodeError):  # Most often it is the same handler of logging that raises again.
                called(logging.getLogger(__name__).error, "the logger raised an exception", exc_info=raised.cause)

    def _to_logger(self, level: int, line: str, extra: Extra | None, trace: BaseException | None) -> Any:
        """Without arguments the line is not formatted again, whatever the logger formats with."""
        named = {name: value for name, value in (("extra", extra), ("exc_info", trace)) if value is not None}
        return self._logger.log(level, line, **named)

    def _to_loguru(self, level: int, line: str, extra: Extra | None, trace: BaseException | None) -> Any:
        """It formats as soon as anything is named, knows levels by name, and takes exceptions so."""
        logger = self._logger.bind(**extra) if extra else self._logger
        return logger.opt(exception=trace).log(logging.getLevelName(level), line)
