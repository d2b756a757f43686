"""What people type that is no number: names in use, names of texts by others, of families.

A name that opens one text is known to the index (`names_that_open`). All others lead to the texts
that people may mean by them, and each says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from catalog.identifiers.characters import plain
from catalog.identifiers.elsewhere import Elsewhere
from catalog.identifiers.folding import compact, fold, number_sort_key
from catalog.identifiers.openings import read_opening
from catalog.models import CommonName, OthersName, Publication, TextFamily
from catalog.models.bulk import in_parts
from catalog.resolver import notes
from catalog.resolver.answer import MAX_OTHERS, NEAR, Answer, Text, work_of
from catalog.resolver.known_names import (
    families_called,
    is_spelled_so,
    keys_asked,
    names_in_use,
    names_of_others,
)
from catalog.resolver.names_that_open import opens_one_text
from catalog.terms import IN_FORCE_STATES, NameRelation, Outcome

KIND = "Text by others"
# A name of a text before one of its family, and that before what is only defined in it.
ORDER = list(NameRelation)
GAP = re.compile(r"^([a-z]{1,3})[ .-]+(?=\d)")
LIKE_A_NUMBER = re.compile(r"[a-z]{1,3}[ .-]*\d")
# Longer than any number with what opens it.
MAX_WRITTEN = 120


@dataclass(frozen=True)
class _Meant:
    """What a query is a name of."""

    names: tuple[CommonName, ...] = ()
    others: OthersName | None = None
    families: tuple[TextFamily, ...] = ()

    @property
    def works(self) -> list[int]:
        """The primary keys of the works that have the name, each once."""
        return list(dict.fromkeys(row.work_id for row in self.names))

    @property
    def has_text(self) -> bool:
        """Whether it is the name of a text, not of a part or family alone."""
        return any(row.relation == NameRelation.IS for row in self.names)

    @property
    def opens(self) -> bool:
        """Whether the name is that of one text and of nothing else."""
        return self.others is None and opens_one_text(self.names)


def explained(answers: Sequence[Answer]) -> list[Answer]:
    """Return answers with what else their queries name, by a fixed number of queries for all.

    Where no text was found, the texts that people call so are candidates, or it is said whose
    text it is. A name to the letter goes before a number that is not written so (`V5.1` is not
    V.51). Families of texts that have the query for a whole name are named, unless it is the
    plain number of the text that was found: X.500 is a text first.
    """
    meant = _meant(answers)
    members = Publication.objects.by_pattern(
        {family.pattern for a in answers if _is_open(a) for family in meant[a.query].families}
    )
    works = _works(meant.values(), members.values())
    return [_explained(answer, meant[answer.query], members, works) for answer in answers]


def _meant(answers: Sequence[Answer]) -> dict[str, _Meant]:
    """Return for each query what it is a name of, as far as that matters beside what was found."""
    keys = {answer.query: keys_asked(answer.query) for answer in answers}
    may_be_named = [a.query for a in answers if _is_open(a) or not _is_as_written(a)]
    asked = {key for query in may_be_named for key in keys[query]}
    in_use, others = names_in_use(asked), names_of_others(asked)
    families = families_called(
        key for a in answers if not _is_plain_number(a) for key in keys[a.query]
    )
    found = {}
    for answer in answers:
        query, its = answer.query, keys[answer.query]
        names = next((in_use[key] for key in its if key in in_use), [])
        others_name = next((others[key][0] for key in its if key in others), None)
        if not _is_open(answer):
            is_named = query in may_be_named
            names = [row for row in names if is_named and is_spelled_so(query, row.name)]
            is_others = is_named and others_name and is_spelled_so(query, others_name.name)
            others_name = others_name if is_others else None
        called = next((families[key] for key in its if key in families), [])
        is_number = _is_plain_number(answer)
        found[query] = _Meant(tuple(names), others_name, () if is_number else tuple(called))
    return found


def _explained(
    answer: Answer,
    meant: _Meant,
    members: dict[str, list[int]],
    works: dict[int, Publication],
) -> Answer:
    is_open = _is_open(answer)
    read = () if is_open else tuple(filter(None, (answer.found, *answer.others)))
    # A text that was found may have the name anyway.
    found = {work_of(text).pk for text in read}
    if meant.others is not None:
        answer = _of_others(answer.query, meant.others, works)
    elif (meant.names and found.isdisjoint(meant.works)) or (meant.families and is_open):
        answer = _of_names(answer, meant, read, members, works)
    return replace(answer, families=meant.families) if meant.families else answer


def _of_names(
    answer: Answer,
    meant: _Meant,
    read: tuple[Text, ...],
    members: dict[str, list[int]],
    works: dict[int, Publication],
) -> Answer:
    """Return the texts that people call so; `read` are those whose number looks alike."""
    names = sorted(meant.names, key=lambda row: ORDER.index(NameRelation(row.relation)))
    ranks: dict[int, int] = {}
    for row in names:
        ranks.setdefault(row.work_id, ORDER.index(NameRelation(row.relation)))
    texts: list[Text] = sorted(map(works.__getitem__, ranks), key=lambda work: _place(ranks, work))
    for family in meant.families:
        texts += [works[pk] for pk in members.get(family.pattern, ()) if pk in works]
    texts = list(dict.fromkeys((*texts, *read)))
    found = texts[0] if read and meant.opens else None
    understood = _understood(answer.query, meant)
    note = notes.of_names(understood if names else answer.query, names, meant.families, works, read)
    return Answer(
        query=answer.query,
        outcome=Outcome.CANDIDATES if found is None else Outcome.WORK,
        understood=understood,
        found=found,
        others=tuple(text for text in texts if text != found)[:MAX_OTHERS],
        note=note,
        whys={work_of(text).pk: notes.read_as_number(understood) for text in read},
        # The page of a family is opened as a number is; names of texts show results.
        is_identifier=answer.is_identifier and bool(meant.families) and not meant.has_text,
        is_common_name=found is not None,
        by_names=tuple(names),
    )


def _place(ranks: dict[int, int], work: Publication) -> tuple:
    """Return where a work stands: by what the name is to it, in force first, by number."""
    return (ranks[work.pk], work.state not in IN_FORCE_STATES, number_sort_key(work.label))


def _understood(query: str, meant: _Meant) -> str:
    """Return the name as it is curated."""
    if meant.names:
        return next((r.name for r in meant.names if is_spelled_so(query, r.name)), "") or (
            meant.names[0].name
        )
    return str(meant.families[0])


def _of_others(text: str, name: OthersName, works: dict[int, Publication]) -> Answer:
    link = name.source.url if name.source else ""
    here = {key: work for work in works.values() for key in (work.identifier, work.key) if key}
    near = dict.fromkeys(here[key] for key in name.nearest_list if key in here)
    return Answer(
        query=text,
        outcome=Outcome.NOT_HELD,
        understood=name.name,
        elsewhere=Elsewhere(KIND, notes.others_words(name), link),
        others_name=name,
        near=tuple(near)[:NEAR],
    )


def _works(meant: Iterable[_Meant], members: Iterable[list[int]]) -> dict[int, Publication]:
    """Return all works that the answers name, each with its Sector and standing edition."""
    meant = list(meant)
    wanted = dict.fromkeys(pk for one in meant for pk in one.works)
    wanted |= dict.fromkeys(pk for some in members for pk in some[:MAX_OTHERS])
    nearest = {key for one in meant if one.others for key in one.others.nearest_list}
    found: dict[int, Publication] = {}
    for part in in_parts(wanted):
        found |= Publication.objects.in_brief().in_bulk(part)
    for part in in_parts(nearest):
        found |= {work.pk: work for work in Publication.objects.in_brief().named(part)}
    for work in found.values():
        if work.current_edition is not None:
            work.current_edition.publication = work
    return found


def _is_open(answer: Answer) -> bool:
    """Whether no text was found, so that it may be a name."""
    return answer.found is None and answer.outcome is not Outcome.CANDIDATES


def _is_as_written(answer: Answer) -> bool:
    """Whether the query spells a number of a text that was found with its dot: X.264, not x264.

    So does every text that is no number, such as a title; and what has a date or component.
    """
    query = plain(answer.query[:MAX_WRITTEN])[:MAX_WRITTEN].lower()
    rest = fold(read_opening(query).rest)
    if not isinstance(answer.found, Publication | None) or not LIKE_A_NUMBER.match(rest):
        return True
    form = GAP.sub(r"\1.", rest)
    texts = filter(None, (answer.found, *answer.others))
    return any(form in map(fold, _halves(work_of(text).identifier)) for text in texts)


def _is_plain_number(answer: Answer) -> bool:
    if answer.found is None or not answer.is_identifier:
        return False
    form = compact(answer.query)
    identifier = work_of(answer.found).identifier
    halves = _halves(identifier)
    return form in map(compact, (identifier, *halves, *(f"ITU-T {half}" for half in halves)))


def _halves(identifier: str) -> list[str]:
    return identifier.removeprefix("ITU-T ").removeprefix("ITU-R ").split("/")
