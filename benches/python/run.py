"""Side by side with peers: verification, events, canonical text, the first verdict of a process, the cost of a byte.

It prints a table; `--json` also writes the rows; `--smoke` runs everything once, checks every result and times nothing.
The checks are made before timing too: the speed of a wrong answer is no figure.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

import canonical
import event
import per_byte
import startup
import verify
from report import Report, header


def main() -> None:
    arguments = _arguments()
    bodies, texts = _inputs(arguments.bodies)
    report = Report(arguments.smoke)
    print(header())
    verify.run(report, bodies)
    event.run(report, bodies)
    canonical.run(report, texts)
    startup.run(report, bodies[0])
    per_byte.run(report, bodies[-1])
    report.print()
    if arguments.json is not None:
        report.write_json(arguments.json)


class Arguments(NamedTuple):
    bodies: Path
    smoke: bool
    json: Path | None


def _arguments() -> Arguments:
    parser = argparse.ArgumentParser(description="Side by side with peers.")
    parser.add_argument("--bodies", type=Path, required=True, metavar="FILE", help="what benches/inputs prints")
    parser.add_argument("--smoke", action="store_true", help="run everything once, check the results, time nothing")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows to a file, too")
    given = parser.parse_args()
    if given.smoke and given.json:
        parser.error("--smoke times nothing, so --json has nothing to write")
    return Arguments(given.bodies, given.smoke, given.json)


def _inputs(file: Path) -> tuple[list[bytes], dict[str, str]]:
    """Events from the smallest to the largest, and the texts whose canonical form is measured."""
    inputs = json.loads(file.read_bytes())
    texts: dict[str, str] = inputs.pop("canonical")
    sizes = sorted(inputs, key=int)
    bodies = [inputs[size].encode() for size in sizes]
    assert [len(body) for body in bodies] == [int(size) for size in sizes], "every body is as long as its name says"
    return bodies, texts


if __name__ == "__main__":
    main()
