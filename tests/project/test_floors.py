"""The house has floors: a room imports only from floors below its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from project import paths

FLOORS = {
    "project": 0,
    "ingest": 1,
    "query": 1,
    "expectations": 2,
    "report": 2,
    "export": 2,
    "spark": 2,
    "refresh": 3,
    "xuewei": 4,
}
SOURCES = [
    file
    for name in FLOORS
    for file in [*(paths.root() / name).rglob("*.py"), paths.root() / f"{name}.py"]
    if file.exists()
]


def room_of(file: Path) -> str:
    return file.relative_to(paths.root()).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[str]:
    """Top-level names of the modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("room", FLOORS)
def test_a_room_imports_only_from_floors_below(room: str) -> None:
    upwards = [
        f"{file.relative_to(paths.root())} imports {name}"
        for file in SOURCES
        if room_of(file) == room
        for name in imports(file)
        if name in FLOORS and name != room and FLOORS[name] >= FLOORS[room]
    ]
    assert upwards == []


def test_every_room_has_a_floor() -> None:
    rooms = {folder.parent.name for folder in paths.root().glob("*/__init__.py")}
    assert rooms - set(FLOORS) == set()


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in SOURCES}
    assert [f"{file.name}: {length}" for file, length in lengths.items() if length > 300] == []
