"""Keep “checked” honest: it is refused where no source that can be looked up stands behind it.

Called inside the transaction that writes, when all its rows are as they will be.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models

from catalog.models import Source, SourceUse
from catalog.models.entry import Entry
from catalog.models.sources import NEEDS_SOURCE
from catalog.rules.checked import without_source
from catalog.search.documents import SOURCES
from catalog.terms import Verification


def unsupported(marks: dict[str, str]) -> list[str]:
    """Return the keys of the entries that may not be called checked; `marks` says what they are."""
    checked = [key for key, mark in marks.items() if Verification(mark).needs_source]
    if not checked:
        return []
    uses = SourceUse.objects.filter(entry_key__in=checked).that_can_be_looked_up()
    return without_source(marks, uses.entry_keys())


def all_unsupported() -> list[str]:
    """Return the keys of all entries of the catalogue that may not be called checked."""
    marks = {
        key: Verification.CHECKED.value
        for model in SOURCES
        for key in model.objects.filter(verification=Verification.CHECKED)
        .order_by()
        .values_list("key", flat=True)
    }
    return without_source(marks, SourceUse.objects.that_can_be_looked_up().entry_keys())


def that_lose(source: Source) -> list[str]:
    """Return the keys of the checked entries that rest on no other source than this one."""
    keys = SourceUse.objects.filter(source=source).entry_keys()
    others = SourceUse.objects.filter(entry_key__in=keys).exclude(source=source)
    alone = keys - others.that_can_be_looked_up().entry_keys()
    return sorted(
        key
        for model in (SOURCES if alone else ())
        for key in model.objects.filter(key__in=alone, verification=Verification.CHECKED)
        .order_by()
        .values_list("key", flat=True)
    )


def check(changed: Iterable[models.Model]) -> None:
    """Raise ValidationError if a changed entry, or one that rests on a changed source, is called
    checked without a source."""
    changed = list(changed)
    marks = {row.key: row.verification for row in changed if isinstance(row, Entry)}
    faulty = unsupported(marks)
    for row in changed:
        if isinstance(row, Source) and not row.can_be_looked_up:
            faulty += that_lose(row)
    if faulty:
        raise ValidationError({"verification": [NEEDS_SOURCE]})
