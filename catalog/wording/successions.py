"""What took the place of a text, in sentences: as fact where a source says so, else as it is known.

A sentence holds as many links as there are successors, so it is a row of pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from catalog.terms import Certainty, SuccessionVerb
from catalog.works.successors import Chain, Succession, TextInChain

SHOWN_IN_ROWS = 3  # how many successors a row of a list names; the rest is counted
MARKER = "\x00"


@dataclass(frozen=True)
class Piece:
    """Words of a sentence; a link where `url` is given."""

    words: str
    url: str = ""


Sentence = tuple[Piece, ...]

# Words by verb, without a year and with one.
FACTS = {
    SuccessionVerb.REPLACED_BY: (
        gettext_noop("Replaced by %(texts)s."),
        gettext_noop("Replaced by %(texts)s in %(year)s."),
    ),
    SuccessionVerb.MERGED_INTO: (
        gettext_noop("Merged into %(texts)s."),
        gettext_noop("Merged into %(texts)s in %(year)s."),
    ),
    SuccessionVerb.SPLIT_INTO: (
        gettext_noop("Split into %(texts)s."),
        gettext_noop("Split into %(texts)s in %(year)s."),
    ),
    SuccessionVerb.MOVED_TO: (
        gettext_noop("Moved to %(texts)s."),
        gettext_noop("Moved to %(texts)s in %(year)s."),
    ),
    SuccessionVerb.TECHNICALLY_SUCCEEDED_BY: (
        gettext_noop("The same job was taken over by %(texts)s."),
        gettext_noop("The same job was taken over by %(texts)s in %(year)s."),
    ),
}
# What nobody states begins with how it is known: by inference, by general knowledge. The first
# such sentence follows the words that ITU names no successor, unless a source names another one.
OTHERS = {
    SuccessionVerb.REPLACED_BY: (
        gettext_noop("%(how)s, its place was taken by %(texts)s."),
        gettext_noop("%(how)s, its place was taken by %(texts)s in %(year)s."),
    ),
    SuccessionVerb.MERGED_INTO: (
        gettext_noop("%(how)s, it became part of %(texts)s."),
        gettext_noop("%(how)s, it became part of %(texts)s in %(year)s."),
    ),
    SuccessionVerb.SPLIT_INTO: (
        gettext_noop("%(how)s, it was split into %(texts)s."),
        gettext_noop("%(how)s, it was split into %(texts)s in %(year)s."),
    ),
    SuccessionVerb.MOVED_TO: (
        gettext_noop("%(how)s, it moved to %(texts)s."),
        gettext_noop("%(how)s, it moved to %(texts)s in %(year)s."),
    ),
    SuccessionVerb.TECHNICALLY_SUCCEEDED_BY: (
        gettext_noop("%(how)s, the same job was taken over by %(texts)s."),
        gettext_noop("%(how)s, the same job was taken over by %(texts)s in %(year)s."),
    ),
}
BY_WHAT = {
    Certainty.INFERRED: gettext_noop("By inference"),
    Certainty.GENERAL_KNOWLEDGE: gettext_noop("By general knowledge"),
}


def sentences_of(chain: Chain) -> list[Sentence]:
    """Return what took the place of a text, and what stands at the end of the chain."""
    alike: dict[tuple, list[Succession]] = {}
    for step in chain.steps:
        alike.setdefault(_likeness(step), []).append(step)
    told = [_told(steps, chain.year) for steps in alike.values()]
    unstated = [place for place, steps in enumerate(alike.values()) if not steps[0].is_fact]
    if unstated and not any(step.certainty is Certainty.STATED for step in chain.steps):
        first = unstated[0]
        told[first] = _joined([Piece(_("ITU names no successor. ")), *told[first]])
    if chain and chain.goes_on:
        told.append(_end(chain))
    return told


def in_few_words(chain: Chain) -> Sentence:
    """Return what stands in the place of a text in a few words, for rows of lists."""
    if not chain:
        return ()
    shown = chain.ends[:SHOWN_IN_ROWS] or chain.successors[:SHOWN_IN_ROWS]
    more = len(chain.ends or chain.successors) - len(shown)
    if chain.year is not None:
        words = _("in its place by then: %(texts)s")
    elif chain.ends:
        words = _("in its place today: %(texts)s")
    else:
        words = _("replaced by %(texts)s, not in force either")
    if not chain.is_fact:
        words = _("%(words)s (%(how)s)") % {"words": words, "how": how_known(chain.certainty)}
    texts = _listed(shown)
    if more > 0:
        counted = ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more}
        texts = (*_listed(shown, last=", "), Piece(f" {counted}"))
    return _sentence(words, texts)


def in_place_of(rows: Sequence[Succession]) -> Sentence:
    """Return the texts whose place a text took, each with what is not certain of it."""
    pieces: list[Piece] = []
    for row in rows:
        pieces += _text(row.text)
        if not row.is_fact:
            pieces.append(Piece(f" ({how_known(row.certainty)})"))
        pieces.append(Piece(", "))
    return _joined(pieces[:-1])


def plain(sentences: Sequence[Sentence]) -> str:
    """Return sentences as text."""
    return " ".join("".join(piece.words for piece in sentence) for sentence in sentences)


def how_known(certainty: Certainty) -> str:
    """Return how a succession is known, as it stands in brackets."""
    label = _(Certainty(certainty).label)
    return label[:1].lower() + label[1:]


def _likeness(row: Succession) -> tuple:
    return (row.verb, row.certainty, row.since)


def _told(steps: list[Succession], year: int | None) -> Sentence:
    """Return what took the place of a text, where one sentence says it of all."""
    first = steps[0]
    texts = [step.successor for step in steps]
    stands = year is None and all(text.may_stand_today for text in texts)
    return _sentence(
        _words(first, len(texts), stands),
        _listed(texts),
        year=first.since,
        how="" if first.is_fact else _(BY_WHAT[first.certainty]),
    )


def _words(step: Succession, number: int, stands: bool) -> str:
    """Return the words for steps of a kind; `stands`: what they lead to may stand today."""
    is_undated = step.since is None
    does_the_job = stands and step.verb == SuccessionVerb.TECHNICALLY_SUCCEEDED_BY
    if does_the_job and (is_undated or not step.is_fact):
        return _same_job_today(number, step.is_fact)
    if step.is_fact:
        if does_the_job:
            return _("The same job has been done by %(texts)s since %(year)s.")
        undated, dated = FACTS[step.verb]
    else:
        undated, dated = OTHERS[step.verb]
    return _(undated if is_undated else dated)


def _same_job_today(number: int, is_fact: bool) -> str:
    if is_fact:
        return ngettext(
            "%(texts)s does the same job today.", "%(texts)s do the same job today.", number
        )
    return ngettext(
        "%(how)s, %(texts)s does the same job today.",
        "%(how)s, %(texts)s do the same job today.",
        number,
    )


def _end(chain: Chain) -> Sentence:
    if not chain.ends:
        words = ngettext(
            "That text is not in force either, and none is known to have followed it.",
            "Those texts are not in force either, and none is known to have followed them.",
            len(chain.steps),
        )
        return (Piece(words),)
    number = len(chain.ends)
    if chain.year is not None and chain.is_fact:
        words = ngettext(
            "By then %(texts)s stood in its place.", "By then %(texts)s stood in its place.", number
        )
    elif chain.year is not None:
        words = ngettext(
            "By then %(texts)s stood in its place (%(how)s).",
            "By then %(texts)s stood in its place (%(how)s).",
            number,
        )
    elif chain.is_fact:
        words = ngettext(
            "Today %(texts)s stands in its place.", "Today %(texts)s stand in its place.", number
        )
    else:
        words = ngettext(
            "Today %(texts)s stands in its place (%(how)s).",
            "Today %(texts)s stand in its place (%(how)s).",
            number,
        )
    return _sentence(words, _listed(chain.ends), how=how_known(chain.certainty))


def _sentence(words: str, texts: Sequence[Piece], **values: object) -> Sentence:
    before, _marker, after = (words % {**values, "texts": MARKER}).partition(MARKER)
    return _joined([Piece(before), *texts, Piece(after)])


def _listed(texts: Sequence[TextInChain], last: str = "") -> tuple[Piece, ...]:
    """Return texts as a list: `A, B and C`."""
    pieces: list[Piece] = []
    for place, text in enumerate(texts):
        if place:
            is_last = place == len(texts) - 1
            pieces.append(Piece((last or _(" and ")) if is_last else ", "))
        pieces += _text(text)
    return tuple(pieces)


def named(text: TextInChain) -> str:
    """Return the name of a text; one that is not in this catalogue says so."""
    return text.name if text.url else _("%(text)s (not in this catalogue)") % {"text": text.name}


def _text(text: TextInChain) -> list[Piece]:
    return [Piece(named(text), text.url)]


def _joined(pieces: Sequence[Piece]) -> Sentence:
    """Return pieces without empty ones, neighbouring words as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.words:
            continue
        if joined and not piece.url and not joined[-1].url:
            joined[-1] = Piece(joined[-1].words + piece.words)
        else:
            joined.append(piece)
    return tuple(joined)
