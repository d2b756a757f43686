"""A mapping to a `Record`: the dozen fields that are used (data set notes, section 2)."""

from __future__ import annotations

import datetime
import re
import sys
from dataclasses import dataclass, field
from typing import Any

from catalog.dataset.parsing import RecordError, Relations, load_dependable
from catalog.dataset.repairs import repair_target
from catalog.dataset.texts import clean_abstract, clean_title
from catalog.identifiers import Identifier, IdentifierError, StandardIdentifier, parse_identifier
from catalog.terms import Kind, Precision, RecordNote

PREFIXES = ("ITU-T ", "ITU-R ", "Report ITU-R ")
DOCTYPES = {
    "technical-report": Kind.REPORT,
    "question": Kind.QUESTION,
    "resolution": Kind.RESOLUTION,
    "handbook": Kind.HANDBOOK,
}
DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
EDITION = re.compile(r"\d{1,4}(?:\.\d{1,4})?")
YEARS = range(1865, 2101)
LONGEST_TITLE = 400  # characters; the longest of the data set has 372
LONGEST_LINK = 500
LONGEST_IDENTIFIER = 100
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

    @property
    def is_standard(self) -> bool:
        """Whether this is a record of ITU-T."""
        return isinstance(self.identifier, StandardIdentifier)

    @property
    def is_thin(self) -> bool:
        """Whether ITU's details are missing (data set notes, section 1, point 9)."""
        return self.is_standard and self.edition is None


def read_record(file: str, checksum: int, mapping: dict[str, Any], relations: Relations) -> Record:
    """Return the record that a mapping holds; raises RecordError, with the reason."""
    text = _identifier_of(mapping)
    doctype = _text(mapping, "ext", "doctype", "content")
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
    record.title = _short(mapping, "title", LONGEST_TITLE)
    record.iso = next((clean_title(text) for text in _docidentifiers(mapping, "ISO")), "")
    record.link = _short(mapping, "source", LONGEST_LINK)
    record.in_force = STATUSES.get(_text(mapping, "status", "stage", "content"))
    record.edition = _edition_of(mapping)
    record.group = _group_of(mapping)
    _read_abstract(record, mapping)
    _read_relations(record, relations)
    if record.is_thin:
        record.notes.add(RecordNote.THIN)
    if record.is_standard and identifier.number not in text:
        record.notes.add(RecordNote.NUMBER_CORRECTED)
    return record


def _short(mapping: dict[str, Any], key: str, longest: int) -> str:
    text = clean_title(_text(mapping, key, 0, "content"))
    if len(text) > longest:
        raise RecordError(f"the {key} has {len(text):,} characters; {longest} are allowed")
    return text


def _read_relations(record: Record, relations: Relations) -> None:
    family = [(target, title) for kind, target, title in relations if kind == "hasEdition"]
    record.family_rows = len(family)
    record.family = tuple(dict.fromkeys(target for target, _title in family))
    if record.is_standard and not record.identifier.series:
        # The bases of these components are not in the data set; their titles stand here alone.
        record.family_titles = {
            repair_target(target): clean_title(str(load_dependable(title)))
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
    if len(found[0]) > LONGEST_IDENTIFIER or DIGITS.search(found[0]):
        raise RecordError(f"the identifier {found[0][:80]!r} is too long")
    if not found[0].startswith(PREFIXES):
        raise RecordError(f"the identifier {found[0][:80]!r} has no known prefix")
    return found[0]


def _docidentifiers(mapping: dict[str, Any], kind: str) -> list[str]:
    rows = mapping.get("docidentifier")
    if not isinstance(rows, list):
        return []
    return [
        " ".join(str(row["content"]).split())
        for row in rows
        if isinstance(row, dict) and row.get("type") == kind and row.get("content")
    ]


def _date_of(mapping: dict[str, Any]) -> tuple[datetime.date, Precision]:
    text = _text(mapping, "date", 0, "at").strip()
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
    text = _text(mapping, "edition", "content").strip()
    if not text:
        return None
    if not EDITION.fullmatch(text):
        raise RecordError(f"has the edition number {text[:40]!r}")
    return tuple(int(part) for part in text.split("."))


def _group_of(mapping: dict[str, Any]) -> str:
    contributors = mapping.get("contributor")
    for position in range(len(contributors) if isinstance(contributors, list) else 0):
        path = (position, "organization", "subdivision", 0, "name", 0, "content")
        if name := _text(contributors, *path):
            return " ".join(name.split())
    return ""


def _read_abstract(record: Record, mapping: dict[str, Any]) -> None:
    stored = _text(mapping, "abstract", 0, "content")
    record.abstract, had_debris = clean_abstract(stored)
    if had_debris:
        record.notes.add(RecordNote.TEXT_CLEANED)
    if stored and not record.abstract:
        record.notes.add(RecordNote.ABSTRACT_BLANK)


def _text(value: Any, *path: str | int) -> str:
    """Return the text at a path through mappings and lists; empty if there is none."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return value if isinstance(value, str) else "" if value is None else str(value)
