"""Runs the cases that cases.mjs wrote, and the published numbers, against the installed package: python.py CASES NUMBERS"""

from __future__ import annotations

import hashlib
import json
import math
import struct
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from twenty_webhook import WebhookError, canonicalize


def main(file: str, lines: int) -> None:
    material = json.loads(Path(file).read_text("utf-8"))
    counts: Counter[str] = Counter()
    for case in material["cases"]:
        try:
            found: str | None = canonicalize(bytes.fromhex(case["inputHex"]))
        except WebhookError as error:
            assert error.code in ("payload_not_utf8", "payload_not_json", "payload_too_deep"), error
            found = None
        assert found == case["expected"], (case["suite"], case["name"], found)
        counts[case["suite"]] += 1
    print("Python:", dict(counts))
    if material["numbers"]:
        check_numbers(material["numbers"], lines)


def check_numbers(numbers: dict[str, Any], lines: int) -> None:
    digest = hashlib.sha256()
    for number in islice(sequence(numbers["begin"]), lines):
        (bits,) = struct.unpack(">Q", struct.pack(">d", number))
        digest.update(f"{bits:x},{canonicalize(repr(number))}\n".encode())
    assert digest.hexdigest() == numbers["digests"][str(lines)]
    print(f"Python: {lines} numbers have the published digest")


def sequence(begin: list[str]) -> Iterator[float]:
    """The doubles that RFC 8785's author publishes."""
    for bits in [*(int(bits, 16) for bits in begin), *(0x0010000000000000 + serial for serial in range(2000))]:
        yield struct.unpack(">d", bits.to_bytes(8))[0]
    block = bytes(32)
    while True:
        block = hashlib.sha256(block).digest()
        for number in struct.unpack("<4d", block):
            if number != 0 and math.isfinite(number):
                yield number


main(sys.argv[1], int(sys.argv[2]))
