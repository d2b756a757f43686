"""Records of ITU-T to works (rules 2.2 to 2.8, 3.5 and 3.6)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.dataset.repairs import repair_target
from catalog.dataset.source_record import Record
from catalog.dataset.states import OLDER_OF_TWO, letter_of, state_of_standard
from catalog.dataset.works import Work, WorkComponent, WorkEdition
from catalog.identifiers import StandardIdentifier
from catalog.terms import ComponentType, Kind, RecordNote, SectorCode, State


@dataclass
class Standards:
    """The works of ITU-T, and what was noticed while making them."""

    works: list[Work] = field(default_factory=list)
    families_by_relation: int = 0
    unmatched_targets: dict[str, list[str]] = field(default_factory=dict)
    repaired_targets: int = 0
    twins: list[tuple[str, str]] = field(default_factory=list)
    two_in_force: list[str] = field(default_factory=list)
    # Further records of a text that has one record, or two, already.
    surplus: list[tuple[Record, Record]] = field(default_factory=list)


# What names a component in a relation, and the number of a Recommendation.
COMPONENT = re.compile(r"\(\d{4}\)|\b(?:Amd|Cor|Err|Add|App)\.|\bAnnex\b|\battachment\b")
NUMBERED = re.compile(r"[A-Z]\.\d+(?!.* series)")


class Families:
    """Groups of names that grow together (union-find)."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, name: str) -> str:
        """Return the name that stands for the group of a name."""
        root = name
        while (above := self.parent.setdefault(root, root)) != root:
            root = above
        while self.parent[name] != root:
            self.parent[name], name = root, self.parent[name]
        return root

    def join(self, one: str, other: str) -> None:
        """Make two groups one; the result does not depend on the order of calls."""
        first, last = sorted((self.find(one), self.find(other)))
        self.parent[last] = first


def group_standards(records: Iterable[Record]) -> Standards:
    """Return the works that the ITU-T records make; the order of the records does not matter."""
    records = sorted(records, key=lambda record: record.source_identifier)
    found = Standards()
    families = _families(records, found)
    for members in families:
        found.works.append(_work(members, found))
    return found


def _families(records: list[Record], found: Standards) -> list[list[Record]]:
    stored = {_bare(record): record for record in records}
    families = Families()
    for name, record in stored.items():
        families.find(name)
        for target in record.family:
            if target not in stored:
                repaired = repair_target(target)
                if repaired in stored:
                    found.repaired_targets += 1
                else:
                    found.unmatched_targets.setdefault(repaired, []).append(
                        record.source_identifier
                    )
                target = repaired
            families.join(name, target)
    found.families_by_relation = len({families.find(name) for name in stored})
    by_number: dict[str, str] = {}
    for name, record in stored.items():
        number = record.identifier.work_label
        if not record.is_thin:
            by_number.setdefault(number, name)
    for name, record in stored.items():
        if record.is_thin:
            families.join(by_number.setdefault(record.identifier.work_label, name), name)
    groups: dict[str, list[Record]] = defaultdict(list)
    for name, record in stored.items():
        groups[families.find(name)].append(record)
    return [groups[root] for root in sorted(groups)]


def _bare(record: Record) -> str:
    return record.source_identifier.removeprefix("ITU-T ")


def is_edition(record: Record) -> bool:
    """Return whether a record is an edition, and not a component (rule 2.4)."""
    identifier = record.identifier
    if identifier.components:
        return False
    return not identifier.supplement or record.edition is None or len(record.edition) == 1


def _work(members: list[Record], found: Standards) -> Work:
    issues = [record for record in members if is_edition(record)]
    of_supplement = _is_of_supplement(members, issues)
    editions = _editions(issues, found)
    kind = Kind.OTHER
    if editions:
        kind = Kind.SUPPLEMENT if of_supplement else Kind.RECOMMENDATION
    work = Work(SectorCode.ITU_T, kind, "", "", editions=editions)
    _attach(work, [r for r in members if not is_edition(r)], of_supplement)
    _reconcile_states(work, found)
    base = work.standing.record.identifier if work.standing else base_of(_newest(work.unattached))
    work.label = base.work_label
    work.slug = base.work_address
    work.series = base.series
    work.title = (work.standing.record.title if work.standing else _title_of_base(work)) or (
        f"{work.label} (the record has no title)"
    )
    work.group = next((record.group for record in reversed(members) if record.group), "")
    work.complements = next((r.complements for r in members if r.complements), ())
    return work


