"""Labels, addresses and all further names of works (data set notes, sections 5 and 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from catalog.dataset.works import LeftOut, Work, WorkName
from catalog.identifiers import RadioIdentifier, StandardIdentifier, read_link
from catalog.terms import Kind, NameKind, RecordNote, RecordRole, SectorCode


def name_works(works: list[Work], left_out: Iterable[LeftOut]) -> None:
    """Give each work its identifier, its address and every other name; changes the works.

    Addresses: page design, section 2. The plain one goes to the text in force, else to the one
    with the newest edition; the others take the year of their newest edition.
    """
    _tell_labels_apart(works)
    drafts = _drafts(left_out)
    for work in works:
        if work.sector is SectorCode.ITU_T:
            _name_standard(work)
        else:
            _name_radio(work, drafts)


def _tell_labels_apart(works: list[Work]) -> None:
    by_address: dict[tuple, list[Work]] = defaultdict(list)
    for work in works:
        work.identifier = work.label
        by_address[work.sector, work.slug].append(work)
    for same in by_address.values():
        same.sort(key=_claim, reverse=True)
        for work in same[1:]:
            year = work.editions[-1].date.year if work.editions else 0
            work.slug = f"{work.slug}-{year}"
            if any(other.label == work.label for other in same if other is not work):
                work.identifier = f"{work.label} ({year})"


def _claim(work: Work) -> tuple:
    """How good the claim of a work to its plain address is."""
    newest = work.editions[-1].date.isoformat() if work.editions else ""
    return (work.in_force is not None, newest, work.label)


def full_numbers(work: Work) -> list[str]:
    """Return the numbers of the editions in full, the present one first, twins included."""
    identifiers = [work.standing.record.identifier] if work.standing else []
    for edition in reversed(work.editions):
        identifiers += [record.identifier for record in (edition.record, edition.twin) if record]
    if not identifiers:
        identifiers = [part.record.identifier for part in work.loose]
    return list(dict.fromkeys(one.work_label.removeprefix("ITU-T ") for one in identifiers))


def single_numbers(number: str) -> list[str]:
    """Return the halves of a dual number; of a supplement, each with its supplement number."""
    base, marker, supplement = number.partition(" Suppl. ")
    return [half + marker + supplement for half in base.split("/")]


def _address(number: str) -> str:
    base, _marker, supplement = number.partition(" Suppl. ")
    return StandardIdentifier(base, supplement).work_address


def _name_standard(work: Work) -> None:
    numbers = full_numbers(work) if work.editions else [work.label.removeprefix("ITU-T ")]
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
    for edition in work.editions:
        if edition.twin:
            twin: RadioIdentifier = edition.twin.identifier
            work.numbers.add(twin.code)
            work.names.append(WorkName(NameKind.TWIN, twin.code, twin.work_address))
        link = read_link(edition.record.link)
        is_odd = link is not None and RecordNote.CODE_AGAINST_LINK in edition.record.notes
        if is_odd and link.number != edition.record.identifier.code:
            work.names.append(WorkName(NameKind.OTHER, link.number))
        for code in drafts.get(id(edition), []):
            work.names.append(WorkName(NameKind.DRAFT, code))


def _drafts(left_out: Iterable[LeftOut]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in left_out:
        if row.role is RecordRole.DRAFT and row.target:
            found[id(row.target)].append(row.record.source_identifier.removeprefix("ITU-R "))
    return found
