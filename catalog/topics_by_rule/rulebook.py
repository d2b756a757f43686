"""Rules of topics, and which topics a work is on by them and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from catalog.terms import TopicBasis
from catalog.topics_by_rule.expressions import Expression, Titles, read_expression
from catalog.topics_by_rule.numbers import (
    Number,
    NumberRange,
    numbers_of,
    read_range,
    read_series,
    series_of,
)


@dataclass(frozen=True)
class Facts:
    """What rules ask of a work. `title` is that of the standing edition, else of the work."""

    identifier: str = ""
    title: str = ""
    sector: str = ""  # its code: itu-t
    letters: str = ""  # of the series in which it is filed
    kind: str = ""
    group: str = ""  # key of the group in charge
    family: str = ""  # key of the collection

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers, both of a double number."""
        return numbers_of(self.identifier, self.kind, self.title)

    @cached_property
    def series(self) -> frozenset[str]:
        """Its series: `ITU-T G`."""
        return series_of(self.sector, self.letters, self.kind, self.numbers)


@dataclass(frozen=True)
class Grounds:
    """Why a work stands under a topic: by what, and which words, number, series or key it is."""

    basis: TopicBasis
    words: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule: a work fits if all conditions hold that it gives.

    `series` and `ranges` are one condition: the work lies in one of them.
    """

    series: frozenset[str] = frozenset()
    ranges: tuple[NumberRange, ...] = ()
    any_of: tuple[Expression, ...] = ()
    all_of: tuple[Expression, ...] = ()
    none_of: tuple[Expression, ...] = ()
    groups: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()

    @property
    def says_where(self) -> bool:
        """Whether it names series or numbers."""
        return bool(self.series or self.ranges)

    @property
    def is_empty(self) -> bool:
        """Whether it gives no condition that says which works are meant."""
        return not (
            self.says_where
            or self.any_of
            or self.all_of
            or self.groups
            or self.kinds
            or self.families
        )

    @property
    def all_series(self) -> set[str]:
        """The series that it names, alone or with numbers."""
        return {*self.series, *(area.series for area in self.ranges)}

    @cached_property
    def _ranges_by_series(self) -> dict[str, list[NumberRange]]:
        found: dict[str, list[NumberRange]] = {}
        for area in self.ranges:
            found.setdefault(area.series, []).append(area)
        return found

    def range_of(self, work: Facts) -> NumberRange | None:
        """Return the first of its ranges in which a number of the work lies."""
        for number in work.numbers:
            for area in self._ranges_by_series.get(number.series, ()):
                if number in area:
                    return area
        return None

    def fits_otherwise(self, work: Facts) -> bool:
        """Whether the conditions hold that do not ask for the title."""
        if self.says_where and not (self.series & work.series or self.range_of(work)):
            return False
        return (
            (not self.groups or work.group in self.groups)
            and (not self.kinds or work.kind in self.kinds)
            and (not self.families or work.family in self.families)
        )

    def place_of(self, work: Facts) -> Grounds:
        """Return why a work fits that fits by what it is, not by its title."""
        if area := self.range_of(work):
            return Grounds(TopicBasis.NUMBER, str(area))
        if series := self.series & work.series:
            return Grounds(TopicBasis.SERIES, min(series))
        if self.families:
            return Grounds(TopicBasis.FAMILY, work.family)
        if self.groups:
            return Grounds(TopicBasis.GROUP, work.group)
        return Grounds(TopicBasis.KIND, work.kind)


def read_rule(
    *,
    series: Iterable[str] = (),
    numbers: Iterable[str] = (),
    any_of: Iterable[str] = (),
    all_of: Iterable[str] = (),
    none_of: Iterable[str] = (),
    groups: Iterable[str] = (),
    kinds: Iterable[str] = (),
    families: Iterable[str] = (),
) -> Rule:
    """Return a rule from what editors write. Raises NumberError or ExpressionError."""
    return Rule(
        frozenset(map(read_series, series)),
        tuple(map(read_range, numbers)),
        tuple(map(read_expression, any_of)),
        tuple(map(read_expression, all_of)),
        tuple(map(read_expression, none_of)),
        frozenset(groups),
        frozenset(kinds),
        frozenset(families),
    )


@dataclass(frozen=True)
class _Planned:
    """A rule with its topic, and its expressions as places in the list of all expressions."""

    place: int
    topic: int
    rule: Rule
    wanted: tuple[int, ...]
    any_of: frozenset[int]
    all_of: frozenset[int]
    none_of: frozenset[int]

    def fits(self, work: Facts, found: set[int]) -> bool:
        return (
            (not self.any_of or not self.any_of.isdisjoint(found))
            and self.all_of <= found
            and self.none_of.isdisjoint(found)
            and self.rule.fits_otherwise(work)
        )

    def grounds(self, work: Facts, found: set[int]) -> Grounds:
        """Return why a work fits that fits: by its title, if the rule asks for it."""
        expressions = zip(self.wanted, (*self.rule.any_of, *self.rule.all_of), strict=True)
        for number, expression in expressions:
            if number in found:
                return Grounds(TopicBasis.TITLE, expression.words_in(work.title))
        return self.rule.place_of(work)


@dataclass
class Rulebook:
    """The rules of all topics. A topic is a number of the caller's."""

    _titles: Titles = field(default_factory=lambda: Titles([]))
    # Which rules can fit: by an expression of which they need one, by series, or always.
    _by_expression: dict[int, list[_Planned]] = field(default_factory=lambda: defaultdict(list))
    _by_series: dict[str, list[_Planned]] = field(default_factory=lambda: defaultdict(list))
    _always: list[_Planned] = field(default_factory=list)

    @classmethod
    def of(cls, rules: Iterable[tuple[int, Rule]]) -> Rulebook:
        """Return the book of these rules, each with its topic; those of a topic in their order."""
        book = cls()
        places: dict[Expression, int] = {}

        def placed(expressions: tuple[Expression, ...]) -> tuple[int, ...]:
            return tuple(places.setdefault(one, len(places)) for one in expressions)

        for place, (topic, rule) in enumerate(rules):
            any_of, all_of, none_of = map(placed, (rule.any_of, rule.all_of, rule.none_of))
            texts = map(frozenset, (any_of, all_of, none_of))
            book._add(_Planned(place, topic, rule, (*any_of, *all_of), *texts))
        book._titles = Titles(list(places))
        return book

    def _add(self, planned: _Planned) -> None:
        if planned.any_of:
            for number in planned.any_of:
                self._by_expression[number].append(planned)
        elif planned.rule.says_where:
            for series in planned.rule.all_series:
                self._by_series[series].append(planned)
        elif not planned.rule.is_empty:
            self._always.append(planned)

    def topics_of(self, work: Facts) -> dict[int, Grounds]:
        """Return the topics of a work, each with the grounds of its first rule that fits."""
        found = self._titles.found_in(work.title)
        fitting: dict[int, _Planned] = {}
        for planned in self._candidates(work, found):
            first = fitting.get(planned.topic)
            if (first is None or planned.place < first.place) and planned.fits(work, found):
                fitting[planned.topic] = planned
        return {topic: planned.grounds(work, found) for topic, planned in fitting.items()}

    def _candidates(self, work: Facts, found: set[int]) -> Iterator[_Planned]:
        yield from self._always
        for series in work.series:
            yield from self._by_series.get(series, ())
        for number in found:
            yield from self._by_expression.get(number, ())
