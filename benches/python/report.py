"""What was measured, as a table for people and as rows for programs."""

from __future__ import annotations

import json
import platform
import ssl
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import harness
from harness import Task, Timing


@dataclass(frozen=True)
class Row:
    case: str
    bytes: int
    peer: str
    timing: Timing | None
    """Nothing in a smoke run."""


class Report:
    def __init__(self, is_smoke: bool) -> None:
        self.is_smoke = is_smoke
        self._rows: list[Row] = []
        self._left_out: list[str] = []

    def compare(self, case: str, size: int, peer: str, ours: Task, theirs: Task) -> None:
        """Measures ours against a peer in turns, and keeps the row."""
        if self.is_smoke:
            ours.once()
            theirs.once()
            self.row(case, size, peer, None)
        else:
            self.row(case, size, peer, harness.compare(ours, theirs))

    def row(self, case: str, size: int, peer: str, timing: Timing | None) -> None:
        self._rows.append(Row(case, size, peer, timing))

    def leave_out(self, case: str, peer: str, reason: str) -> None:
        self._left_out.append(f"{case}: {peer} is left out: {reason}")

    def print(self) -> None:
        for line in self._left_out:
            print(line)
        if self.is_smoke:
            print(f"{len(self._rows)} comparisons ran once, every result as expected")
            return
        print(f"\n{'case':<30} {'bytes':>8}  {'peer':<40} {'peer ns':>12} {'ours ns':>12} {'ratio':>7}")
        for row, timing in self._timed():
            figures = f"{timing.peer_ns:>12.0f} {timing.ours_ns:>12.0f} {timing.ratio:>7.2f}"
            print(f"{row.case:<30} {row.bytes:>8}  {row.peer:<40} {figures}")

    def write_json(self, file: Path) -> None:
        rows = [
            {
                "language": "python",
                "runtime": RUNTIME,
                "case": row.case,
                "bytes": row.bytes,
                "peer": row.peer,
                "peer_ns": timing.peer_ns,
                "ours_ns": timing.ours_ns,
                "ratio": timing.ratio,
            }
            for row, timing in self._timed()
        ]
        file.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")

    def _timed(self) -> list[tuple[Row, Timing]]:
        return [(row, row.timing) for row in self._rows if row.timing is not None]


RUNTIME = f"{platform.python_implementation()} {platform.python_version()}"


def header() -> str:
    """Says what must be known to read the figures."""
    peers = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{RUNTIME} on {platform.machine()} {platform.system()}, {ssl.OPENSSL_VERSION}\n"
        f"{peers}\n"
        "Everyone verifies a signed copy of the same body, from a plain dict of ten headers, by its documented usage.\n"
        "An event of ours is also brought to one shape whichever version of Twenty sent it; the peers only parse.\n"
        "Times are processor time: what else the machine does is not in them.\n"
        "ratio = the peer's time / ours: above 1 ours is faster"
    )


PACKAGES = ["twenty-webhook", "standardwebhooks", "svix", "stripe", "slack-sdk", "orjson", "rfc8785"]


def kilobytes(size: int) -> str:
    """A size for a name: 0.36, 2, 200."""
    return f"{size / 1000:g} kB"
