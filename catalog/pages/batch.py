"""Many identifiers and links at once: what is found for each line, and its row of the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.forms import Form
from django.utils.translation import gettext as _

from catalog.addresses import absolute
from catalog.resolver import MAX_READ, Answer, resolve_in_full, work_of
from catalog.terms import Outcome
from catalog.wording.brief import Brief, Briefs, Replacement, brief_of
from catalog.wording.successions import named

LINE_END = re.compile(r"\r\n|\r|\n")
ADDRESS = re.compile(r"(?:https?://)?(?<![\w@.-])(?:[a-z0-9-]+\.)*itu\.int/[^\s<>\"'`|\])]+", re.I)
AFTER_ADDRESS = ".,;:!?"


@dataclass(frozen=True)
class Replaced:
    """A candidate that is no longer current, by its label, and what took its place."""

    label: str
    replacement: Replacement


@dataclass(frozen=True)
class FoundLine:
    """One line and what was found for it."""

    number: int
    written: str
    answer: Answer
    found: Brief | None
    in_force: Brief | None
    replacement: Replacement | None = None
    # Of several texts that the line may mean those that are not current and have successors.
    replaced: tuple[Replaced, ...] = ()

    @property
    def why(self) -> str:
        """In words: why this text, or what else is known."""
        answer = self.answer
        if answer.note:
            return answer.note
        if answer.elsewhere:
            return f"{_(answer.elsewhere.kind)}. {_(answer.elsewhere.what)}"
        if answer.families:
            named = ", ".join(map(str, answer.families))
            return _("Family of texts: %(names)s") % {"names": named}
        if self.found:
            return ""
        said = _sentences(answer)
        return " ".join(
            [f"{answer.outcome.label}.", *said] if said else [str(answer.outcome.label)]
        )

    @property
    def nearest(self) -> list[Brief]:
        """The nearest texts of ITU to one by others."""
        return [brief_of(work) for work in self.answer.near]

    @property
    def link_at_itu(self) -> str:
        """Where ITU keeps what is not here; nothing for a text by others."""
        elsewhere = None if self.answer.others_name else self.answer.elsewhere
        return elsewhere.link if elsewhere else ""


def _sentences(answer: Answer) -> list[str]:
    """Return what the number asked for is to candidates that do not carry it today."""
    works = dict.fromkeys(map(work_of, answer.others))
    return [answer.whys[work.pk] for work in works if work.pk in answer.whys]


@dataclass(frozen=True)
class BatchPage:
    """The form with what was found for the lines that were sent with it."""

    form: Form
    rows: Sequence[FoundLine]
    most: str

    @property
    def found(self) -> int:
        """For how many lines something was found."""
        return sum(1 for row in self.rows if row.found)


def numbered(text: str) -> list[tuple[int, str]]:
    """Return the lines that hold something, each with its number in the text, from 1."""
    lines = enumerate(LINE_END.split(text), 1)
    return [(number, line.strip()) for number, line in lines if line.strip()]


def asked_in(line: str) -> str:
    """Return what a line asks for: its itu.int address if it holds one amid other text, or all."""
    match = ADDRESS.search(line)
    return (match.group().rstrip(AFTER_ADDRESS) if match else line)[:MAX_READ]


def look_up(text: str) -> list[FoundLine]:
    """Return what is found for each line, by a fixed number of queries."""
    lines = numbered(text)
    answers = resolve_in_full([asked_in(line) for _number, line in lines])
    briefs = Briefs()
    return [
        FoundLine(
            number,
            line,
            answer,
            briefs.of(answer.found),
            briefs.in_force(answer),
            briefs.replacement(answer.work),
            tuple(_replaced(answer, briefs)),
        )
        for (number, line), answer in zip(lines, answers, strict=True)
    ]


def _replaced(answer: Answer, briefs: Briefs) -> Iterator[Replaced]:
    """Yield the works that an ambiguous number means and that are no longer current."""
    if answer.outcome != Outcome.CANDIDATES or answer.families:
        return
    for work in dict.fromkeys(map(work_of, answer.others)):
        if replacement := briefs.replacement(work):
            yield Replaced(work.label, replacement)


def cells_of(row: FoundLine) -> dict[str, object]:
    """Return the row of the table for a line, by the names of the columns."""
    answer = row.answer
    candidates = answer.others if answer.outcome == Outcome.CANDIDATES else ()
    return {
        "line": row.number,
        "as written": row.written,
        "understood": answer.understood,
        "outcome": answer.outcome.value,
        "identifier": row.found.label if row.found else "",
        "title": row.found.title if row.found else "",
        "state": row.found.state if row.found else "",
        "address": absolute(row.found.url) if row.found else "",
        "in force now": row.in_force.label if row.in_force else "",
        "address of that": absolute(row.in_force.url) if row.in_force else "",
        "in its place": _of_each(row, lambda found: "; ".join(map(named, found.ends))),
        "certainty of that": _of_each(row, lambda found: found.chain.certainty.value),
        "what took its place": _of_each(row, lambda found: found.sentences),
        "candidates": "; ".join(text.label for text in candidates),
        "families": "; ".join(
            f"{family} <{absolute(family.get_absolute_url())}>" for family in answer.families
        ),
        "nearest": "; ".join(work.label for work in answer.near),
        "why": row.why,
        "at itu.int": row.link_at_itu,
    }


def _of_each(row: FoundLine, told: Callable[[Replacement], str]) -> str:
    """Return what is told of what took the place of the text, or of each candidate by its label."""
    if row.replacement:
        return told(row.replacement)
    cells = ((one.label, told(one.replacement)) for one in row.replaced)
    return " | ".join(f"{label}: {words}" for label, words in cells if words)


def table_of(rows: Sequence[FoundLine]) -> tuple[list[str], list[list[object]]]:
    """Return the names of the columns, and the cells of each of at least one line."""
    cells = [cells_of(row) for row in rows]
    return list(cells[0]), [list(row.values()) for row in cells]
