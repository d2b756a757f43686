"""The values of every wanted work and part, checked before anything is written.

The rules are those of the tables and of the addresses: what breaks one would be refused by the
database, or would have no page. Such a work is left out, and the rest goes in.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from catalog.converters import (
    EditionConverter,
    KeyConverter,
    PartConverter,
    PublicationConverter,
)
from catalog.importer.present import ColumnValues, Present
from catalog.importer.source_values import part_values, work_values
from catalog.importer.structure import Structure
from catalog.importer.wanted import Refusal, Wanted, WantedPart, WantedWork
from catalog.models import Component, Edition, Publication, PublicationName
from catalog.models.validators import LARGEST_POSITION
from catalog.terms import IN_FORCE_STATES

KEY_FORM = re.compile(KeyConverter.regex)
NUMBER_FORM = re.compile(PublicationConverter.regex)
EDITION_FORM = re.compile(EditionConverter.regex)
COMPONENT_FORM = re.compile(f"(?:{EditionConverter.regex})/(?:{PartConverter.regex})")
FIRST_DAY = datetime.date(1865, 1, 1)
MAX_LENGTHS = {
    model: {
        column.attname: column.max_length
        for column in model._meta.concrete_fields
        if getattr(column, "max_length", None)
    }
    for model in (Publication, Edition, Component, PublicationName)
}
LONGEST_NEW_KEY = MAX_LENGTHS[Publication]["key"] - 10  # room for a number
LENGTHS_OF_PARTS = tuple(
    (name, MAX_LENGTHS[Edition][name])
    for name in ("identifier", "slug", "number_slug", "title", "state_grounds", "link")
)


class UnfitWork(ValueError):
    """A work, or a part of it, breaks a rule; the message says which."""


@dataclass(frozen=True)
class Drafts:
    """The values of works and parts by the identity of what is wanted, and what was refused."""

    works: dict[int, ColumnValues] = field(default_factory=dict)
    parts: dict[int, ColumnValues] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)


def draft_values(wanted: Wanted, present: Present, structure: Structure) -> Drafts:
    """Return the values of all that is wanted; a work that cannot be written is refused."""
    drafts = Drafts()
    structure.unknown_groups.clear()
    structure.unknown_series.clear()
    for work in wanted.works:
        try:
            _draft_work(work, drafts, present, structure)
        except Exception as error:  # whatever it is, it costs this work and no other
            reason = str(error) if isinstance(error, UnfitWork) else f"cannot be read ({error!r})"
            names = [record.source_identifier for record in work.work.records]
            drafts.refused.append(Refusal(work.work.identifier, tuple(names), reason))
    return drafts


def _draft_work(work: WantedWork, drafts: Drafts, present: Present, structure: Structure) -> None:
    values = work_values(work, structure)
    for reason in faults_of_work(work, values):
        raise UnfitWork(reason)
    places: dict[str, set[tuple[str, str]]] = {"edition": set(), "component": set()}
    parts = []
    for part in work.parts:
        values_of_part = part_values(part, work.slug)
        for reason in faults_of_part(part, values_of_part):
            raise UnfitWork(f"{part.part.identifier}: {reason}")
        place = (values_of_part["number_slug"], values_of_part["slug"])
        if part.row is not None and (locks := present.locked(part.row)):
            number = part.row.number_slug if "number_slug" in locks else place[0]
            place = (number, part.row.slug if "slug" in locks else place[1])
        if place in places[part.label]:
            raise UnfitWork(f"{part.part.identifier}: another {part.label} has its address")
        places[part.label].add(place)
        parts.append((id(part), values_of_part))
    drafts.works[id(work)] = values
    drafts.parts.update(parts)


def faults_of_work(work: WantedWork, values: ColumnValues) -> Iterator[str]:
    """Yield what would keep a work from being written or shown."""
    if not can_be_number(values["slug"]):
        yield f"‘{values['slug']}’ cannot be an address"
    for name in ("slug", "identifier", "name"):
        if len(values[name]) > MAX_LENGTHS[Publication][name]:
            yield f"its {name} has more than {MAX_LENGTHS[Publication][name]} characters"
    if not values["identifier"].strip() or not values["name"].strip():
        yield "it has no identifier or no title"
    if work.row is None and not can_be_key(key_of_new_work(work, values)):
        yield f"‘{key_of_new_work(work, values)}’ cannot be a key"
    for name in work.work.names:
        if len(name.name) > MAX_LENGTHS[PublicationName]["name"]:
            yield f"the name ‘{name.name[:40]}…’ is too long"
        if name.slug and not can_be_number(name.slug):
            yield f"‘{name.slug}’ cannot be an address"


def faults_of_part(wanted: WantedPart, values: ColumnValues) -> Iterator[str]:
    """Yield what would keep an edition or component from being written or shown."""
    pattern = EDITION_FORM if wanted.label == "edition" else COMPONENT_FORM
    if not pattern.fullmatch(values["slug"]) or not can_be_number(wanted.part.number):
        yield f"‘{wanted.part.number}/{values['slug']}’ cannot be an address"
    for name, longest in LENGTHS_OF_PARTS:
        if len(values[name]) > longest:
            yield f"its {name.replace('_', ' ')} has more than {longest} characters"
    for name in ("approved", "posted"):
        if values[name] is not None and values[name] < FIRST_DAY:
            yield f"it is dated {values[name]:%Y-%m-%d}; ITU was founded in 1865"
    if not values["identifier"].strip():
        yield "it has no identifier"
    if (
        not 0 <= values["position"] <= LARGEST_POSITION
        or not 0 <= (values.get("version") or 0) <= LARGEST_POSITION
    ):
        yield "its version or place is not a small number"
    if values["state"] in IN_FORCE_STATES and not values["state_grounds"]:
        yield "nothing says how we know that it is in force"
    if second := values.get("second_number_slug"):
        if not can_be_number(second):
            yield f"‘{second}’ cannot be an address"
        if len(values["second_identifier"]) > MAX_LENGTHS[Edition]["second_identifier"]:
            yield "its second identifier is too long"


def key_of_new_work(work: WantedWork, values: ColumnValues) -> str:
    """Return the key that a new work gets, if no entry has it."""
    return f"{work.sector.code}-{values['slug'].replace('/', '-')}"


@lru_cache(maxsize=50_000)
def can_be_number(slug: str) -> bool:
    """Return whether a text can stand for a work in an address."""
    return bool(NUMBER_FORM.fullmatch(slug)) and len(slug) <= MAX_LENGTHS[Edition]["number_slug"]


def can_be_key(key: str) -> bool:
    """Return whether a text can be the key of an entry."""
    return bool(KEY_FORM.fullmatch(key)) and len(key) <= LONGEST_NEW_KEY
