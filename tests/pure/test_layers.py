"""The rooms of the project: imports point downwards only, imports inside functions included."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

CATALOG = Path(__file__).resolve().parents[2] / "catalog"

# From the ground up; a room may use what stands before it in this list.
ROOMS = [
    ["terms", "imported_fields"],
    ["identifiers", "citations"],
    ["dataset"],
    ["dates", "converters", "addresses"],
    ["models", "bulk"],
    [
        "standing",
        "on_day",
        "titles",
        "brief",
        "provenance",
        "corrections",
        "state_summary",
        "history",
        "state_lines",
        "resolver",
        "search",
    ],
    ["import_words", "pictures", "figures"],
    ["curation", "importer"],
    ["filters"],
    ["templatetags", "views", "api", "admin", "management", "context"],
    ["middleware", "urls", "apps", "editors_site"],
]
LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}
PURE = {"terms", "imported_fields", "identifiers", "citations", "dataset"}
# Doors of one level do not use each other; services of one level may, if no circle grows.
CLOSED = {"templatetags", "views", "api", "admin", "management"}


def imports_of(path: Path) -> set[str]:
    """Return every module that a file imports, at the top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def room_of(path: Path) -> str:
    """Return the room in which a file stands."""
    return path.relative_to(CATALOG).parts[0].removesuffix(".py")


FILES = [
    path
    for path in sorted(CATALOG.rglob("*.py"))
    if room_of(path) not in ("migrations", "__init__")
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CATALOG)))
def test_imports_point_downwards(path):
    room = room_of(path)
    assert room in LEVEL, f"{room} has no place in the plan"
    for module in imports_of(path):
        parts = module.split(".")
        if parts[0] != "catalog" or len(parts) < 2 or parts[1] not in LEVEL or parts[1] == room:
            continue
        assert LEVEL[parts[1]] <= LEVEL[room], f"{room} uses {module}, which stands above it"
        if room in CLOSED:
            assert parts[1] not in CLOSED, f"one door ({room}) uses another ({module})"


@pytest.mark.parametrize(
    "path", [path for path in FILES if room_of(path) in PURE], ids=lambda path: path.name
)
def test_pure_rooms_do_not_know_django(path):
    assert not {module for module in imports_of(path) if module.startswith("django")}


def test_no_circle_between_the_services():
    uses: dict[str, set[str]] = {}
    for path in FILES:
        for module in imports_of(path):
            parts = module.split(".")
            if parts[0] == "catalog" and len(parts) > 1 and parts[1] in LEVEL:
                uses.setdefault(room_of(path), set()).add(parts[1])
    for room, used in uses.items():
        for other in used - {room}:
            assert room not in uses.get(other, set()), f"{room} and {other} use each other"
