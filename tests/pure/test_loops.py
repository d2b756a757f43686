"""Loops that assert run over something: over what is written out, or over `some(...)`.

A loop over nothing passes, whatever it would have asserted of each thing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.found import some

TESTS = Path(__file__).resolve().parent.parent
FILES = some(sorted(TESTS.rglob("*.py")), at_least=100)
# What gives one thing or more for each that it is given, and names of such methods.
KEEPING = {"enumerate", "list", "reversed", "set", "sorted", "tuple", "zip"}
KEEPING_METHODS = {"items", "keys", "values"}
COMPREHENSIONS = (ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Reader:
    """Finds the loops of a module that might run over nothing and assert that all is well."""

    def __init__(self, text: str):
        self.tree = ast.parse(text)
        self.parents = {
            child: parent
            for parent in ast.walk(self.tree)
            for child in ast.iter_child_nodes(parent)
        }

    def loose(self) -> Iterator[str]:
        """Yield line and words of each such loop."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.For) and any(map(asserts, node.body)):
                iterables = [node.iter]
            elif isinstance(node, COMPREHENSIONS) and self.is_asserted_of_each(node):
                iterables = [part.iter for part in node.generators]
            else:
                continue
            for iterable in iterables:
                if not self.is_sure(iterable, node):
                    yield f"line {iterable.lineno}: {ast.unparse(iterable)}"

    def is_asserted_of_each(self, node: ast.AST) -> bool:
        """Whether `assert all(...)`, `assert not any(...)`, `assert not [...]` holds of nothing."""
        parent = self.parents[node]
        if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name):
            asserted, denied = self.parents[parent], parent.func.id == "any"
            if parent.func.id not in ("all", "any"):
                return False
        else:
            asserted, denied = parent, True
        if denied:
            if not (isinstance(asserted, ast.UnaryOp) and isinstance(asserted.op, ast.Not)):
                return False
            asserted = self.parents[asserted]
        return isinstance(asserted, ast.Assert)

    def is_sure(self, node: ast.expr, place: ast.AST) -> bool:
        """Whether an iterable, read at a place, cannot be empty as far as one can see."""
        match node:
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                return any(
                    self.is_sure(part.value, place) if isinstance(part, ast.Starred) else True
                    for part in parts
                )
            case ast.Dict(keys=parts) | ast.JoinedStr(values=parts) | ast.Constant(value=parts):
                return bool(parts)
            case ast.Name(id=name):
                return name.isupper() or self.is_bound_to_sure(name, place)
            case ast.Attribute(attr=name):
                return name.isupper()
            case ast.Subscript(value=value, slice=ast.Slice(upper=upper)):
                return isinstance(upper, ast.Constant | None) and self.is_sure(value, place)
            case ast.BinOp(op=ast.Add() | ast.BitOr(), left=left, right=right):
                return self.is_sure(left, place) or self.is_sure(right, place)
            case ast.BinOp(op=ast.Mult(), left=left):
                return self.is_sure(left, place)
            case ast.IfExp(body=one, orelse=other):
                return self.is_sure(one, place) and self.is_sure(other, place)
            case ast.Call(func=ast.Name(id="range" | "some")):
                return True
            case ast.Call(func=ast.Name(id=name), args=given) if name in KEEPING and given:
                # Those that `zip` takes strictly are equally long.
                enough = any if node.keywords and name == "zip" else all
                return enough(self.is_sure(one, place) for one in given)
            case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in KEEPING_METHODS:
                return self.is_sure(value, place)
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=text), attr="split")):
                return bool(text.strip())
            case _ if isinstance(node, COMPREHENSIONS):
                return all(
                    not part.ifs and self.is_sure(part.iter, place) for part in node.generators
                )
        return False

    def is_bound_to_sure(self, name: str, place: ast.AST) -> bool:
        """Whether every value that a name gets in the function around a place is sure."""
        scope = self.parents[place]
        while not isinstance(scope, (*FUNCTIONS, ast.Module)):
            scope = self.parents[scope]
        values = []
        for node in ast.walk(scope):
            match node:
                case ast.Name(id=found, ctx=ast.Store()) if found == name:
                    values.append(self.value_of(node))
        return bool(values) and all(
            value is not None and self.is_sure(value, place) for value in values
        )

    def value_of(self, node: ast.Name) -> ast.expr | None:
        """Return what a name is assigned; None where that is not written beside it."""
        parent = self.parents[node]
        match parent:
            case ast.Assign(targets=[target], value=value) if target is node:
                return value
            case ast.AnnAssign(value=value):
                return value
            case ast.Tuple(elts=targets):
                match self.parents[parent]:
                    case ast.Assign(targets=[_], value=ast.Tuple(elts=values)):
                        return dict(zip(targets, values, strict=True))[node]
        return None


def asserts(node: ast.AST) -> bool:
    """Whether something is asserted in a statement."""
    return any(
        isinstance(inner, ast.Assert)
        or (
            isinstance(inner, ast.Call)
            and ast.unparse(inner.func).startswith(("assert_", "expect", "pytest.raises"))
        )
        for inner in ast.walk(node)
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_no_loop_that_asserts_may_run_over_nothing(path):
    assert list(Reader(path.read_text()).loose()) == []


LOOSE = [
    "for row in page.select('tr'): assert row",
    "for row in rows(): assert_sound(row)",
    "def f(rows):\n for row in rows: assert row",
    "rows = []\nfor row in rows: assert row",
    "rows = page.select('tr')\nfor row in rows: assert row",
    "for row in [row for row in (1, 2) if row]: assert row",
    "assert all(row for row in rows)",
    "assert not any(row for row in rows)",
    "assert not [row for row in rows if row]",
    "assert all(cell for row in some(rows) for cell in row)",
]
TIGHT = [
    "for row in some(page.select('tr')): assert row",
    "for row in ('a', 'b'): assert row",
    "for place, row in enumerate(some(rows)): assert row",
    "rows = some(page.select('tr'))\nfor row in rows: assert row",
    "one, rows = 1, ['a']\nfor row in rows: assert row",
    "for row in ROWS[:5]: assert row",
    "for row in rows(): print(row)",
    "for number in range(9): assert number",
    "assert all(row for row in some(rows))",
    "assert any(row for row in rows)",
    "assert [row for row in rows]",
]


@pytest.mark.parametrize("text", LOOSE)
def test_a_loop_over_what_may_be_nothing_is_seen(text):
    assert some(Reader(text).loose())


@pytest.mark.parametrize("text", TIGHT)
def test_a_loop_over_what_is_surely_there_is_not_complained_of(text):
    assert list(Reader(text).loose()) == []


def test_finding_nothing_fails_and_names_what_was_looked_for():
    rows: list[str] = []
    with pytest.raises(AssertionError, match=r"found 0, .* at least 1: some\(rows\)"):
        some(rows)
    with pytest.raises(AssertionError, match="found 2, looked for at least 3"):
        some("ab", at_least=3)
    assert some(iter("ab"), at_least=2) == ["a", "b"]
