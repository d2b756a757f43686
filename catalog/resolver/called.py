"""What people type that is no text of ITU: names of texts by others, and of families of texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from catalog.identifiers.elsewhere import Elsewhere
from catalog.identifiers.folding import compact
from catalog.identifiers.keys import called_key
from catalog.models import OthersName, TextFamily
from catalog.models.kept import Kept
from catalog.models.page_queries import text_families
from catalog.resolver.answer import Answer, work_of
from catalog.resolver.notes import others_words
from catalog.terms import Outcome

# Longer than any name.
MAX_NAME = 200
KIND = "Text by others"
# By key: hundreds of names, of which each query asks for one.
_known_others: Kept[dict[str, OthersName]] = Kept()
_known_families: Kept[dict[str, list[TextFamily]]] = Kept()


def explained(answers: Sequence[Answer]) -> list[Answer]:
    """Return answers with what else their queries name; two queries for all.

    Where no text was found: whose text it is. Families of texts that have the query for a whole
    name, unless it is the plain number of the text that was found: X.500 is a text first.
    """
    keys = {answer.query: called_key(answer.query[:MAX_NAME]) for answer in answers}
    families = _families(keys[a.query] for a in answers if not _is_plain_number(a))
    others = _others(keys[answer.query] for answer in answers if _is_open(answer))
    explained = []
    for answer in answers:
        key = keys[answer.query]
        if _is_open(answer) and key in others:
            answer = _of_others(answer.query, others[key])
        if key in families and not _is_plain_number(answer):
            answer = replace(answer, families=tuple(families[key]))
        explained.append(answer)
    return explained


def _is_open(answer: Answer) -> bool:
    """Whether no text was found, so that it may be one by others."""
    return answer.found is None and answer.outcome is not Outcome.CANDIDATES


def _is_plain_number(answer: Answer) -> bool:
    if answer.found is None or not answer.is_identifier:
        return False
    form = compact(answer.query)
    identifier = work_of(answer.found).identifier
    halves = identifier.removeprefix("ITU-T ").removeprefix("ITU-R ").split("/")
    return form in map(compact, (identifier, *halves, *(f"ITU-T {half}" for half in halves)))


def _others(keys: Iterable[str]) -> dict[str, OthersName]:
    wanted = set(filter(None, keys))
    if not wanted:
        return {}
    rows = OthersName.objects.with_sources()
    known = _known_others.get(
        "others", rows.db, lambda _before: {called_key(row.name): row for row in rows}
    )
    return {key: known[key] for key in wanted.intersection(known)}


def _families(keys: Iterable[str]) -> dict[str, list[TextFamily]]:
    wanted = set(filter(None, keys))
    if not wanted:
        return {}
    using = TextFamily.objects.all().db
    known = _known_families.get("families", using, lambda _before: _by_key(text_families()))
    return {key: known[key] for key in wanted.intersection(known)}


def _by_key(families: Iterable[TextFamily]) -> dict[str, list[TextFamily]]:
    found: dict[str, list[TextFamily]] = {}
    for family in families:
        for key in sorted(_keys_of(family)):
            found.setdefault(key, []).append(family)
    return found


def _keys_of(family: TextFamily) -> set[str]:
    """Return the keys of the names of a family, also without the word: G.984 for G.984 series."""
    names = family.name_list
    return {called_key(name) for name in (*names, *(n.removesuffix(" series") for n in names))}


def _of_others(text: str, name: OthersName) -> Answer:
    link = name.source.url if name.source else ""
    return Answer(
        query=text,
        outcome=Outcome.NOT_HELD,
        understood=name.name,
        elsewhere=Elsewhere(KIND, others_words(name), link),
        others_name=name,
    )
