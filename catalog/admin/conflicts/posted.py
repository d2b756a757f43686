"""What a form sent: values of fields, and the rows of its tables, which may be renumbered."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

MOST_ROWS = 2_000  # Django takes no more rows of a table
# The part of a name behind the number of a row. A second table of a kind is called names-2, and
# its fields could be taken for those of a row.
FIELD = r"(?!\d+-|__prefix__-|(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$)(.+)"


@dataclass
class PostedRow:
    """One row of a table: the part of each field's name behind the number, and what was sent."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def get(self, name: str) -> str:
        """Return the last value that was sent under a name; the empty text for none."""
        return (self.values.get(name) or [""])[-1]


@dataclass
class PostedTable:
    """The rows of one table: those that the database had, then those that were added."""

    prefix: str
    present: list[PostedRow] = field(default_factory=list)
    new: list[PostedRow] = field(default_factory=list)

    @classmethod
    def read(cls, data: QueryDict, prefix: str) -> PostedTable | None:
        """Return the rows that were sent; None if the numbers of rows are missing or forged."""
        numbers = [data.get(f"{prefix}-{name}", "") for name in ("TOTAL_FORMS", "INITIAL_FORMS")]
        if not all(re.fullmatch(r"[0-9]{1,4}", number) for number in numbers):
            return None
        total, initial = map(int, numbers)
        if not initial <= total <= MOST_ROWS:
            return None
        rows = [PostedRow() for _number in range(total)]
        names = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})-{FIELD}", re.DOTALL)
        for name in data:
            match = names.fullmatch(name)
            if match and int(match[1]) < total:
                rows[int(match[1])].values[match[2]] = data.getlist(name)
        return cls(prefix, rows[:initial], rows[initial:])

    def write(self, data: QueryDict) -> None:
        """Put the rows in the place of those that were sent, numbered anew."""
        names = re.compile(rf"{re.escape(self.prefix)}-[0-9]{{1,4}}-{FIELD}", re.DOTALL)
        for name in [name for name in data if names.fullmatch(name)]:
            del data[name]
        rows = [*self.present, *self.new]
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(self.present))
        for number, row in enumerate(rows):
            for name, values in row.values.items():
                data.setlist(f"{self.prefix}-{number}-{name}", values)


def is_same(field: forms.Field, value: Any, sent: Any) -> bool:
    """Whether what was sent says no more than a value does; ends of lines say nothing."""
    if isinstance(field, forms.CharField):
        return _plain(value) == _plain(sent)
    return not field.has_changed(value, sent)


def put(data: QueryDict, name: str, field: forms.Field, value: Any) -> None:
    """Send a value in a field, as a browser would that shows it."""
    value = field.prepare_value(value)
    if isinstance(field, forms.BooleanField):
        data.setlist(name, ["on"] if value else [])
        if not value:
            del data[name]
    elif isinstance(value, list | tuple | set):
        data.setlist(name, [str(item) for item in value])
    elif isinstance(value, datetime.date):
        data[name] = str(field.widget.format_value(value))
    else:
        data[name] = "" if value is None else str(value)


def _plain(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
