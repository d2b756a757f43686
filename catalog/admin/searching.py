"""Find rows by any spelling of an identifier or link: `g711`, `G 711 amd 1`, an itu.int address.

What the resolver knows is found as it says. Editors type beginnings too, and look for records
that stand for no text: records of the data set keep the compact form of their identifier in a
column with an index. Works are also found by the words that the search keeps of them.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet

from catalog.identifiers import compact
from catalog.models import Component, Edition, SearchEntry, SourceRecord
from catalog.resolver import Text, resolve, work_of
from catalog.search.match import exact_forms, in_names
from catalog.terms import EntryKind

# What may stand before a number in an identifier and is left out by people.
SECTORS = ("", "itut", "itur", "reportitur")
# Where in a compact form a component begins, so that the year between may be left out.
COMPONENT_STARTS = re.compile(
    r"(?<=\d)(?=(?:technicalcor|amd|cor|err|annex|app|suppl|add)[a-z]*\d*)"
)
# Later in the order of characters than every compact form with the same beginning.
END = "z" * 8


def records(text: str) -> Q:
    """Return the condition on records of the data set that an identifier or its beginning sets.

    If none begins so and the resolver knows none, records that hold all its pieces.
    """
    return _records(text, _named(text))


def _records(text: str, found: list[Text]) -> Q:
    named = reduce(or_, map(_record_of, found), Q(pk__in=[]))
    pieces = [_pieces(form) for form in exact_forms(text)]
    if not pieces:
        return named
    first = reduce(
        or_,
        (
            _begins(f"{sector}{number}") & _contain("search_form", rest)
            for number, *rest in pieces
            for sector in SECTORS
        ),
    )
    first |= named
    if SourceRecord.objects.filter(first).exists():
        return first
    return reduce(or_, (_contain("search_form", parts) for parts in pieces))


def works(text: str) -> QuerySet:
    """Return the primary keys of the works with this number, or with all words in their names."""
    rows = SearchEntry.objects.filter(kind=EntryKind.PUBLICATION)
    spelled = Q(object_id__in=[work_of(found).pk for found in _named(text)])
    spelled |= Q(key__contains=text.strip().lower())
    return rows.filter(spelled | in_names(text)).values("object_id")


def parts(model: type[Edition | Component], text: str) -> Q:
    """Return the condition on editions or components that an identifier, a title or words set."""
    if any(character.isdigit() for character in text) and (pks := _spelled_parts(model, text)):
        return Q(pk__in=pks)
    words = text.split()
    titled = reduce(and_, (Q(title__icontains=word) for word in words)) if words else Q(pk__in=[])
    return titled | Q(publication__in=works(text))


def _named(text: str) -> list[Text]:
    """Return the texts that the resolver takes an identifier or link for; none for mere words."""
    answer = resolve(text)
    return [found for found in (answer.found, *answer.others) if found and answer.is_identifier]


def _record_of(found: Text) -> Q:
    return Q(**{found._meta.model_name: found})


def _spelled_parts(model: type[Edition | Component], text: str) -> set[int]:
    name = model._meta.model_name
    named = _named(text)
    recorded = SourceRecord.objects.filter(_records(text, named)).exclude(**{name: None})
    found = set(recorded.values_list(name, flat=True))
    found |= {part.pk for part in named if isinstance(part, model)}
    # Those of curated works may have no record; they are few, so their forms are made here.
    pieces = [_pieces(form) for form in exact_forms(text)]
    curated = model.objects.filter(from_source=False, source_records=None)
    for pk, identifier in curated.values_list("pk", "identifier"):
        form = compact(identifier)
        if any(
            form.startswith(tuple(f"{sector}{number}" for sector in SECTORS))
            and all(piece in form for piece in rest)
            for number, *rest in pieces
        ):
            found.add(pk)
    return found


def _pieces(form: str) -> list[str]:
    """Return the number of a compact form and its components: g711, amd1."""
    return COMPONENT_STARTS.split(form)


def _begins(form: str) -> Q:
    """Return a condition that an index serves on SQLite (from, to) and PostgreSQL (begins)."""
    return Q(search_form__gte=form, search_form__lte=form + END, search_form__startswith=form)


def _contain(column: str, pieces: list[str]) -> Q:
    return reduce(and_, (Q(**{f"{column}__contains": piece}) for piece in pieces), Q())