def base_of(part: WorkComponent) -> StandardIdentifier:
    """Return the number of the text that a component of ITU-T changes, in the form of a work."""
    identifier: StandardIdentifier = part.record.identifier
    supplement = identifier.supplement if part.number == identifier.work_address else ""
    return StandardIdentifier(identifier.number, supplement)


def _newest(parts: list[WorkComponent]) -> WorkComponent:
    return max(parts, key=lambda part: part.position)


def _is_of_supplement(members: list[Record], issues: list[Record]) -> bool:
    """Return whether a family is that of a supplement, and not of what supplements complete.

    Where no edition of it is there, the relations of its components name those that are missing;
    else a number of series alone can only be that of a supplement (`G Suppl. 39`).
    """
    if issues:
        return any(record.identifier.supplement for record in issues)
    if not any(record.identifier.supplement for record in members):
        return False
    targets = {repair_target(target) for record in members for target in record.family}
    editions = [target for target in targets if not COMPONENT.search(target)]
    if editions:
        return all("Suppl." in target for target in editions)
    return all(record.is_thin or not NUMBERED.match(record.identifier.number) for record in members)


def _title_of_base(work: Work) -> str:
    titles = [
        title
        for part in work.unattached
        for target, title in part.record.family_titles.items()
        if not any(word in target for word in ("Amd.", "Cor.", "Err."))
    ]
    return next(iter(titles), "") or f"{work.label} (its text is not in the data set)"


def _editions(records: list[Record], found: Standards) -> list[WorkEdition]:
    """Return the editions, oldest first; two records of one number and date are one text."""
    issues: dict[tuple, list[Record]] = defaultdict(list)
    for record in records:
        lone = record.edition is None
        issues[
            record.edition or (0,), record.date, record.source_identifier if lone else ""
        ].append(record)
    editions = []
    for key in sorted(issues, key=lambda key: (key[0], key[1], key[2])):
        leading, *others = sorted(issues[key], key=_twin_order)
        edition = _edition(leading)
        twins = [r for r in others if r.identifier.work_label != leading.identifier.work_label]
        found.surplus += [(record, leading) for record in others if record not in twins[:1]]
        if twins:
            edition.twin = twins[0]
            edition.twin_identifier = twins[0].identifier.text
            edition.twin_number = twins[0].identifier.work_address
            found.twins.append((leading.source_identifier, twins[0].source_identifier))
            for record in (leading, twins[0]):
                record.notes.add(RecordNote.TWIN)
        editions.append(edition)
    if any(record.edition is None for record in records):
        editions.sort(key=lambda edition: edition.date)
    numbers = [edition.record.edition[0] if edition.record.edition else 0 for edition in editions]
    if len(set(numbers)) < len(numbers) or 0 in numbers:
        numbers = range(1, len(editions) + 1)
    for edition, number in zip(editions, numbers, strict=True):
        edition.position = number
    return editions


def _twin_order(record: Record) -> tuple:
    """The leading twin is the one in force, else the one with a link, else the first by name."""
    return (not record.in_force, not record.link, record.source_identifier)


def _edition(record: Record) -> WorkEdition:
    identifier: StandardIdentifier = record.identifier
    return WorkEdition(
        record,
        identifier.text,
        identifier.work_address,
        identifier.edition_address,
        approved=record.date,
        approved_precision=record.precision,
        version=identifier.version,
    )


def _attach(work: Work, records: list[Record], of_supplement: bool) -> None:
    """Give each component to its edition, else to the work (rule 2.6)."""
    by_number = {e.record.edition[0]: e for e in work.editions if e.record.edition}
    for record in sorted(records, key=lambda r: (r.date, r.edition or (), r.source_identifier)):
        component = _component(record, of_supplement)
        edition = by_number.get(record.edition[0]) if record.edition else None
        if edition is None and not record.edition:
            edition = _edition_of_base_year(work.editions, record)
        (edition.components if edition else work.unattached).append(component)
        if edition is None:
            record.notes.add(RecordNote.NO_BASE)
    for position, component in enumerate(
        sorted(work.components, key=lambda part: (part.date, part.record.source_identifier)), 1
    ):
        component.position = position
    _tell_apart(work)


