"""What is told of an import: new, superseded, withdrawn, renumbered, retitled, gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.models import Component, Edition, Publication
from catalog.terms import ChangeKind, State

KINDS_OF_STATE = {
    State.SUPERSEDED: ChangeKind.SUPERSEDED,
    State.WITHDRAWN: ChangeKind.WITHDRAWN,
}
LENGTH = 400


@dataclass
class News:
    """One change, told of a work or of a part of it."""

    kind: ChangeKind
    thing: Publication | Edition | Component
    before: str = ""
    after: str = ""

    @property
    def publication(self) -> Publication:
        """The work that changed, or whose part did."""
        return self.thing if isinstance(self.thing, Publication) else self.thing.publication

    @classmethod
    def of_new_work(cls, work: Publication) -> News:
        """Tell of a work that was not known."""
        return cls(ChangeKind.NEW_WORK, work)

    @classmethod
    def of_new_part(cls, part: Edition | Component) -> News:
        """Tell of an edition or component of a work that was known."""
        is_edition = isinstance(part, Edition)
        return cls(ChangeKind.NEW_EDITION if is_edition else ChangeKind.NEW_COMPONENT, part)


Changed = dict[str, tuple[Any, Any]]


def tell_of_work(work: Publication, changed: Changed) -> list[News]:
    """Return what is told of a known work whose fields changed."""
    told = []
    if "identifier" in changed:
        told.append(News(ChangeKind.RENUMBERED, work, *_words(changed["identifier"])))
    if "name" in changed:
        told.append(News(ChangeKind.RETITLED, work, *_words(changed["name"])))
    if "study_group_id" in changed:
        told.append(News(ChangeKind.MOVED, work))
    if "left_source" in changed:
        told.append(News(ChangeKind.BACK, work))
    if changed.keys() - {"identifier", "name", "study_group_id", "left_source", "slug"}:
        told.append(News(ChangeKind.DATA, work, after=_fields(changed)))
    return told


def tell_of_part(part: Edition | Component, changed: Changed) -> list[News]:
    """Return what is told of a known edition or component whose fields changed."""
    told = []
    if "state" in changed:
        old, new = changed["state"]
        kind = KINDS_OF_STATE.get(State(new), ChangeKind.STATE)
        told.append(News(kind, part, State(old).label if old else "", State(new).label))
    if "title" in changed and changed["title"][0]:
        told.append(News(ChangeKind.RETITLED, part, *_words(changed["title"])))
    if "left_source" in changed:
        told.append(News(ChangeKind.BACK, part))
    quiet = {"state", "state_grounds", "title", "left_source", "position", "number_slug"}
    if changed.keys() - quiet:
        told.append(News(ChangeKind.DATA, part, after=_fields(changed)))
    return told


def _words(pair: tuple[Any, Any]) -> tuple[str, str]:
    return tuple(str(value)[:LENGTH] for value in pair)


def _fields(changed: Changed) -> str:
    return ", ".join(name.removesuffix("_id").replace("_", " ") for name in changed)[:LENGTH]
