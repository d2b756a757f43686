"""Labels, addresses and all further names of works (rules 2.8 and 8.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count

from catalog.dataset.standards import base_of
from catalog.dataset.works import LeftOut, Work, WorkName
from catalog.identifiers import RadioIdentifier, StandardIdentifier, read_link
from catalog.terms import Kind, NameKind, RecordNote, RecordRole, SectorCode


def name_works(works: list[Work], left_out: Iterable[LeftOut]) -> None:
    """Give each work its identifier, its address and every other name; changes the works.

    The plain address goes to the text in force, else to the one with the newest edition; the
    others take the year of their newest edition (rule 8.4).
    """
    _tell_labels_apart(works)
    drafts = _drafts(left_out)
    for work in works:
        if work.sector is SectorCode.ITU_T:
            _name_standard(work)
        else:
            _name_radio(work, drafts)


def _tell_labels_apart(works: list[Work]) -> None:
    """Give every work an address and an identifier that no other one has."""
    by_address: dict[tuple[SectorCode, str], list[Work]] = defaultdict(list)
    for work in works:
        by_address[work.sector, work.slug].append(work)
    addresses = set(by_address)
    for place in sorted(by_address, key=lambda place: (place[0].value, place[1])):
        same = by_address[place]
        first, *others = sorted(same, key=_claim, reverse=True) if len(same) > 1 else same
        first.identifier = first.label
        labels = {first.label}
        for work in others:
            suffix = next(
                suffix
                for suffix in _suffixes(work)
                if (work.sector, f"{work.slug}-{suffix}") not in addresses
            )
            work.slug = f"{work.slug}-{suffix}"
            addresses.add((work.sector, work.slug))
            work.identifier = f"{work.label} ({suffix})" if work.label in labels else work.label
            labels.add(work.label)


def _claim(work: Work) -> tuple:
    """How good the claim of a work to its plain address is."""
    first_record = min(record.source_identifier for record in work.records)
    is_whole = bool(work.editions)
    return (work.in_force is not None, is_whole, work.newest_date, work.label, first_record)


def _suffixes(work: Work) -> Iterator[str]:
    """Yield what distinguishes a work from others of its number: year, month, then an ordinal."""
    yield f"{work.newest_date.year}"
    yield f"{work.newest_date:%Y-%m}"
    yield from (f"{work.newest_date:%Y-%m}-{ordinal}" for ordinal in count(2))


def full_numbers(work: Work) -> list[str]:
    """Return the numbers of the editions in full, the present one first, twins included.

    Of a work without editions those of the texts that its components change, the newest first.
    """
    labels = [work.standing.record.identifier.work_label] if work.standing else []
    for edition in reversed(work.editions):
        records = [record for record in (edition.record, edition.twin) if record]
        labels += [record.identifier.work_label for record in records]
    if not labels:
        newest_first = sorted(work.unattached, key=lambda part: part.position, reverse=True)
        labels = [base_of(part).work_label for part in newest_first]
    return list(dict.fromkeys(label.removeprefix("ITU-T ") for label in labels))


def single_numbers(number: str) -> list[str]:
    """Return the parts of a dual number; of a supplement, each with its supplement number."""
    base, marker, supplement = number.partition(" Suppl. ")
    return [half + marker + supplement for half in base.split("/")]


def _address(number: str) -> str:
    base, _marker, supplement = number.partition(" Suppl. ")
    return StandardIdentifier(base, supplement).work_address


def _name_standard(work: Work) -> None:
    numbers = full_numbers(work)
    present, *others = numbers
    twins = {
        edition.twin.identifier.work_label.removeprefix("ITU-T ")
        for edition in work.editions
        if edition.twin and edition is work.standing
    }
    names = [
        WorkName(NameKind.TWIN if number in twins else NameKind.FORMER, number) for number in others
    ]
    work.numbers = {half for number in numbers for half in single_numbers(number)}
    taken = {name.name for name in names} | {present}
    names += [
        WorkName(NameKind.HALF, half)
        for number in numbers
        for half in single_numbers(number)
        if half not in taken
    ]
    names += [
        WorkName(NameKind.ISO, iso)
        for iso in dict.fromkeys(record.iso for record in work.records if record.iso)
    ]
    unique = {name.name: name for name in reversed(names)}
    for name in sorted(unique.values(), key=lambda name: name.name):
        slug = "" if name.kind is NameKind.ISO else _address(name.name)
        work.names.append(WorkName(name.kind, name.name, "" if slug == work.slug else slug))


def _name_radio(work: Work, drafts: dict[int, list[str]]) -> None:
    if work.kind in (Kind.RECOMMENDATION, Kind.REPORT) and work.editions:
        work.numbers = {work.editions[0].record.identifier.code}
    names = []
    for edition in work.editions:
        if edition.twin:
            twin: RadioIdentifier = edition.twin.identifier
            work.numbers.add(twin.code)
            names.append(WorkName(NameKind.TWIN, twin.code, twin.work_address))
        link = read_link(edition.record.link)
        is_odd = link is not None and RecordNote.CODE_AGAINST_LINK in edition.record.notes
        if is_odd and link.number != edition.record.identifier.code:
            names.append(WorkName(NameKind.OTHER, link.number))
        names += [WorkName(NameKind.DRAFT, code) for code in drafts.get(id(edition), [])]
    unique = {name.name: name for name in reversed(names)}
    work.names += sorted(unique.values(), key=names.index)


def _drafts(left_out: Iterable[LeftOut]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in left_out:
        if row.role is RecordRole.DRAFT and row.target:
            found[id(row.target)].append(row.record.source_identifier.removeprefix("ITU-R "))
    return found
