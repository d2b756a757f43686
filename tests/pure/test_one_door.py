"""Content is written in one room: no other file calls what writes rows of content."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.found import some

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
ROOM = "writing"
# What writes rows, on instances, querysets, managers, many-to-many links, and in bulk.
WRITES = {
    "save",
    "save_base",
    "delete",
    "update",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "set",
    "add",
    "remove",
    "clear",
    "insert",
    "execute",
    "insert_values",
    "executemany",
    "save_m2m",
}
# Plain Python has methods of the same names; these are not asked of rows.
HARMLESS = {"add", "clear", "update", "remove", "insert", "set", "execute"}
# The door itself, as the rooms that use it call it.
DOOR = {"edit", "job"}
# Who may write what else: the calls begin so, and are about no content.
ALLOWED = {
    # The fast statements that the door uses.
    "models/bulk.py": ("cursor.execute",),
    # The index and the table of identifiers, worked out from content.
    "search/index.py": ("SearchEntry.", "EntryKey.", "rows.delete()"),
    "search/texts.py": ("",),
    "search/engines/sqlite.py": ("cursor.executemany('INSERT OR REPLACE INTO catalog_searchtext",),
    "resolver/known_identifiers.py": ("KnownIdentifier.", "bulk.insert_values(KnownIdentifier"),
    # The memory of what the files said.
    "curation/gone.py": ("LoadedRow.",),
    "curation/load.py": ("LoadedRow.",),
    "curation/taken_in.py": ("LoadedRow.",),
    # The record of the import and its changes.
    "importer/run.py": ("ImportRun.",),
    "importer/reported_changes.py": ("bulk.insert([Change(",),
    "importer/save.py": ("Change.objects.",),
    # Copies of pages.
    "stored_pages/shelves.py": ("caches[",),
    # A value in the cache, put there to see whether it comes back.
    "operations/parts.py": ("cache.",),
    # Accounts.
    "management/commands/create_editor.py": ("",),
    # Reports of readers.
    "views/reports.py": ("form.save()",),
    "admin/problem_reports.py": ("queryset.update(handled=True)",),
}


def receiver(node: ast.expr) -> str:
    """Return the last name of what a method is called on: `job` of self.job.update(...)."""
    if isinstance(node, ast.Call):
        return receiver(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_about_rows(call: ast.Call) -> bool:
    """Whether a call with a harmless name is asked of a manager, a queryset or a link."""
    text = ast.unparse(call.func)
    return any(word in text for word in ("objects", "_manager", "getattr", "filter(", "queryset"))


def writes_of(path: Path) -> list[str]:
    """Return the calls in a file that write rows past the door."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name, on = node.func.attr, receiver(node.func.value)
        if name not in WRITES or on in DOOR:
            continue
        if isinstance(node.func.value, ast.Call) and receiver(node.func.value) == "super":
            continue
        if name in HARMLESS and on != "bulk" and not is_about_rows(node):
            continue
        found.append(ast.unparse(node)[:100])
    return found


FILES = some(
    path
    for path in sorted(CATALOG.rglob("*.py"))
    if path.relative_to(CATALOG).parts[0] not in (ROOM, "migrations")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CATALOG)))
def test_content_is_written_through_the_door_alone(path):
    allowed = ALLOWED.get(str(path.relative_to(CATALOG)), ())
    assert [call for call in writes_of(path) if not call.startswith(allowed)] == []


def test_the_files_that_may_write_do_so():
    present = {str(path.relative_to(CATALOG)): path for path in FILES}
    idle = [
        (name, start)
        for name, starts in ALLOWED.items()
        for start in starts
        if not any(call.startswith(start) for call in writes_of(present[name]))
    ]
    assert idle == []


@pytest.mark.parametrize(
    "code",
    [
        "work.save()",
        "work.delete()",
        "Publication.objects.filter(pk=1).update(name='x')",
        "Publication.objects.create(name='x')",
        "work.names.get_or_create(name='x')",
        "getattr(work, 'topics').set([])",
        "Topic.objects.bulk_create(rows)",
        "bulk.insert(rows)",
        "queryset.update(handled=True)",
        "formset.save()",
    ],
)
def test_the_test_sees_a_write(tmp_path, code):
    file = tmp_path / "anything.py"
    file.write_text(code)
    assert len(writes_of(file)) == 1


@pytest.mark.parametrize(
    "code",
    ["edit.save(work)", "self.job.update(rows, [])", "request.edit.delete(row)", "seen.add(1)"],
)
def test_the_test_lets_the_door_pass(tmp_path, code):
    file = tmp_path / "anything.py"
    file.write_text(code)
    assert writes_of(file) == []
