"""Views find a row, leave early or show a page: they build no queries, and no function is long."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.found import some

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
MOST_LINES = 25  # from `def` to the last line, docstring included
DOORS = ("views", "api")
ROOMS_WITHOUT_QUERIES = (*DOORS, "pages")
QUERY_METHODS = {
    "aggregate",
    "alias",
    "annotate",
    "defer",
    "distinct",
    "exclude",
    "extra",
    "filter",
    "in_bulk",
    "only",
    "order_by",
    "prefetch_related",
    "select_related",
    "values",
    "values_list",
}
QUERY_EXPRESSIONS = {"Case", "Count", "Exists", "F", "Max", "Min", "OuterRef", "Q", "Subquery"}


def files_of(*rooms: str) -> list[Path]:
    """Return the modules of some rooms."""
    return [path for room in rooms for path in sorted((CATALOG / room).rglob("*.py"))]


def nodes_of(path: Path, *kinds: type[ast.AST]) -> list[ast.AST]:
    """Return the nodes of these kinds in a module."""
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kinds)]


def named(path: Path) -> str:
    """Return the place of a module in the catalogue."""
    return str(path.relative_to(CATALOG))


def is_query(call: ast.Call) -> bool:
    """Whether a call builds a query; `.values()` of a dictionary takes nothing."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in QUERY_METHODS:
        return False
    return call.func.attr != "values" or bool(call.args or call.keywords)


def test_the_rooms_have_modules():
    assert all(some(files_of(room), at_least=4) for room in some(ROOMS_WITHOUT_QUERIES))


@pytest.mark.parametrize("path", files_of(*ROOMS_WITHOUT_QUERIES), ids=named)
def test_no_query_is_built_outside_of_the_models(path):
    built = [ast.unparse(call.func) for call in nodes_of(path, ast.Call) if is_query(call)]
    assert not built
    taken = {
        alias.name
        for node in nodes_of(path, ast.ImportFrom)
        if node.module == "django.db.models"
        for alias in node.names
    }
    assert not taken & QUERY_EXPRESSIONS


@pytest.mark.parametrize("path", files_of(*DOORS), ids=named)
def test_no_function_of_a_door_is_long(path):
    functions = nodes_of(path, ast.FunctionDef, ast.AsyncFunctionDef)
    lengths = [(node.end_lineno - node.lineno + 1, node.name) for node in functions]
    assert max(lengths, default=(0, "")) <= (MOST_LINES, "~")


def test_a_page_is_handed_over_as_one_object():
    calls = [
        call
        for path in files_of("views")
        for call in nodes_of(path, ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id == "show"
    ]
    for call in some(calls, at_least=20):
        assert len(call.args) <= 4, ast.unparse(call)
        assert {keyword.arg for keyword in call.keywords} <= {"status"}, ast.unparse(call)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Work.objects.filter(key=1)", True),
        ("rows.values('key')", True),
        ("rows.order_by()", True),
        ("counts.values()", False),
        ("filter(None, rows)", False),
        ("Work.objects.at('itu-t', 'g.711')", False),
    ],
)
def test_what_counts_as_a_query(text, expected):
    assert is_query(ast.parse(text, mode="eval").body) is expected
