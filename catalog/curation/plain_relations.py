"""Relations made of lines of keys give way to what the files say of the same pair."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from catalog.curation.rows import FixtureRow
from catalog.curation.values import key_in_words
from catalog.models import EntryRelation, RowChange
from catalog.terms import RelationVerb
from catalog.writing.job import Job
from catalog.writing.values import values_of


def drop_plain_relations(job: Job, rows: Iterable[FixtureRow], remembered: Collection[str]) -> None:
    """Delete each “related” that nobody wrote, of a pair of which the rows of a file say more.

    `remembered` has the natural keys, in words, of the relations that were loaded before. What an
    editor wrote has a history and stays.
    """
    said = {
        frozenset((str(row.fields.get("subject_key")), str(row.fields.get("target_key"))))
        for row in rows
    }
    plain = [
        row
        for row in EntryRelation.objects.filter(verb=RelationVerb.RELATED).order_by("pk")
        if key_in_words(row.natural_key()) not in remembered
        and frozenset((row.subject_key, row.target_key)) in said
    ]
    changes = RowChange.objects.filter(model="entryrelation", row_id__in=[row.pk for row in plain])
    written = set(changes.order_by().values_list("row_id", flat=True))
    gone = [row for row in plain if row.pk not in written]
    for row in gone:
        job.note_deletion(row, values_of(row))
    job.delete(EntryRelation, [row.pk for row in gone])
