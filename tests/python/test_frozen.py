"""Frozen programs (PyInstaller, cx_Freeze) hold the modules that an import statement of some module names."""

from __future__ import annotations

import re
from modulefinder import ModuleFinder
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "bindings-python" / "src"


def test_import_statements_name_what_the_native_part_imports(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("import twenty_webhook\n", "utf-8")
    finder = ModuleFinder()
    finder.run_script(str(program))
    imported = imported_from_rust()
    assert {"twenty_webhook._errors", "twenty_webhook._host", "twenty_webhook._moments"} <= imported
    assert imported - set(finder.modules) == set()


def imported_from_rust() -> set[str]:
    """What `python!` and `import_exception!` name; a module that is imported in any other way must be seen here, too."""
    rust = "".join(source.read_text("utf-8") for source in SOURCES.glob("*.rs"))
    [called] = re.findall(r"^python! \{\n(.*?)^\}", rust, re.MULTILINE | re.DOTALL)
    ours = {f"twenty_webhook.{name}" for name in re.findall(r"^ +(\w+):", called, re.MULTILINE)}
    others = re.findall(r"^import_exception!\(([\w.]+),", rust, re.MULTILINE)
    literal = re.findall(r'(?:PyModule::import|\.import)\(\w+(?:\.py\(\))?, c?"([\w.]+)"', rust)
    return ours | set(others) | set(literal)
