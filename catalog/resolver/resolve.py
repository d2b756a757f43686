"""Texts to answers: read, look up once for all, choose, fetch what was chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from catalog.identifiers.asked import Asked
from catalog.identifiers.elsewhere import elsewhere
from catalog.identifiers.typed_spellings import read_asked
from catalog.models import Component, Edition, KnownIdentifier, Publication
from catalog.models.bulk import in_parts
from catalog.resolver import called, left_out, near, notes
from catalog.resolver.answer import MAX_OTHERS, Answer, Text, work_of
from catalog.resolver.choice import Choice, Reason
from catalog.resolver.rows import IdentifierRow, Target
from catalog.resolver.which_text import choose
from catalog.terms import Outcome

REFERENCES = {"publication", "edition", "component"}
COLUMNS = [f"{name}_id" if name in REFERENCES else name for name in IdentifierRow._fields]


def resolve(text: str) -> Answer:
    """Return the answer to one query, with works that come near if nothing was found."""
    readings = read_asked(text)
    answer = called.explained(_answers([text], [readings]))[0]
    if answer.outcome is Outcome.NOT_HELD:
        return near.with_entry(answer)
    return near.with_near(answer, readings) if answer.outcome is Outcome.UNKNOWN else answer


def resolve_in_full(texts: Sequence[str], at_hand: Collection[Publication] = ()) -> list[Answer]:
    """Return what `resolve_many` does, and what names in use, of others and of families mean."""
    unique = list(dict.fromkeys(texts))
    answers = {answer.query: answer for answer in resolve_many(unique, at_hand)}
    found = {answer.query: answer for answer in called.explained(list(answers.values()))}
    return [found[text] for text in texts]


def resolve_many(texts: Sequence[str], at_hand: Collection[Publication] = ()) -> list[Answer]:
    """Return the answers to many queries, in their order, by a fixed number of queries a part.

    What is asked more than once is looked up once. Unlike `resolve` it does not look for works
    that come near, nor for names that do not open one text. `at_hand` are works that need not be
    read again, with Sector and standing edition.
    """
    answers: dict[str, Answer] = {}
    for part in in_parts(dict.fromkeys(texts)):
        found = _answers(part, [read_asked(text) for text in part], at_hand)
        answers |= zip(part, found, strict=True)
    return [answers[text] for text in texts]


def _answers(
    texts: Sequence[str], readings: list[list[Asked]], at_hand: Collection[Publication] = ()
) -> list[Answer]:
    works_of, rows_of = _works_by_key(readings)
    choices = []
    for asked in readings:
        works = dict.fromkeys(
            work for reading in asked for key in reading.keys for work in works_of.get(key, ())
        )
        choices.append(choose(asked, [row for work in works for row in rows_of[work]]))
    known: dict[Target, Text] = {Target(work.pk): work for work in at_hand}
    targets = {target for choice in choices for target in _targets(choice)}
    texts_of = known | _texts(targets - known.keys())
    unknown = [text for text, choice in zip(texts, choices, strict=True) if choice.is_empty]
    records = left_out.answers(unknown) if unknown else {}
    return [
        _answer(text, asked, choice, texts_of, records)
        for text, asked, choice in zip(texts, readings, choices, strict=True)
    ]


def _targets(choice: Choice) -> list[Target]:
    return [target for target in (choice.taken, *choice.others[:MAX_OTHERS]) if target]


def _answer(
    text: str,
    readings: list[Asked],
    choice: Choice,
    texts_of: dict[Target, Text],
    records: dict[str, Answer],
) -> Answer:
    if choice.is_empty:
        return records.get(text) or _not_found(text, readings)
    others = tuple(texts_of[target] for target in choice.others[:MAX_OTHERS])
    found = texts_of[choice.taken] if choice.taken else None
    asked = choice.asked
    return Answer(
        query=text,
        outcome=_outcome(found),
        understood=notes.understood(asked, found, not choice.reasons),
        found=found,
        others=others,
        note=" ".join(filter(None, (notes.mended(text, asked, found), notes.note(choice, found)))),
        whys={
            work: notes.why(reason, asked, texts_of[Target(work)])
            for work, reason in choice.whys
            if Target(work) in texts_of
        },
        is_identifier=not asked.is_name,
        is_common_name=Reason.COMMON_NAME in choice.reasons,
    )


def _outcome(found: Text | None) -> Outcome:
    if found is None:
        return Outcome.CANDIDATES
    if isinstance(found, Component):
        return Outcome.COMPONENT
    return Outcome.EDITION if isinstance(found, Edition) else Outcome.WORK


def _not_found(text: str, readings: list[Asked]) -> Answer:
    kept = elsewhere(text)
    asked = next((reading for reading in readings if not reading.is_name), None)
    return Answer(
        query=text,
        outcome=Outcome.NOT_HELD if kept else Outcome.UNKNOWN,
        understood=asked.text if asked and not (kept and kept.is_name) else "",
        elsewhere=kept,
        is_identifier=asked is not None or kept is not None,
    )


def _works_by_key(
    readings: Iterable[Iterable[Asked]],
) -> tuple[dict[str, dict[int, None]], dict[int, list[IdentifierRow]]]:
    """Return for each key the works that carry it, and for each of those works all its rows."""
    keys = {key for asked in readings for reading in asked for key in reading.keys}
    rows_of: dict[int, list[IdentifierRow]] = {}
    for part in in_parts(keys):
        found: dict[int, list[IdentifierRow]] = {}
        for values in KnownIdentifier.objects.rows_of_works_called(part, COLUMNS):
            row = IdentifierRow(*values)
            found.setdefault(row.publication, []).append(row)
        rows_of |= found
    works_of: dict[str, dict[int, None]] = {}
    for work, rows in rows_of.items():
        for row in rows:
            if row.key in keys:
                works_of.setdefault(row.key, {})[work] = None
    return works_of, rows_of


def _texts(targets: Iterable[Target]) -> dict[Target, Text]:
    """Return the texts of targets, each with its work, Sector and standing edition at hand."""
    targets = set(targets)
    plain = {t.publication for t in targets if t == Target(t.publication)}
    works = _by_key(Publication, plain)
    editions = _by_key(Edition, {t.edition for t in targets if t.edition})
    components = _by_key(Component, {t.component for t in targets if t.component})
    for part in components.values():
        if part.edition is not None:
            part.edition.publication = part.publication
    for work in (*works.values(), *map(work_of, (*editions.values(), *components.values()))):
        if work.current_edition is not None:
            work.current_edition.publication = work
    return {
        target: components[target.component]
        if target.component
        else editions[target.edition]
        if target.edition
        else works[target.publication]
        for target in targets
    }


def _by_key(model: type[Text], keys: set[int]) -> dict[int, Text]:
    return {
        row.pk: row
        for part in in_parts(keys)
        for row in model.objects.in_brief().filter(pk__in=part)
    }
