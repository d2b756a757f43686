"""Write which works stand under which topics, by the rules of the topics and by choices.

Called inside the transaction that writes: after an import, a loading or an edit of a work, a rule
or a choice. Only what differs is written, and none of it is history: it follows from what is.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from django.db import models
from django.db.models import QuerySet

from catalog.models import (
    Publication,
    Series,
    Topic,
    TopicChoice,
    TopicOfWork,
    TopicRule,
    bulk,
)
from catalog.models.bulk import in_parts
from catalog.models.topic_rules import rule_of
from catalog.terms import TopicBasis, TopicChoiceKind
from catalog.topics_by_rule.rulebook import Facts, Grounds, Rule, Rulebook
from catalog.writing.record import RowDifference

Link = tuple[int, int]  # primary keys of a work and of a topic
BY_EDITOR = Grounds(TopicBasis.EDITOR)
# The rows by which works stand under a topic, as history calls them.
OF_TOPICS = {"topicrule", "topicchoice"}
LONGEST_WORDS = TopicOfWork._meta.get_field("words").max_length

logger = logging.getLogger(__name__)


def assign(works: Collection[int] | None = None, topics: Collection[int] | None = None) -> int:
    """Work out the topics of works and store what differs; return how many links differ.

    `works` and `topics` narrow it to some, by their primary keys.
    """
    rules, choices = TopicRule.objects.all(), TopicChoice.objects.exclude(work=None)
    if topics is not None:
        rules, choices = rules.filter(topic__in=topics), choices.filter(topic__in=topics)
    book = _book(tuple(rules.conditions()))
    if works is None:
        return _assign(book, choices, Publication.objects.all(), topics)
    return sum(
        _assign(
            book,
            choices.filter(work__in=part),
            Publication.objects.filter(pk__in=part),
            topics,
            part,
        )
        for part in in_parts(sorted(works))
    )


def follow(changed: Iterable[tuple[models.Model, Sequence[RowDifference]]]) -> None:
    """Bring the topics of works up to date with entries that an edit changed, and what in them.

    Of a topic whose rules or choices changed all works are asked, of a work or series all topics.
    """
    works: set[int] = set()
    topics: set[int] = set()
    for entry, differences in changed:
        if isinstance(entry, Publication) and entry.pk:
            works.add(entry.pk)
        elif isinstance(entry, Topic) and entry.pk:
            if any(difference.key[0] in OF_TOPICS for difference in differences):
                topics.add(entry.pk)
        elif isinstance(entry, Series) and entry.pk:
            works.update(entry.publications.values_list("pk", flat=True))
    if topics:
        assign(topics=topics)
    if works:
        assign(works)


def _assign(
    book: Rulebook,
    choices: QuerySet[TopicChoice],
    works: QuerySet[Publication],
    topics: Collection[int] | None,
    part: Collection[int] | None = None,
) -> int:
    wanted: dict[Link, Grounds] = {}
    for work, *facts in works.facts_for_topics():
        for topic, grounds in book.topics_of(Facts(*facts)).items():
            wanted[work, topic] = grounds
    for work, topic, choice in choices.values_list("work", "topic", "choice"):
        if choice == TopicChoiceKind.LEFT_OUT:
            wanted.pop((work, topic), None)
        else:
            wanted.setdefault((work, topic), BY_EDITOR)
    present = TopicOfWork.objects.all()
    if topics is not None:
        present = present.filter(topic__in=topics)
    if part is not None:
        present = present.filter(publication__in=part)
    return _store(wanted, present)


def _store(wanted: dict[Link, Grounds], present: QuerySet[TopicOfWork]) -> int:
    """Make the links those that are wanted; return how many of them differed."""
    gone, changed = [], []
    for pk, work, topic, basis, words in present.values_list(
        "pk", "publication", "topic", "basis", "words"
    ):
        grounds = wanted.pop((work, topic), None)
        if grounds is None:
            gone.append(pk)
        elif (basis, words) != (grounds.basis, grounds.words[:LONGEST_WORDS]):
            changed.append(_row(work, topic, grounds, pk))
    for part in in_parts(gone):
        TopicOfWork.objects.filter(pk__in=part).delete()
    bulk.update(changed, ["basis", "words"])
    bulk.insert([_row(work, topic, grounds) for (work, topic), grounds in wanted.items()])
    return len(gone) + len(changed) + len(wanted)


def _row(work: int, topic: int, grounds: Grounds, pk: int | None = None) -> TopicOfWork:
    words = grounds.words[:LONGEST_WORDS]
    return TopicOfWork(
        pk=pk, publication_id=work, topic_id=topic, basis=grounds.basis.value, words=words
    )


@lru_cache(maxsize=8)
def _book(rows: tuple[tuple, ...]) -> Rulebook:
    """Return the book of these rules: the same rows mean the same book."""
    return Rulebook.of(_readable(rows))


def _readable(rows: tuple[tuple, ...]) -> Iterator[tuple[int, Rule]]:
    for topic, *conditions in rows:
        try:
            yield topic, rule_of(*conditions)
        except ValueError as error:
            # Forms and loader refuse such a rule, but other ways into the database do not. An
            # import must not fail for it.
            logger.warning("A rule of topic %s is left out: %s", topic, error)
