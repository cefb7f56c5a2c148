"""Where receivers write what they refuse and what fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from twenty_webhook._guard import UserCodeError, called


class Log:
    """A logger of the user's, which cannot do any harm; `None` for none."""

    def __init__(self, logger: Any) -> None:
        if logger is not None and not callable(getattr(logger, "log", None)):
            raise TypeError(f"logger must have log, as those of logging have, which {type(logger).__name__} has not")
        self._logger = logger
        self._write: Callable[[int, str, BaseException | None], object] = (
            self._to_loguru if type(logger).__module__.partition(".")[0] == "loguru" else self._to_logger
        )

    def write(self, level: int, line: str, trace: BaseException | None = None) -> None:
        if self._logger is None:
            return
        try:
            called(self._write, level, line, trace)
        except UserCodeError as raised:
            with suppress(UserCodeError):  # Most often it is the same handler of logging that raises again.
                called(logging.getLogger(__name__).error, "the logger raised an exception", exc_info=raised.cause)

    def _to_logger(self, level: int, line: str, trace: BaseException | None) -> Any:
        """Without arguments the line is not formatted again, whatever the logger formats with."""
        return self._logger.log(level, line, exc_info=trace) if trace else self._logger.log(level, line)

    def _to_loguru(self, level: int, line: str, trace: BaseException | None) -> Any:
        """It formats as soon as anything is named, knows levels by name, and takes exceptions so."""
        return self._logger.opt(exception=trace).log(logging.getLevelName(level), line)
