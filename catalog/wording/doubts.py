"""Doubts in words: at each state that is shown, and for each doubted fact of a text (rule 7.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from catalog.models import Component, Edition, Publication
from catalog.rules.title_shapes import shape_of
from catalog.terms import DoubtedField, State
from catalog.wording.dates import date_words


class Stated(Protocol):
    """Whatever has a state and knows whether it is doubted."""

    state: str
    state_doubted: bool


@dataclass(frozen=True)
class Doubt:
    """A doubted fact: what it is, what our source says, and why we doubt it."""

    label: str
    value: str
    reason: str


def state_words(text: Stated) -> str:
    """Return the state in words, with the doubt where there is one; empty without a state."""
    if not text.state:
        return ""
    label = _(State(text.state).label)
    return _("%(state)s (doubted)") % {"state": label} if text.state_doubted else label


def doubted_facts(text: Publication | Edition | Component) -> tuple[str, ...]:
    """Return which facts of a text are doubted, in words of `DoubtedField`, for programs.

    Of a work these are its title, and dates and state of the edition that stands for it, which
    must be at hand.
    """
    if not isinstance(text, Publication):
        return tuple(text.doubted)
    title = [DoubtedField.TITLE.value] if text.undoubted_name else []
    standing = text.current_edition.doubted if text.current_edition else []
    return (*title, *(fact for fact in standing if fact != DoubtedField.TITLE))


def doubts_of(part: Edition | Component, work: Publication) -> list[Doubt]:
    """Return the doubted facts of an edition or component in the words of our source.

    The reason is the doubt of the work in words; of a title that is doubted by its shape, if
    nobody has written more, what it looks like.
    """
    return [
        Doubt(_(DoubtedField(name).label), _value(part, name), _reason(part, work, name))
        for name in part.doubted
    ]


def _value(part: Edition | Component, name: str) -> str:
    if name == DoubtedField.TITLE:
        return part.title
    if name == DoubtedField.STATE:
        return _(State(part.state).label) if part.state else ""
    return date_words(getattr(part, name), getattr(part, f"{name}_precision"))


def _reason(part: Edition | Component, work: Publication, name: str) -> str:
    if work.doubt:
        return work.doubt
    shape = shape_of(part.title) if name == DoubtedField.TITLE else None
    return _(shape.words) if shape else _("This catalogue has reason to doubt it.")
