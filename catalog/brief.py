"""A work, an edition or a component in brief: what lists, tables and programs show of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.models import Component, Edition, Publication
from catalog.resolver import Answer, Text, kind_of, work_of
from catalog.terms import IN_FORCE_STATES, ComponentType, Kind
from catalog.titles import component_title


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

    @property
    def label(self) -> str:
        """The identifier, or the title where there is none."""
        return self.identifier or self.title

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
        title=_title(text, work),
        date=dated.date if dated else None,
        precision=dated.precision if dated else "",
        url=text.get_absolute_url(),
    )


def in_force_in_brief(answer: Answer) -> Brief | None:
    """Return the edition in force of the work that was found; None if ITU lists none."""
    return _edition_in_brief(answer.in_force, answer.work)


def edition_in_brief(answer: Answer) -> Brief | None:
    """Return the edition that was found, or that the component found changes."""
    return _edition_in_brief(answer.edition, answer.work)


def _edition_in_brief(edition: Edition | None, work: Publication | None) -> Brief | None:
    if edition is None:
        return None
    # The address of an edition asks for its work, which is at hand here.
    edition.publication = work
    return brief_of(edition)


def _title(text: Text, work: Publication) -> str:
    if isinstance(text, Component):
        return component_title(text, work)
    return work.name if text is work else text.title or work.name
