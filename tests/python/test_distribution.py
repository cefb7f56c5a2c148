"""What the wheel holds beside the modules."""

from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_no_file_names_the_folder_it_was_built_in() -> None:
    files = distribution("twenty-webhook").files or []
    assert len(files) > 10
    named = [str(file) for file in files if str(ROOT).encode() in file.locate().read_bytes()]
    # What pip writes names where the wheel lay and where it was put.
    assert [file for file in named if not file.endswith((".pyc", "direct_url.json"))] == []
