"""The rooms of the project: imports point downwards only, imports inside functions included."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.found import some

CATALOG = Path(__file__).resolve().parents[2] / "catalog"

# From the ground up; a room may use what stands before it in this list.
ROOMS = [
    ["terms"],
    ["rules"],
    ["identifiers", "citations"],
    ["dataset", "topics_by_rule"],
    ["converters", "addresses"],
    ["models"],
    ["protection", "works", "resolver", "databases", "stored_pages"],
    ["search"],
    ["wording", "charts"],
    ["writing"],
    ["curation", "importer", "timeline", "operations", "backups"],
    ["filters"],
    ["pages"],
    ["templatetags", "views", "api", "admin", "management", "context"],
    ["middleware", "urls", "apps", "editors_site"],
]
LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}
PURE = {"terms", "rules", "identifiers", "citations", "dataset", "topics_by_rule"}
# Doors of one level do not use each other; services of one level may, if no circle grows.
CLOSED = {"templatetags", "views", "api", "admin", "management"}


def imports_of(path: Path) -> set[str]:
    """Return every module that a file imports, at the top or inside a function."""
    found = set()
    for node in some(ast.walk(ast.parse(path.read_text()))):
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


def uses_of(path: Path) -> dict[str, str]:
    """Return the modules of other rooms that a file imports, each with its room."""
    found = {}
    for module in imports_of(path):
        parts = module.split(".")
        if parts[0] == "catalog" and len(parts) > 1 and parts[1] in LEVEL:
            found[module] = parts[1]
    return {module: room for module, room in found.items() if room != room_of(path)}


FILES = some(
    path
    for path in sorted(CATALOG.rglob("*.py"))
    if room_of(path) not in ("migrations", "__init__")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CATALOG)))
def test_imports_point_downwards(path):
    room = room_of(path)
    assert room in LEVEL, f"{room} has no place in the plan"
    uses = uses_of(path)
    above = [module for module, other in uses.items() if LEVEL[other] > LEVEL[room]]
    assert above == [], f"{room} uses what stands above it"
    doors = [module for module, other in uses.items() if {room, other} <= CLOSED]
    assert doors == [], f"one door ({room}) uses another"


@pytest.mark.parametrize(
    "path", some(path for path in FILES if room_of(path) in PURE), ids=lambda path: path.name
)
def test_pure_rooms_do_not_know_django(path):
    assert [module for module in imports_of(path) if module.startswith("django")] == []


@pytest.mark.slow
def test_no_circle_between_the_services():
    uses: dict[str, set[str]] = {}
    for path in FILES:
        uses.setdefault(room_of(path), set()).update(uses_of(path).values())
    pairs = [(room, other) for room, used in uses.items() for other in used]
    for room, other in some(pairs, at_least=50):
        assert room not in uses[other], f"{room} and {other} use each other"


ARCHITECTURE = (CATALOG.parent / "docs" / "architecture.md").read_text()


def test_the_plan_names_every_room():
    rooms = {path.stem for path in CATALOG.iterdir() if path.suffix in ("", ".py")}
    rooms -= {"__init__", "__pycache__", "migrations"}
    table = ARCHITECTURE.split("## The rooms")[1].split("## Everyday changes")[0]
    assert rooms == set(LEVEL)
    assert [room for room in sorted(rooms) if f"`{room}" not in table] == []


def test_at_most_eight_files_stand_loose():
    loose = [path.name for path in CATALOG.glob("*.py") if path.name != "__init__.py"]
    assert 0 < len(loose) <= 8


def test_the_files_of_everyday_changes_are_there():
    table = ARCHITECTURE.split("## Everyday changes")[1].split("\n## ")[0]
    files = re.findall(r"`((?:catalog|tests|templates|docs|fixtures)/[\w/.]*)`", table)
    assert len(files) > 20
    assert [name for name in files if not (CATALOG.parent / name).exists()] == []
