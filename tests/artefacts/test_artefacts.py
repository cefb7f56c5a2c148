"""Every file in the folder that ARTEFACTS names: what it says about the code of others in it, and what it needs to run."""

import io
import json
import os
import re
import tarfile
import zipfile
from functools import cache
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = sorted(file for file in Path(os.environ["ARTEFACTS"]).iterdir() if file.suffix != ".json")
NOTICES = "LICENSE-THIRD-PARTY"


@cache
def contents(artefact: Path) -> dict[str, bytes]:
    """By path in the archive."""
    data = artefact.read_bytes()
    if artefact.suffix == ".whl":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = [(member.name, archive.extractfile(member)) for member in archive if member.isfile()]
        return {name: file.read() for name, file in files if file is not None}


def compiled(artefact: Path) -> list[bytes]:
    return [data for data in contents(artefact).values() if data.startswith((b"\x7fELF", b"\0asm", b"MZ", b"\xcf\xfa\xed\xfe"))]


def notices(artefact: Path) -> str:
    found = [data for name, data in contents(artefact).items() if name.rpartition("/")[2] == NOTICES]
    assert len(found) == 1, f"{artefact.name} holds {len(found)} files named {NOTICES}"
    return found[0].decode()


def bill(artefact: Path) -> dict[str, list[dict[str, str]]]:
    return json.loads(artefact.with_name(f"{artefact.name}.cdx.json").read_text())


def crates_named_by_panics(program: bytes) -> set[tuple[str, str]]:
    """Where code can panic the compiler leaves the path of its source: another witness than cargo of what is linked."""
    places = re.findall(rb"/(?:crates/[^/]+|rust/deps)/([\w-]+?)-(\d[\w.+-]*)/", program)
    return {(name.decode(), version.decode()) for name, version in places}


WITH_CODE = [artefact for artefact in ARTEFACTS if compiled(artefact)]
NATIVE = [artefact for artefact in WITH_CODE if not compiled(artefact)[0].startswith(b"\0asm")]
each = pytest.mark.parametrize("artefact", ARTEFACTS, ids=lambda file: file.name)
each_with_code = pytest.mark.parametrize("artefact", WITH_CODE, ids=lambda file: file.name)
each_native = pytest.mark.parametrize("artefact", NATIVE, ids=lambda file: file.name)


def test_there_is_something_to_look_at() -> None:
    assert NATIVE


@each_with_code
def test_the_notices_name_each_crate_of_the_bill_with_its_licence(artefact: Path) -> None:
    lines = notices(artefact).splitlines()
    for component in bill(artefact)["components"]:
        assert f"- {component['name']} {component['version']}" in "\n".join(line.split(":")[0] for line in lines)
        assert sum(f"{component['name']} {component['version']}" in line for line in lines) > 1, "no text is for it"


@each_native
def test_every_crate_that_left_a_trace_in_the_code_is_in_notices_and_bill(artefact: Path) -> None:
    text = notices(artefact)
    named = {(component["name"], component["version"]) for component in bill(artefact)["components"]}
    traces = set[tuple[str, str]]().union(*map(crates_named_by_panics, compiled(artefact)))
    assert len(traces) > 5
    assert traces <= named
    assert [f"{name} {version}" for name, version in traces if f"- {name} {version}:" not in text] == []


@each_with_code
def test_the_licences_that_want_their_text_beside_a_binary_are_there(artefact: Path) -> None:
    text = " ".join(notices(artefact).split())
    assert "Unicode, Inc." in text
    assert "The Rust Project" in text
    assert "Permission is hereby granted, free of charge" in text
    if "- encoding_rs " in text:
        assert "Copyright © WHATWG" in text
        assert "Redistributions in binary form must reproduce the above copyright notice" in text
    if "- ring " in text:
        assert "Brian Smith" in text
        assert "distributing code linked against BoringSSL" in text
    if "musl" in artefact.name and "cli" in artefact.name:
        assert "musl as a whole is licensed under" in text


@each
def test_the_bill_of_materials_is_valid_and_names_its_artefact(artefact: Path) -> None:
    text = artefact.with_name(f"{artefact.name}.cdx.json").read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    component = json.loads(text)["metadata"]["component"]
    name, version = component["name"], component["version"]
    wanted = f"{name.replace('-', '_')}-{version}" if artefact.name.startswith("twenty_") else f"{name}-{version}"
    assert artefact.name.startswith(wanted)
    assert all(word not in text for word in ["timestamp", "serialNumber", str(ROOT)])


@each
def test_nothing_names_the_folder_it_was_built_in(artefact: Path) -> None:
    assert [name for name, data in contents(artefact).items() if str(ROOT).encode() in data] == []


@each_native
def test_it_runs_on_the_glibc_it_promises(artefact: Path) -> None:
    programs = [data for data in compiled(artefact) if data.startswith(b"\x7fELF")]
    wheel = re.search(r"manylinux_2_(\d+)", artefact.name)
    promised = (2, int(wheel[1]) if wheel else 28)
    for program in programs:
        needed = glibc_versions(program)
        assert bool(needed) != ("musl" in artefact.name), "what is for musl needs no glibc"
        assert max(needed, default=promised) <= promised


def glibc_versions(program: bytes) -> set[tuple[int, ...]]:
    sections = ELFFile(io.BytesIO(program)).iter_sections()
    needed = [section for section in sections if isinstance(section, GNUVerNeedSection)]
    names = [version.name for section in needed for _, versions in section.iter_versions() for version in versions]
    return {tuple(map(int, name[6:].split("."))) for name in names if name.startswith("GLIBC_")}
