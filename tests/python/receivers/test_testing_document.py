"""The Python of docs/testing.md: its tests pass, under pytest."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from processes import HERE

DOCUMENT = (HERE.parents[2] / "docs" / "testing.md").read_text()
BLOCKS = {
    title: re.findall(r"^```python\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    for title, section in re.findall(r"^### (\w+)\n(.*?)(?=^##)", DOCUMENT, re.DOTALL | re.MULTILINE)
}


def test_the_page_has_the_clients_of_each_framework() -> None:
    assert {title: len(blocks) for title, blocks in BLOCKS.items()} == {"FastAPI": 1, "Flask": 1, "Django": 1}


@pytest.mark.parametrize("title", BLOCKS)
def test_what_the_page_shows_passes(title: str, tmp_path: Path) -> None:
    (block,) = BLOCKS[title]
    (tmp_path / "test_receiver.py").write_text(block)
    pytest_quietly = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_receiver.py"]
    told = subprocess.run(pytest_quietly, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert told.stdout.splitlines()[-1].startswith(f"{block.count('def test_')} passed"), told.stdout
