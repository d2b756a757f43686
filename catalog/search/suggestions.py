"""`Did you mean`: a word that no entry holds, and the nearest word of the index."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.models import SearchWord
from catalog.search.match import find
from catalog.search.query import TypedWord, read
from catalog.search.words import words_in

# Shorter words have too many neighbours; longer ones may hold two slips.
SHORTEST, TWO_SLIPS_FROM = 4, 8
LOOKED_AT = 10


def corrected(text: str) -> str:
    """Return the text with each word that no entry holds replaced by the nearest one held.

    An empty text if all words are held, if there is no near word, or if the corrected text
    finds nothing either. Slips are letters added, left out, changed or swapped: one in words
    of four to seven letters, two in longer ones.
    """
    found = {word: near for word in _held_by_none(read(text).typed) if (near := _nearest(word))}
    if not found:
        return ""
    rows = find(_replaced(text, found))[:LOOKED_AT]
    titles = [row.title for row in rows]
    if not titles:
        return ""
    return _replaced(text, {word: _as_spelt(form, titles) for word, form in found.items()})


def _held_by_none(words: Iterable[TypedWord]) -> list[TypedWord]:
    return [word for word in words if len(word.form) >= SHORTEST and not _is_held(word)]


def _is_held(word: TypedWord) -> bool:
    held = Q(word=word.form)
    for beginning in word.beginnings:
        held |= Q(word__startswith=beginning)
    return SearchWord.objects.filter(held).exists()


def _nearest(word: TypedWord) -> str:
    """Return the nearest word of the index, among equals the one that most entries hold.

    A slip may look like an ending, so the word counts as it was typed and without its ending.
    """
    slips = 1 if len(word.form) < TWO_SLIPS_FROM else 2
    rows = SearchWord.objects.alias(length=Length("word")).filter(
        length__range=(len(word.form) - slips, len(word.word) + slips)
    )
    entries = {form: held for form, held in rows.values_list("word", "entries") if form.isalpha()}
    near = {
        form
        for typed in (word.word, word.form)
        for form, _distance, _place in process.extract(
            typed, list(entries), scorer=OSA.distance, score_cutoff=slips, limit=None
        )
    }

    def order(form: str) -> tuple[int, int, str]:
        slips_of_both = OSA.distance(word.word, form) + OSA.distance(word.form, form)
        return slips_of_both, -entries[form], form

    return min(near, key=order, default="")


def _replaced(text: str, by: dict[TypedWord, str]) -> str:
    parts, position = [], 0
    for word, other in sorted(by.items(), key=lambda pair: pair[0].start):
        parts += [text[position : word.start], other]
        position = word.end
    return "".join([*parts, text[position:]])


def _as_spelt(form: str, titles: list[str]) -> str:
    """Return a form as the first of the titles spells it: forms have endings of their own."""
    for title in titles:
        for word in words_in(title):
            for part, its_form in zip(word.parts, word.forms, strict=True):
                if its_form == form:
                    return part
    return form
