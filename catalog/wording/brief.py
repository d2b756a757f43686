"""A work, an edition or a component in brief: what lists, tables and programs show of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.models import Component, Edition, Publication
from catalog.resolver import Answer, Text, kind_of, work_of
from catalog.terms import (
    CURRENT_STATES,
    IN_FORCE_STATES,
    ComponentType,
    DoubtedField,
    Kind,
)
from catalog.wording.doubts import doubted_facts
from catalog.wording.successions import plain, sentences_of
from catalog.wording.titles import title_of
from catalog.works.known_successions import known_successions
from catalog.works.successors import Chain, Succession, TextInChain


@dataclass(frozen=True)
class Brief:
    """A text in brief; `identifier`, `state` and `date` are empty where there is none."""

    identifier: str
    kind: str
    kind_label: str
    state: str
    title: str
    # Of a work: of the edition that stands for it.
    date: datetime.date | None
    precision: str
    # The path of its page.
    url: str
    # The facts that are doubted, in words of `DoubtedField`: a doubted title or date stands
    # neither in `title` nor in `date`; a doubted state stands in `state`.
    doubted: tuple[str, ...] = ()
    # When what readers see of it last changed.
    changed: datetime.datetime | None = None

    @property
    def label(self) -> str:
        """The identifier, or the title where there is none."""
        return self.identifier or self.title

    @property
    def state_doubted(self) -> bool:
        return DoubtedField.STATE in self.doubted

    @property
    def is_in_force(self) -> bool:
        """Whether ITU lists the text as in force."""
        return self.state in IN_FORCE_STATES


def brief_of(text: Text) -> Brief:
    """Return a text in brief, without a query if work, Sector and edition are at hand."""
    work = work_of(text)
    dated = work.current_edition if isinstance(text, Publication) else text
    kind = kind_of(text)
    vocabulary = ComponentType if isinstance(text, Component) else Kind
    return Brief(
        identifier=text.identifier,
        kind=kind,
        kind_label=_(vocabulary(kind).label),
        state=text.state,
        title=title_of(text, work),
        date=dated.date if dated else None,
        precision=dated.precision if dated else "",
        url=text.get_absolute_url(),
        doubted=doubted_facts(text),
        changed=text.changed,
    )


@dataclass(frozen=True)
class Replacement:
    """What took the place of a work that is no longer current, in words and step by step."""

    chain: Chain

    @property
    def sentences(self) -> str:
        """What took its place, in words."""
        return plain(sentences_of(self.chain))

    @property
    def steps(self) -> tuple[Succession, ...]:
        """What took its place at once."""
        return self.chain.steps

    @property
    def ends(self) -> tuple[TextInChain, ...]:
        """What stands in its place today."""
        return self.chain.ends


class Briefs:
    """Texts in brief, each made once however many answers name it."""

    def __init__(self):
        self._made: dict[Text, Brief] = {}
        # Asked at once, so that it costs the same whatever is asked for.
        self._successions = known_successions()

    def of(self, text: Text | None) -> Brief | None:
        """Return a text in brief; None of none. What `brief_of` needs must be at hand."""
        if text is None:
            return None
        if text not in self._made:
            self._made[text] = brief_of(text)
        return self._made[text]

    def of_all(self, texts: Iterable[Text]) -> list[Brief]:
        """Return texts in brief, in their order."""
        return [self.of(text) for text in texts]

    def in_force(self, answer: Answer) -> Brief | None:
        """Return the edition in force of the work that was found; None if ITU lists none."""
        return self._of_edition(answer.in_force, answer.work)

    def edition(self, answer: Answer) -> Brief | None:
        """Return the edition that was found, or that the component found changes."""
        return self._of_edition(answer.edition, answer.work)

    def replacement(self, work: Publication | None) -> Replacement | None:
        """Return what took the place of a work; None if it is current or none is known."""
        if work is None or work.state in CURRENT_STATES:
            return None
        chain = self._successions.chain(work.pk)
        return Replacement(chain) if chain else None

    def _of_edition(self, edition: Edition | None, work: Publication | None) -> Brief | None:
        if edition is not None:
            # The address of an edition asks for its work, which is at hand here.
            edition.publication = work
        return self.of(edition)
