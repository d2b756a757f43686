"""What an import reports about a snapshot (rules 11.4 and 12.4)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from catalog.dataset.catalogue import Catalogue
from catalog.dataset.naming import full_numbers
from catalog.dataset.source_record import Record
from catalog.dataset.works import Work
from catalog.terms import Kind, Precision, RecordNote, RecordRole, SectorCode

EXAMPLES = 10
NO_LETTER = re.compile(r"[^A-Za-z0-9]")
MISSING_BLANK = re.compile(r"App\.[IVX]")
UNUSUAL = re.compile(r"[^a-z0-9.-]")


@dataclass(frozen=True)
class Finding:
    """One kind of problem: how often it occurs, and where for example."""

    code: str
    label: str
    count: int
    examples: list[str]


def findings_of(found: Catalogue) -> list[dict[str, object]]:
    """Return the problems that occur in a snapshot, as plain mappings."""
    findings = [
        *_of_records(found),
        *_of_forms(found.records),
        *_of_roles(found),
        _of_refused(found),
        *_of_targets(found),
        *_of_works(found.works),
    ]
    return [asdict(finding) for finding in findings if finding.count]


def summary_of(found: Catalogue) -> dict[str, object]:
    """Return the counts that every report gives, zeros included (rule 12.4)."""
    notes = Counter(note for record in found.records for note in record.notes)
    labels = Counter(work.label for work in found.works)
    return {
        "left_out": {
            role.value: sum(row.role is role for row in found.left_out)
            for role in RecordRole
            if role.is_left_out
        },
        "identifiers_corrected": notes[RecordNote.NUMBER_CORRECTED],
        "thin_records": notes[RecordNote.THIN],
        "components_without_edition": notes[RecordNote.NO_BASE],
        "unmatched_relation_targets": len(found.standards.unmatched_targets),
        "works_with_two_editions_in_force": len(found.standards.two_in_force),
        "twins_joined": len(found.standards.twins) + len(found.radio.twins),
        "labels_shared": sum(count > 1 for count in labels.values()),
        "abstracts_cleaned": notes[RecordNote.TEXT_CLEANED],
        "abstracts_blank": notes[RecordNote.ABSTRACT_BLANK],
    }


def _finding(code: str, label: str, examples: Iterable[str], count: int | None = None) -> Finding:
    examples = sorted(examples)
    return Finding(code, label, len(examples) if count is None else count, examples[:EXAMPLES])


def _of_records(found: Catalogue) -> list[Finding]:
    by_note: dict[RecordNote, list[str]] = defaultdict(list)
    for record in found.records:
        for note in record.notes:
            by_note[note].append(record.source_identifier)
    findings = [_finding(note.value, note.label, by_note[note]) for note in RecordNote]
    untitled = [record.source_identifier for record in found.records if not record.title]
    wrong_type = [
        record.source_identifier
        for record in found.records
        if record.is_standard and record.link and not record.link.startswith("https://www.itu.int/")
    ]
    return [
        *findings,
        _finding("no-title", "The record has no title; one is made for display.", untitled),
        _finding("odd-link", "The link does not lead to www.itu.int; it is not shown.", wrong_type),
    ]


def _of_forms(records: Sequence[Record]) -> list[Finding]:
    """Return oddities in the form of records that mean nothing and are handled silently."""
    by_letters: dict[str, list[str]] = defaultdict(list)
    for record in records:
        by_letters[NO_LETTER.sub("", record.source_identifier)].append(record.source_identifier)
    tests = (
        (
            "doctype",
            "The type of the record does not say that this is a component; the identifier does.",
            lambda r: r.is_standard and r.identifier.components and r.doctype == "recommendation",
        ),
        (
            "abstract-empty",
            "The record has an abstract without text.",
            lambda r: (
                r.is_standard
                and not (r.is_thin or r.abstract or RecordNote.ABSTRACT_BLANK in r.notes)
            ),
        ),
        (
            "second-identifier",
            "The record calls an ISO/IEC identifier primary too; the type tells them apart.",
            lambda r: r.iso,
        ),
        (
            "blank-missing",
            "A space is missing after App.; it is inserted.",
            lambda r: r.is_standard and MISSING_BLANK.search(r.source_identifier),
        ),
        (
            "file-name",
            "The name of the file contains unusual characters.",
            lambda r: UNUSUAL.search(r.file),
        ),
    )
    findings = [
        _finding(code, label, [r.source_identifier for r in records if is_odd(r)])
        for code, label, is_odd in tests
    ]
    same = [identifiers[0] for identifiers in by_letters.values() if len(identifiers) > 1]
    return [
        *findings,
        _finding("id-repeats", "Two records have one internal id, which is not used.", same),
    ]


def _of_roles(found: Catalogue) -> list[Finding]:
    return [
        _finding(
            role.value,
            role.label,
            [row.record.source_identifier for row in found.left_out if row.role is role],
        )
        for role in RecordRole
        if role.is_left_out
    ]


def _of_refused(found: Catalogue) -> Finding:
    return _finding(
        "refused",
        "The record yields no text with an address of its own; it is left out.",
        [
            f"{record.source_identifier}: {row.reason}"
            for row in found.refused
            for record in row.records
        ],
    )


def _of_targets(found: Catalogue) -> list[Finding]:
    standards, relations = found.standards, found.relations
    return [
        _finding(
            "unknown-target",
            "A relation names a text that is not in the data set.",
            standards.unmatched_targets,
        ),
        _finding(
            "repaired-target",
            "A relation names a text in another spelling; it was understood.",
            [],
            standards.repaired_targets,
        ),
        _finding(
            "unknown-supplement",
            "A record names a supplement that is not in the data set.",
            relations.unknown_supplements,
        ),
    ]


def _of_works(works: Sequence[Work]) -> list[Finding]:
    labels: dict[str, int] = defaultdict(int)
    codes: dict[str, set[Kind]] = defaultdict(set)
    for work in works:
        labels[work.label] += 1
        if work.sector is SectorCode.ITU_R and work.kind in (Kind.RECOMMENDATION, Kind.REPORT):
            codes[work.label.rpartition(" ")[2]].add(work.kind)
    shared = [label for label, count in labels.items() if count > 1]
    pairs = [code for code, kinds in codes.items() if len(kinds) > 1]
    renumbered = [
        work.identifier
        for work in works
        if work.sector is SectorCode.ITU_T and len(full_numbers(work)) > 1
    ]
    late = [
        record.source_identifier
        for work in works
        if work.sector is SectorCode.ITU_R
        for edition in work.editions
        for record in (edition.record, edition.twin)
        if record
        and edition.approved
        and edition.approved_precision != Precision.YEAR
        and edition.approved.year != record.date.year
    ]
    return [
        _finding("shared-label", "Several texts have had this number over time.", shared),
        _finding("former-number", "The text has, or had, another number.", renumbered),
        _finding("posted-later", "Posted in another year than approved; both are shown.", late),
        _finding("shared-code", "A Recommendation and a Report have this code.", pairs),
    ]
