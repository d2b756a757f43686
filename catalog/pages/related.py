"""Entries that stand in a relation to the one a page is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.models import EntryRelation, SearchEntry
from catalog.models.entry import DOUBTFUL_MARKS, Entry
from catalog.models.page_queries import relations_of
from catalog.terms import REVERSE_VERBS, RelationVerb, Verification


@dataclass(frozen=True)
class RelatedRow:
    """One entry at the other end, with a note of the editors."""

    entry: SearchEntry
    note: str = ""


@dataclass
class RelatedGroup:
    """Entries that stand in one relation, under what readers call it: Organized by."""

    label: str
    rows: list[RelatedRow] = field(default_factory=list)


@dataclass(frozen=True)
class _Seen:
    """A relation as one end of it sees the other."""

    verb: RelationVerb
    is_reverse: bool
    other: SearchEntry
    relation: EntryRelation

    @property
    def label(self) -> str:
        return str(_(REVERSE_VERBS[self.verb] if self.is_reverse else self.verb.label))


def related_groups(entry: Entry, leave_out: Iterable[Entry] = ()) -> list[RelatedGroup]:
    """Return what stands in a relation to an entry by verb, whoever names whom, in one query.

    Verbs stand in the order of their list, entries in that of their relations. What was not found
    stands on no page of a thing that exists; its own page names the nearest real one and no other.
    What is not ITU’s stands with its owner, but is not merely related to a thing of ITU. “Related”
    says nothing beside a better verb, nor of an entry in `leave_out`, which the page shows
    elsewhere.
    """
    seen = list(_seen_by(entry))
    shown = {(other.entry_kind.value, other.pk) for other in leave_out}
    shown |= {_place(one.other) for one in seen if one.verb != RelationVerb.RELATED}
    groups: dict[str, RelatedGroup] = {}
    for one in sorted(seen, key=_order):
        if one.verb == RelationVerb.RELATED and _place(one.other) in shown:
            continue
        group = groups.setdefault(one.label, RelatedGroup(one.label))
        if all(row.entry.pk != one.other.pk for row in group.rows):
            group.rows.append(RelatedRow(one.other, one.relation.note))
    return list(groups.values())


def _seen_by(entry: Entry) -> Iterator[_Seen]:
    for relation in relations_of(entry.key):
        is_reverse = relation.target_key == entry.key
        other = relation.subject if is_reverse else relation.target
        seen = _Seen(RelationVerb(relation.verb), is_reverse, other, relation)
        if _may_be_shown(entry.verification, seen):
            yield seen


def _may_be_shown(mark: str, seen: _Seen) -> bool:
    """Whether a page of an entry with this mark of verification may show a relation."""
    other = seen.other.verification
    if (mark in DOUBTFUL_MARKS) == (other in DOUBTFUL_MARKS):
        return True
    if seen.verb == RelationVerb.NEAREST:
        return not seen.is_reverse
    is_invented = Verification.NOT_FOUND in (mark, other)
    return not is_invented and seen.verb != RelationVerb.RELATED


def _place(row: SearchEntry) -> tuple[str, int]:
    return (row.kind, row.object_id)


def _order(one: _Seen) -> tuple:
    verbs = list(RelationVerb)
    place = (one.relation.position, one.other.position, one.other.sort_key, one.other.title)
    return (verbs.index(one.verb), one.is_reverse, *place)
