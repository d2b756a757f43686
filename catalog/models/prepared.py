"""Queries that are composed once in a process; later ones cost what the database takes.

To compose the SQL of a page takes Django longer than the database needs to answer it. A prepared
query is built by the methods of the QuerySets, like any other, but with marks in place of its
values; afterwards only the values change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, TypeVar

from django.db import connections, models, router
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)
# A value, or several for a column that may have any of them.
Value = int | str | tuple[int, ...] | tuple[str, ...]

# No column holds these.
NUMBER_MARK = 8_900_000_000_000_000
TEXT_MARK = "\ue000{}\ue000"


class NotPreparable(Exception):
    """A value does not reach the database as it was given, so nothing can stand in its place."""


@dataclass
class _Statement:
    """SQL with places for values, and how its rows become objects of a model."""

    sql: str
    # What is bound: a place among the values, or what is always the same.
    bound: list[tuple[int | None, Any]]
    compiler: Any
    converters: dict[int, Any]
    populators: list[Any]

    def run(self, alias: str, values: list[int | str]) -> list[models.Model]:
        return self._objects(self.rows(alias, values), alias)

    def rows(self, alias: str, values: list[int | str]) -> Iterable:
        given = [fixed if place is None else values[place] for place, fixed in self.bound]
        with connections[alias].cursor() as cursor:
            cursor.execute(self.sql, given)
            rows = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return rows

    def _objects(self, rows: Iterable, alias: str) -> list[models.Model]:
        compiler = self.compiler
        model, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
        first, last = places[0], places[-1] + 1
        names = [column[0].target.attname for column in compiler.select[first:last]]
        found = []
        for row in rows:
            thing = model.from_db(alias, names, row[first:last])
            for populator in self.populators:
                populator.populate(row, thing)
            for name, place in compiler.annotation_col_map.items():
                setattr(thing, name, row[place])
            found.append(thing)
        return found


class Prepared(Generic[M]):
    """A query of which only the values differ; called with them, it returns a list of objects.

    `compose` takes the values and returns the QuerySet. A value must reach the database as it is
    given (NotPreparable otherwise): keys, texts that are compared whole, and tuples of them.
    """

    def __init__(self, compose: Callable[..., models.QuerySet[M]]):
        self._compose = compose
        self._statements: dict[tuple, _Statement] = {}
        self._model: type[M] | None = None

    def __call__(self, *values: Value) -> list[M]:
        """Return the rows for these values, from the database that is to be read."""
        statement, using = self._statement(values)
        return statement.run(using, _flat(values))

    def of_any(self, keys: Iterable[Value]) -> list[M]:
        """Return the rows of a query that takes one tuple; no rows for no keys.

        However many keys there may be, few statements are composed: the last key is repeated.
        """
        given = tuple(keys)
        if not given:
            return []
        wanted = 1 << (len(given) - 1).bit_length()
        return self(given + given[-1:] * (wanted - len(given)))

    def tuples(self, *values: Value) -> list[tuple]:
        """Return the rows of a query that ends in `values_list`."""
        statement, using = self._statement(values)
        return [tuple(row) for row in statement.rows(using, _flat(values))]

    def first(self, *values: Value) -> M | None:
        """Return the first row, or None."""
        found = self(*values)
        return found[0] if found else None

    def _statement(self, values: tuple[Value, ...]) -> tuple[_Statement, str]:
        """Return the statement for values of this shape, and the name of its database."""
        if self._model is None:
            self._model = self._compose(*_marked(values)[0]).model
        using = router.db_for_read(self._model)
        shape = (using, *(len(v) if isinstance(v, tuple) else type(v) for v in values))
        statement = self._statements.get(shape)
        if statement is None:
            statement = self._statements[shape] = self._prepare(using, values)
        return statement, using

    def _prepare(self, alias: str, values: tuple[Value, ...]) -> _Statement:
        marked, marks = _marked(values)
        query = self._compose(*marked).using(alias).query
        compiler = query.get_compiler(alias)
        sql, parameters = compiler.as_sql()
        place_of = {mark: place for place, mark in enumerate(marks)}
        bound = [
            (place_of[one], None) if _is_mark(one, place_of) else (None, one) for one in parameters
        ]
        if {place for place, _fixed in bound} - {None} != set(range(len(marks))):
            raise NotPreparable(sql)
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        populators = []
        if compiler.klass_info:
            populators = get_related_populators(compiler.klass_info, compiler.select, alias)
        converters = compiler.get_converters(columns)
        return _Statement(sql, bound, compiler, converters, populators)


def _flat(values: tuple[Value, ...]) -> list[int | str]:
    return list(chain.from_iterable(v if isinstance(v, tuple) else (v,) for v in values))


def _marked(values: tuple[Value, ...]) -> tuple[list[Value], list[int | str]]:
    """Return the values with a mark in place of each, and the marks."""
    marks: list[int | str] = []
    marked = [
        tuple(_mark(one, marks) for one in value)
        if isinstance(value, tuple)
        else _mark(value, marks)
        for value in values
    ]
    return marked, marks


def _mark(value: int | str, marks: list[int | str]) -> int | str:
    number = len(marks)
    marks.append(NUMBER_MARK + number if isinstance(value, int) else TEXT_MARK.format(number))
    return marks[-1]


def _is_mark(value: Any, marks: dict[int | str, int]) -> bool:
    return isinstance(value, int | str) and value in marks
