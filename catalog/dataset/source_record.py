"""A mapping to a `Record`: the dozen fields that are used (rule 12.2)."""

from __future__ import annotations

import datetime
import re
import sys
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from catalog.dataset.plain_yaml import RecordError, load
from catalog.dataset.relation_block import RelationTriples
from catalog.dataset.repairs import repair_target
from catalog.dataset.text_at import text_at
from catalog.dataset.texts import clean_abstract, clean_title
from catalog.identifiers import Identifier, IdentifierError, StandardIdentifier, parse_identifier
from catalog.terms import Kind, Precision, RecordNote

STANDARD = "ITU-T "
PREFIXES = (STANDARD, "ITU-R ", "Report ITU-R ")
DOCTYPES = {
    "technical-report": Kind.REPORT,
    "question": Kind.QUESTION,
    "resolution": Kind.RESOLUTION,
    "handbook": Kind.HANDBOOK,
}
DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
EDITION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")
YEARS = range(1865, 2101)
LONGEST_TITLE = 400  # characters; the longest of the data set has 372
LONGEST_LINK = 500
LONGEST_IDENTIFIER = 100
LONGEST_ISO = 120  # the longest of the data set has 19
LONGEST_GROUP = 200
LONGEST_ABSTRACT = 50_000  # the longest of the data set has 11,081
MOST_RELATIONS = 2_000  # at most 104 in the data set
DIGITS = re.compile(r"\d{7,}|-\d{5,}|[Vv]\.?\s?\d{5,}")
STATUSES = {"Published": True, "Withdrawal": False}


@dataclass(slots=True)
class Record:
    """One record of the data set, reduced to what is used.

    `in_force` is ITU's status, None where the record has none; `edition` is the text `5.1` as
    (5, 1), None in thin records; targets of relations carry no prefix.
    """

    file: str
    checksum: int
    source_identifier: str
    identifier: Identifier
    doctype: str
    date: datetime.date
    precision: Precision
    title: str = ""
    iso: str = ""
    edition: tuple[int, ...] | None = None
    in_force: bool | None = None
    abstract: str = ""
    link: str = ""
    group: str = ""
    family: tuple[str, ...] = ()
    family_rows: int = 0
    family_titles: dict[str, str] = field(default_factory=dict)
    complements: tuple[str, ...] = ()
    complement_rows: int = 0
    notes: set[RecordNote] = field(default_factory=set)

    def copied(self) -> Record:
        """Return a copy whose notes are its own."""
        copy = Record(*_VALUES(self))
        copy.notes = set(self.notes)
        return copy

    @property
    def is_standard(self) -> bool:
        """Whether this is a record of ITU-T."""
        return isinstance(self.identifier, StandardIdentifier)

    @property
    def is_thin(self) -> bool:
        """Whether ITU's details are missing (rule 2.3)."""
        return self.is_standard and self.edition is None


_VALUES = attrgetter(*(one.name for one in fields(Record)))


def read_record(
    file: str, checksum: int, mapping: dict[str, Any], relations: RelationTriples
) -> Record:
    """Return the record that a mapping holds; raises RecordError, with the reason."""
    text = _identifier_of(mapping)
    doctype = text_at(mapping, "ext", "doctype", "content")
    kind = DOCTYPES.get(doctype)
    try:
        identifier = parse_identifier(text, kind)
    except IdentifierError as error:
        raise RecordError(str(error)) from error
    date, precision = _date_of(mapping)
    if isinstance(identifier, StandardIdentifier) and (identifier.year, identifier.month) != (
        date.year,
        date.month,
    ):
        raise RecordError(f"the date {date} is not that of {text!r}")
    record = Record(file, checksum, text, identifier, sys.intern(doctype), date, precision)
    record.title = _short(text_at(mapping, "title", 0, "content"), "title", LONGEST_TITLE)
    record.iso = next(
        (_short(iso, "ISO identifier", LONGEST_ISO) for iso in _docidentifiers(mapping, "ISO")), ""
    )
    record.link = _short(text_at(mapping, "source", 0, "content"), "source", LONGEST_LINK)
    record.in_force = STATUSES.get(text_at(mapping, "status", "stage", "content"))
    record.edition = _edition_of(mapping)
    record.group = _group_of(mapping)
    _read_abstract(record, mapping)
    _read_relations(record, relations)
    if record.is_thin:
        record.notes.add(RecordNote.THIN)
    if record.is_standard and identifier.number not in text:
        record.notes.add(RecordNote.NUMBER_CORRECTED)
    return record


