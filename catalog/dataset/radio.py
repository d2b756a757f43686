"""Records of ITU-R to works (rules 2.9, 2.12, 3.7 and 4.2)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from catalog.dataset import repairs
from catalog.dataset.source_record import Record
from catalog.dataset.states import state_of_other_radio_text, state_of_radio_recommendation
from catalog.dataset.works import LeftOut, Work, WorkComponent, WorkEdition
from catalog.identifiers import RadioIdentifier, RadioPaper, parse_identifier, read_link
from catalog.identifiers.links import handbook_year
from catalog.terms import ComponentType, Kind, Precision, RecordNote, RecordRole, SectorCode, State

REASONS = {
    RecordRole.DRAFT: "the draft of a text, under the number of a study-group document",
    RecordRole.COMPILATION: "a volume, a list or a sales item, not a text of its own",
    RecordRole.DUPLICATE_REPORT: "a second record of {target}",
    RecordRole.TEST: "a test record",
}


@dataclass
class RadioTexts:
    """The works of ITU-R, and the records that belong to none."""

    works: list[Work] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    twins: list[tuple[str, str]] = field(default_factory=list)
    # Further records of a text that has its record, or two, already.
    surplus: list[tuple[Record, WorkEdition]] = field(default_factory=list)


def group_radio(records: Iterable[Record]) -> RadioTexts:
    """Return the works that the ITU-R records make; the order of the records does not matter."""
    found = RadioTexts()
    works: dict[str, list[Record]] = defaultdict(list)
    corrigenda: list[Record] = []
    outside: list[tuple[Record, RecordRole]] = []
    for record in sorted(records, key=lambda record: record.source_identifier):
        if role := _role_outside(record):
            outside.append((record, role))
        elif record.source_identifier in repairs.CORRIGENDA:
            corrigenda.append(record)
        else:
            works[_label(record)].append(record)
    found.works = [_work(works[label], found) for label in sorted(works)]
    for record in corrigenda:
        _hang_corrigendum(record, found.works)
    editions = {
        identifier: edition
        for work in found.works
        for edition in work.editions
        for identifier in (edition.twin_identifier, edition.identifier)
    }
    found.left_out = [_left_out(record, role, editions) for record, role in outside]
    for record, edition in found.surplus:
        if record.identifier.kind is Kind.REPORT:
            role = RecordRole.DUPLICATE_REPORT
            reason = REASONS[role].format(target=edition.identifier)
            found.left_out.append(LeftOut(record, role, reason, edition))
    found.surplus = [row for row in found.surplus if row[0].identifier.kind is not Kind.REPORT]
    return found


def _role_outside(record: Record) -> RecordRole | None:
    """Return what a record is if it stands for no text of its own; None otherwise."""
    text, identifier = record.source_identifier, record.identifier
    if text in repairs.DUPLICATE_REPORTS:
        return RecordRole.DUPLICATE_REPORT
    if text in repairs.TESTS:
        return RecordRole.TEST
    if text in repairs.DRAFTS:
        return RecordRole.DRAFT
    if isinstance(identifier, RadioPaper):
        return RecordRole.DRAFT if identifier.is_draft else RecordRole.COMPILATION
    return None


def _left_out(record: Record, role: RecordRole, editions: dict[str, WorkEdition]) -> LeftOut:
    target = None
    link = read_link(record.link)
    if role is RecordRole.DUPLICATE_REPORT:
        target = editions.get(f"Report {repairs.DUPLICATE_REPORTS[record.source_identifier]}")
    elif role is RecordRole.DRAFT and link and link.letter == "P":
        target = editions.get(f"ITU-R {link.number}-{link.version or 0}")
    reason = REASONS[role].format(target=target.identifier if target else "a Report")
    if role is RecordRole.DRAFT and link and link.letter == "P":
        named = f"ITU-R {link.number}-{link.version or 0}"
        known = "" if target else ", which is not in the data set"
        reason = f"the draft of {named}, as its link says{known}"
    return LeftOut(record, role, reason, target)


def _work(records: list[Record], found: RadioTexts) -> Work:
    records.sort(key=lambda record: record.source_identifier in repairs.TWO_CODES)
    identifier: RadioIdentifier = records[0].identifier
    work = Work(SectorCode.ITU_R, identifier.kind, identifier.work_label, identifier.work_address)
    work.series = identifier.series
    if identifier.kind is Kind.QUESTION and identifier.group:
        work.group = f"ITU-R Study Group {identifier.group}"
    issues: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        issues[_version(record)].append(record)
    for version in sorted(issues):
        edition = _edition(version, issues[version], found)
        edition.position = version + 1
        work.editions.append(edition)
    _reconcile_states(work)
    for edition in work.editions:
        _note_oddities(edition)
    work.title = work.standing.record.title or f"{work.label} (the record has no title)"
    return work


def _label(record: Record) -> str:
    """Return the label of the work a record belongs to; two spellings of a dual code are one."""
    text = repairs.TWO_CODES.get(record.source_identifier, record.source_identifier)
    return parse_identifier(text, record.identifier.kind).work_label


def _version(record: Record) -> int:
    """Return what orders the editions of a work: the version, of a Handbook the year."""
    identifier: RadioIdentifier = record.identifier
    if identifier.kind is Kind.HANDBOOK:
        return handbook_year(record.link) or record.date.year
    if identifier.version is not None:
        return identifier.version
    return repairs.VERSIONS.get(record.source_identifier, 0)


def _edition(version: int, records: list[Record], found: RadioTexts) -> WorkEdition:
    record, *others = records
    identifier: RadioIdentifier = record.identifier
    twins = [one for one in others if one.source_identifier in repairs.TWO_CODES][:1]
    is_handbook = identifier.kind is Kind.HANDBOOK
    text = replace(identifier, version=version, second="").text
    if is_handbook:
        text = f"{identifier.work_label} ({version})"
    approved, precision = _approval(record)
    if is_handbook:
        # The year of publication; the file may have been posted decades later.
        approved, precision = datetime.date(version, 1, 1), Precision.YEAR
    edition = WorkEdition(
        record,
        text,
        identifier.work_address,
        str(version),
        approved=approved,
        approved_precision=precision,
        posted=record.date,
        version=None if is_handbook else version,
    )
    if twins:
        edition.twin = twins[0]
        twin: RadioIdentifier = twins[0].identifier
        edition.twin_identifier = replace(twin, version=version, second="").text
        edition.twin_number = twin.work_address
        found.twins.append((record.source_identifier, twins[0].source_identifier))
        for one in (record, twins[0]):
            one.notes.add(RecordNote.TWIN)
    found.surplus += [(one, edition) for one in others if one not in twins]
    return edition


def _approval(record: Record) -> tuple[datetime.date | None, Precision]:
    """Return the month of approval, known only from the link of a Recommendation."""
    link = read_link(record.link)
    if link is None or record.identifier.kind is not Kind.RECOMMENDATION:
        return None, Precision.DAY
    try:
        return datetime.date(link.year, link.month, 1), Precision.MONTH
    except ValueError:
        return None, Precision.DAY


def _reconcile_states(work: Work) -> None:
    highest = work.editions[-1]
    for edition in work.editions:
        is_highest = edition is highest
        if work.kind is Kind.RECOMMENDATION:
            verdict = state_of_radio_recommendation(edition.record, is_highest=is_highest)
        else:
            verdict = state_of_other_radio_text(is_highest=is_highest)
        edition.state, edition.grounds = verdict


def _note_oddities(edition: WorkEdition) -> None:
    record = edition.record
    if record.source_identifier in repairs.CODE_AGAINST_LINK:
        record.notes.add(RecordNote.CODE_AGAINST_LINK)
    if record.identifier.kind is Kind.QUESTION and not record.identifier.group:
        record.notes.add(RecordNote.NO_GROUP)
    if repairs.LOST_CHARACTERS.search(record.title):
        record.notes.add(RecordNote.LOST_CHARACTERS)
    if record.source_identifier in repairs.DOUBTFUL_TITLES:
        record.notes.add(RecordNote.DOUBTFUL_TITLE)


def _hang_corrigendum(record: Record, works: list[Work]) -> None:
    """Give a corrigendum to its edition, or to the work if the edition is missing."""
    series, number, version, ordinal = repairs.CORRIGENDA[record.source_identifier]
    identifier = RadioIdentifier(Kind.RECOMMENDATION, series, number)
    work = next((work for work in works if work.label == identifier.work_label), None)
    if work is None:
        work = Work(
            SectorCode.ITU_R,
            Kind.RECOMMENDATION,
            identifier.work_label,
            identifier.work_address,
            series,
            title=record.title or f"{identifier.work_label} (the record has no title)",
        )
        works.append(work)
    edition = next((edition for edition in work.editions if edition.version == version), None)
    approved, precision = _approval(record)
    month = approved or record.date
    part = WorkComponent(
        record,
        f"{replace(identifier, version=version).text} Cor. {ordinal}",
        identifier.work_address,
        f"{month:%Y-%m}/cor{ordinal}",
        approved=approved,
        approved_precision=precision,
        posted=record.date,
        position=1,
        type=ComponentType.CORRIGENDUM,
    )
    if edition is None:
        record.notes.add(RecordNote.NO_BASE)
        work.unattached.append(part)
    else:
        edition.components.append(part)
    if edition is None or edition is work.editions[-1]:
        part.state, part.grounds = state_of_radio_recommendation(record, is_highest=True)
    else:
        part.state = State.SUPERSEDED
        part.grounds = f"{edition.identifier} was replaced by {work.editions[-1].identifier}"
