"""Many rows at once, by the fastest way that the database's own driver has.

Django's `bulk_create` and `bulk_update` build one long statement for every few dozen rows; at
ninety thousand rows that takes longer than everything else of an import together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, models

PAGE = 1_000
VALUES = 500
# Columns whose values drivers take as they are.
PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
    models.AutoField,
)


def in_parts(values: Iterable) -> Iterator[list]:
    """Yield the values in lists that fit into one query: databases limit how many there may be."""
    values = iter(values)
    while part := list(islice(values, VALUES)):
        yield part


def reserve_keys(model: type[models.Model], number: int) -> list[int]:
    """Return primary keys for new rows, so that rows can name each other before they are there."""
    if not number:
        return []
    table = model._meta.db_table
    column = model._meta.pk.column
    # The helpers of psycopg2 raise its own errors, which nobody else expects.
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', column, number],
            )
            return [row[0] for row in cursor.fetchall()]
        highest = model._base_manager.aggregate(top=models.Max("pk"))["top"] or 0
        if connection.vendor == "sqlite":
            # Keys of deleted rows are not given out again: addresses and logs may name them.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            highest = max([highest, *(row[0] for row in cursor.fetchall())])
    return list(range(highest + 1, highest + 1 + number))


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model as they stand; rows without a primary key get one."""
    if not rows:
        return
    model = type(rows[0])
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not field.primary_key or rows[0].pk is not None
    ]
    _insert(model, [field.column for field in fields], _prepared(rows, fields))


def insert_values(
    model: type[models.Model], names: Sequence[str], values: Sequence[Sequence]
) -> None:
    """Insert new rows of which only values are at hand, under the names of their columns.

    The columns must be of kinds that drivers take as they are (PLAIN).
    """
    if values:
        _insert(model, names, values)


def _insert(model: type[models.Model], names: Sequence[str], values: Sequence[Sequence]) -> None:
    columns = ", ".join(map(connection.ops.quote_name, names))
    table = connection.ops.quote_name(model._meta.db_table)
    # The helpers of psycopg2 raise its own errors, which nobody else expects.
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_values

            statement = f"INSERT INTO {table} ({columns}) VALUES %s"
            execute_values(cursor.cursor, statement, values, page_size=PAGE)
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def update(rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """Write some columns of rows of one model."""
    if not rows:
        return
    model = type(rows[0])
    fields = [model._meta.get_field(name) for name in names]
    key = model._meta.pk
    settings = ", ".join(f"{connection.ops.quote_name(f.column)} = %s" for f in fields)
    table, key_column = (connection.ops.quote_name(n) for n in (model._meta.db_table, key.column))
    statement = f"UPDATE {table} SET {settings} WHERE {key_column} = %s"
    values = _prepared(rows, [*fields, key])
    # The helpers of psycopg2 raise its own errors, which nobody else expects.
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_batch

            execute_batch(cursor.cursor, statement, values, page_size=PAGE)
        else:
            cursor.executemany(statement, values)


def _prepared(rows: Sequence[models.Model], fields: Sequence[models.Field]) -> list[list]:
    """Return the values as the driver takes them; only some kinds of columns need preparing."""
    attributes = [field.attname for field in fields]
    values = [[getattr(row, attribute) for attribute in attributes] for row in rows]
    for place, field in enumerate(fields):
        if not isinstance(field, PLAIN):
            for row in values:
                row[place] = field.get_db_prep_save(row[place], connection)
    return values