def _short(text: str, name: str, longest: int) -> str:
    text = clean_title(text)
    if len(text) > longest:
        raise RecordError(f"the {name} has {len(text):,} characters; {longest:,} are allowed")
    return text


def _read_relations(record: Record, relations: RelationTriples) -> None:
    if len(relations) > MOST_RELATIONS:
        raise RecordError(f"has {len(relations):,} relations; {MOST_RELATIONS:,} are allowed")
    for _kind, target, _title in relations:
        if len(target) > LONGEST_IDENTIFIER or not target.isascii() or not target.isprintable():
            raise RecordError(f"the target {target[:80]!r} of a relation is not an identifier")
    family = [(target, title) for kind, target, title in relations if kind == "hasEdition"]
    record.family_rows = len(family)
    record.family = tuple(dict.fromkeys(target for target, _title in family))
    if record.is_standard and not record.identifier.series:
        # The bases of these components are not in the data set; their titles stand here alone.
        record.family_titles = {
            repair_target(target): _short(str(load(title)), "title of a relation", LONGEST_TITLE)
            for target, title in family
            if title
        }
    complements = [target for kind, target, _title in relations if kind == "complementOf"]
    record.complement_rows = len(complements)
    record.complements = tuple(sorted({repair_target(target) for target in complements}))


def _identifier_of(mapping: dict[str, Any]) -> str:
    found = _docidentifiers(mapping, "ITU")
    if len(found) != 1:
        raise RecordError(
            "has no identifier of type ITU" if not found else "has several identifiers of type ITU"
        )
    text = found[0]
    if len(text) > LONGEST_IDENTIFIER or DIGITS.search(text):
        raise RecordError(f"the identifier {text[:80]!r} is too long")
    if not text.startswith(PREFIXES):
        raise RecordError(f"the identifier {text[:80]!r} has no known prefix")
    if not text.isascii() or not text.isprintable():
        raise RecordError(f"the identifier {text!r} holds characters that no identifier has")
    if text.startswith(STANDARD):
        # Snapshots from before 22 August 2026 spell some as targets of relations are spelt.
        return STANDARD + repair_target(text.removeprefix(STANDARD))
    return text


def _docidentifiers(mapping: dict[str, Any], kind: str) -> list[str]:
    rows = mapping.get("docidentifier", [])
    if type(rows) is not list:
        raise RecordError("‘docidentifier’ should be a list, and is not")
    found = [text_at(row, "content") for row in rows if text_at(row, "type") == kind]
    return [" ".join(text.split()) for text in found if text]


def _date_of(mapping: dict[str, Any]) -> tuple[datetime.date, Precision]:
    text = text_at(mapping, "date", 0, "at").strip()
    match = DATE.fullmatch(text)
    if not match:
        raise RecordError(f"has the date {text[:40]!r}" if text else "has no date")
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date = datetime.date(year, month, day)
    except ValueError as error:
        raise RecordError(f"has the impossible date {text!r}") from error
    if year not in YEARS:
        raise RecordError(f"has the impossible date {text!r}")
    return date, Precision.DAY if match[3] else Precision.MONTH


def _edition_of(mapping: dict[str, Any]) -> tuple[int, ...] | None:
    text = text_at(mapping, "edition", "content").strip()
    if not text:
        return None
    if not EDITION.fullmatch(text):
        raise RecordError(f"has the edition number {text[:40]!r}")
    return tuple(int(part) for part in text.split("."))


def _group_of(mapping: dict[str, Any]) -> str:
    contributors = mapping.get("contributor", [])
    if type(contributors) is not list:
        raise RecordError("‘contributor’ should be a list, and is not")
    for contributor in contributors:
        path = ("organization", "subdivision", 0, "name", 0, "content")
        if name := text_at(contributor, *path):
            return _short(name, "name of the group", LONGEST_GROUP)
    return ""


def _read_abstract(record: Record, mapping: dict[str, Any]) -> None:
    stored = text_at(mapping, "abstract", 0, "content")
    if len(stored) > LONGEST_ABSTRACT:
        raise RecordError(
            f"the abstract has {len(stored):,} characters; {LONGEST_ABSTRACT:,} are allowed"
        )
    record.abstract, had_debris = clean_abstract(stored)
    if had_debris:
        record.notes.add(RecordNote.TEXT_CLEANED)
    if stored and not record.abstract:
        record.notes.add(RecordNote.ABSTRACT_BLANK)
