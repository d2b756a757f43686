"""What people call texts, in words: names under what they are, and why a search led to a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import CommonName, Source, TextFamily
from catalog.resolver import Answer, Text, work_of
from catalog.resolver.known_names import is_spelled_so
from catalog.terms import NameRelation

# What the page of a text says of its names, in the order in which they stand there.
LABELS = {
    NameRelation.IS: gettext_lazy("Known as"),
    NameRelation.PART_OF_FAMILY: gettext_lazy("Name of its family"),
    NameRelation.DEFINED_IN: gettext_lazy("Defined in it"),
    NameRelation.POPULAR_FOR: gettext_lazy("Also looked for as"),
}
SENTENCES = {
    NameRelation.IS: gettext_lazy("“%(name)s” is a name of this text."),
    NameRelation.PART_OF_FAMILY: gettext_lazy(
        "“%(name)s” is the name of a family of texts, one of which is this one."
    ),
    NameRelation.DEFINED_IN: gettext_lazy("“%(name)s” is defined in this text."),
    NameRelation.POPULAR_FOR: gettext_lazy(
        "“%(name)s” is used for this text, but is not its name."
    ),
}


OWN = (NameRelation.IS, NameRelation.PART_OF_FAMILY)


@dataclass(frozen=True)
class NamedSource:
    """A source and the names that rest on it."""

    source: Source
    names: tuple[str, ...]


@dataclass(frozen=True)
class NamesAlike:
    """Names of which the same must be said beside them; perhaps nothing."""

    names: tuple[str, ...]
    aside: str


@dataclass(frozen=True)
class NameGroup:
    """Names of one relation to a text, under a label; those that say all by themselves first."""

    label: str
    rows: tuple[NamesAlike, ...]
    is_own: bool = True

    @property
    def names(self) -> list[str]:
        """All names of the group."""
        return [name for row in self.rows for name in row.names]


@dataclass(frozen=True)
class NamesInUse:
    """What people call a text, and the families of texts to which it belongs."""

    names: Sequence[CommonName]
    families: Sequence[TextFamily]

    @property
    def groups(self) -> list[NameGroup]:
        """The names under what they are to the text, its own names first."""
        return groups_of(self.names)

    @property
    def own(self) -> list[NameGroup]:
        """The names of the text itself and of its family."""
        return [group for group in self.groups if group.is_own]

    @property
    def others(self) -> list[NameGroup]:
        """What is defined in the text, and what it is looked for as."""
        return [group for group in self.groups if not group.is_own]

    @property
    def asides(self) -> list[NamesAlike]:
        """The names of which something must be said: what they are, and what else they may mean."""
        return [row for group in self.groups for row in group.rows if row.aside]

    @property
    def sources(self) -> list[NamedSource]:
        """The sources of the names."""
        return sources_of(self.names)


def groups_of(names: Sequence[CommonName]) -> list[NameGroup]:
    """Return names in groups, the own names of the text first."""
    groups = [
        NameGroup(
            str(label),
            _alike(name for name in names if name.relation == relation),
            relation in OWN,
        )
        for relation, label in LABELS.items()
    ]
    return [group for group in groups if group.rows]


def _alike(names: Iterable[CommonName]) -> tuple[NamesAlike, ...]:
    by_aside: dict[str, list[str]] = {"": []}
    for name in names:
        by_aside.setdefault(aside_of(name), []).append(name.name)
    return tuple(NamesAlike(tuple(found), aside) for aside, found in by_aside.items() if found)


def sources_of(names: Iterable[CommonName]) -> list[NamedSource]:
    """Return the sources of names, each once, in the order of the names."""
    found: dict[Source, list[str]] = {}
    for name in names:
        if name.source is not None:
            found.setdefault(name.source, []).append(name.name)
    return [NamedSource(source, tuple(named)) for source, named in found.items()]


def aside_of(name: CommonName) -> str:
    """Return what must be said of a name beside it: what it is, and what else it may mean."""
    parts = [name.note]
    if others := name.ambiguity_list:
        parts.append(_("may also mean: %(others)s") % {"others": "; ".join(others)})
    return "; ".join(filter(None, parts))


def why_found(name: CommonName) -> str:
    """Return why a name leads to its text, in a sentence, with what must be said of it."""
    sentence = str(SENTENCES[NameRelation(name.relation)]) % {"name": name.name}
    aside = aside_of(name)
    return f"{sentence} {aside[:1].upper()}{aside[1:]}." if aside else sentence


def why_candidate(answer: Answer, text: Text) -> str:
    """Return why a text is a candidate, in sentences; "" where its number says so by itself."""
    work = work_of(text)
    names = [name for name in answer.by_names if name.work_id == work.pk]
    if any(family.has_member(work.identifier) for family in answer.families):
        names = [name for name in names if name.relation != NameRelation.PART_OF_FAMILY]
        words = {"name": answer.understood or answer.query}
        further = [str(SENTENCES[NameRelation.PART_OF_FAMILY]) % words]
    else:
        further = [answer.whys[work.pk]] if work.pk in answer.whys else []
    return " ".join(dict.fromkeys([*map(why_found, said_once(names, answer.query)), *further]))


def said_once(names: Iterable[CommonName], asked: str) -> tuple[CommonName, ...]:
    """Return names of which the same is said once: of G-PON and GPON the one that was typed."""
    found: dict[tuple[int | None, str, str], CommonName] = {}
    for name in names:
        key = (name.work_id, name.relation, aside_of(name))
        if key not in found or is_spelled_so(asked, name.name):
            found[key] = name
    return tuple(found.values())


def in_a_cell(names: Iterable[tuple[str, str]]) -> str:
    """Return pairs of relation and name as a cell of a table: `is: HEVC; popular-for: x265`."""
    return "; ".join(f"{relation}: {name}" for relation, name in names)
