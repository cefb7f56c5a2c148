"""From before the first import to the first verdict, in fresh processes that take turns."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from harness import Timing
from report import Report


def run(report: Report, body: bytes) -> None:
    # Not counted: it compiles what is not compiled yet, and brings the files into memory.
    _round(body, CONTENDERS)
    if report.is_smoke:
        rounds = []
    else:
        rounds = [_round(body, CONTENDERS if index % 2 == 0 else CONTENDERS[::-1]) for index in range(ROUNDS)]
    for name, peer in PEERS.items():
        timing = Timing.median_of([(elapsed["ours"], elapsed[name]) for elapsed in rounds]) if rounds else None
        report.row("import to first verdict", len(body), peer, timing)


ROUNDS = 21

PEERS = {
    "by_hand": "hmac.new by hand",
    "standardwebhooks": "standardwebhooks, parses JSON",
    "svix": "svix",
    "stripe": "stripe construct_event, parses JSON",
    "slack": "slack-sdk",
}
CONTENDERS = ["ours", *PEERS]


def _round(body: bytes, names: list[str]) -> dict[str, int]:
    return {name: _elapsed(body, name) for name in names}


def _elapsed(body: bytes, name: str) -> int:
    """Isolated, so that the folder of the script is not where every import is looked for first."""
    command = [sys.executable, "-I", str(Path(__file__).with_name("first_verdict.py")), name]
    printed = subprocess.run(command, input=body, stdout=subprocess.PIPE, check=True).stdout
    assert printed, f"{name} accepts a body that was not signed"
    return int(printed)