def _edition_of_base_year(editions: list[WorkEdition], record: Record) -> WorkEdition | None:
    years = [token.base_year for token in record.identifier.components if token.base_year]
    same = [e for e in editions if years and e.date.year == years[0]]
    earlier = [edition for edition in same if edition.date <= record.date]
    return (earlier or same or [None])[-1]


def _component(record: Record, of_supplement: bool) -> WorkComponent:
    identifier: StandardIdentifier = record.identifier
    tokens = identifier.components
    number = identifier.work_address
    if identifier.supplement and not of_supplement:
        number = number.removesuffix(f".sup{identifier.supplement}")
    return WorkComponent(
        record,
        identifier.text,
        number,
        f"{identifier.edition_address}/{identifier.part_address(of_supplement)}",
        approved=record.date,
        approved_precision=record.precision,
        type=tokens[-1].type if tokens else ComponentType.SUPPLEMENT,
    )


def _tell_apart(work: Work) -> None:
    """Give components of one month and name the year of the text they change."""
    same: dict[tuple[str, str], list[WorkComponent]] = defaultdict(list)
    for component in work.components:
        same[component.number, component.slug].append(component)
    for parts in same.values():
        if len(parts) > 1:
            _give_years(parts)
    same = defaultdict(list)
    for component in work.components:
        same[component.number, component.slug].append(component)
    for parts in same.values():
        for ordinal, part in enumerate(sorted(parts, key=_record_name), 1):
            if ordinal > 1:
                part.slug = f"{part.slug}-{ordinal}"
    names: dict[tuple, list[WorkComponent]] = defaultdict(list)
    for component in work.components:
        tokens = component.record.identifier.components
        key = (
            component.number,
            component.record.edition,
            tuple((t.type, t.number) for t in tokens),
        )
        if tokens and tokens[-1].type is ComponentType.CORRIGENDUM:
            names[(*key, tuple(token.base_year for token in tokens))].append(component)
    for parts in names.values():
        if len(parts) > 1:
            for part in parts:
                part.record.notes.add(RecordNote.COMPONENT_TWICE)


def _give_years(parts: list[WorkComponent]) -> None:
    """Put the year of the text that a component changes into its address, where it has one."""
    for part in parts:
        years = [token.base_year for token in part.record.identifier.components if token.base_year]
        if years:
            part.slug = f"{part.slug}-{years[0]}"


def _record_name(part: WorkComponent) -> str:
    return part.record.source_identifier


def _reconcile_states(work: Work, found: Standards) -> None:
    newest = work.editions[-1] if work.editions else None
    for edition in work.editions:
        verdict = state_of_standard(edition.record, has_later=edition is not newest)
        edition.state, edition.grounds = verdict
        _note_doubts(edition.record, edition.state, edition.grounds)
    in_force = [edition for edition in work.editions if edition.is_in_force]
    for older in in_force[:-1]:
        older.state, older.grounds = State.SUPERSEDED, OLDER_OF_TWO
        for edition in (older, in_force[-1]):
            edition.record.notes.add(RecordNote.TWO_IN_FORCE)
    if len(in_force) > 1:
        found.two_in_force.append(in_force[-1].record.identifier.work_label)
    for edition in work.editions:
        has_later = edition.state is State.SUPERSEDED or edition is not newest
        for part in edition.components:
            part.state, part.grounds = state_of_standard(part.record, has_later=has_later)
            _note_doubts(part.record, part.state, part.grounds)
    for part in work.unattached:
        part.state, part.grounds = state_of_standard(part.record, has_later=False)


def _note_doubts(record: Record, state: State, grounds: str) -> None:
    if record.in_force is False and letter_of(record) == "I":
        record.notes.add(RecordNote.STATE_AGAINST_LINK)
    if grounds.endswith("worked out from the later edition"):
        record.notes.add(RecordNote.STATE_INFERRED)
