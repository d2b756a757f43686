"""What stood at an address that leads nowhere now: where it is today, or why it is gone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import Resolver404, resolve
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.addresses import canonical_path
from catalog.identifiers.site_addresses import meant_addresses
from catalog.identifiers.site_paths import read_path
from catalog.models import (
    Component,
    Edition,
    EntryKey,
    FormerAddress,
    Publication,
    PublicationName,
    Revision,
    RowChange,
    SearchEntry,
    Series,
)
from catalog.terms import Actor, ComponentType, Kind
from catalog.writing.addresses import present_address
from catalog.writing.aggregates import MODELS
from catalog.writing.values import Value

# What follows the address of a text and moves with it.
TAILS = ("feed.atom", "history/")
PARTS = ("edition", "component")


@dataclass(frozen=True)
class Instead:
    """What may serve in place of a text that is gone: a link and how it belongs to it."""

    how: str
    label: str
    url: str


@dataclass(frozen=True)
class Gone:
    """A text or another entry that is gone: what it was, since when, by whom and why.

    `title` and `reason` may be empty; `words` is what a search for it would be.
    """

    label: str
    title: str
    kind: str
    since: datetime.datetime
    actor: str
    reason: str
    evidence: str
    words: str
    instead: list[Instead] = field(default_factory=list)


def answer_of(path: str) -> str | Gone | None:
    """Return the address at which what stood at a path is today, or what is gone.

    None if nothing ever stood there, as far as is known. Asks for the path as it is, for its
    canonical spelling and for the address that it seems to mean; one query if nothing is found.
    Never leads from one text to another: where something else stands at an address today, what
    stood there before is not reported.
    """
    whole, tail = _without_tail(path)
    paths = _spellings(whole)
    holders = FormerAddress.objects.last_holders(paths)
    for candidate in paths:
        former = holders.get(candidate)
        if former is None or (candidate != whole and is_taken(candidate)):
            continue
        now = present_address(former)
        if not now:
            return gone(former)
        if now != whole and _leads_somewhere(f"{now}{tail}"):
            return f"{now}{tail}"
    return None


def is_taken(path: str) -> bool:
    """Whether a page of an entry, an edition or a component stands at an address today."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    asked = match.kwargs
    if match.url_name == "edition":
        parts = Edition.objects.at_address(asked["sector"], asked["publication"])
        return parts.filter(slug=asked["edition"]).exists()
    if match.url_name == "component":
        parts = Component.objects.at_address(asked["sector"], asked["publication"])
        return parts.filter(slug=f"{asked['edition']}/{asked['part']}").exists()
    if match.url_name == "by-key":
        return EntryKey.objects.filter(key=asked["key"]).exists()
    return SearchEntry.objects.filter(url=path).exists()


def gone(former: FormerAddress) -> Gone:
    """Return what a page says about a row that is gone."""
    deletion = RowChange.objects.deletion_of(former.model, former.row_id)
    revision = deletion.revision if deletion else former.revision
    values = _values(deletion)
    return Gone(
        label=former.label,
        title="" if former.title == former.label else former.title,
        kind=_kind(former.model, values),
        since=revision.made,
        actor=_actor(revision),
        reason=revision.reason if revision.actor == Actor.EDITOR else "",
        evidence=revision.evidence if revision.actor == Actor.EDITOR else "",
        words=former.label,
        instead=list(dict.fromkeys(_instead(former, deletion))),
    )


def _without_tail(path: str) -> tuple[str, str]:
    for tail in TAILS:
        if path.endswith(f"/{tail}"):
            return path.removesuffix(tail), tail
    return path, ""


def _leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _spellings(path: str) -> list[str]:
    return list(dict.fromkeys([path, canonical_path(path), *meant_addresses(read_path(path))]))


def _kind(model: str, values: dict[str, Value]) -> str:
    if model == "publication" and values.get("kind"):
        return _(Kind(values["kind"]).label)
    if model == "component" and values.get("type"):
        return _(ComponentType(values["type"]).label)
    name = str(MODELS[model]._meta.verbose_name) if model in MODELS else ""
    return f"{name[:1].upper()}{name[1:]}"


def _actor(revision: Revision) -> str:
    if revision.actor == Actor.EDITOR:
        return _("by an editor")
    if revision.run is not None:
        day = date_format(revision.run.snapshot_date, "j F Y")
        return _("by an import of the data set, snapshot of %(day)s") % {"day": day}
    if revision.actor == Actor.IMPORT:
        return _("by an import of the data set")
    return _("during maintenance of the catalogue")


def _instead(former: FormerAddress, deletion: RowChange | None) -> Iterator[Instead]:
    """Yield what may serve instead: who has its keys or numbers now, its work, its series."""
    own = FormerAddress.objects.filter(model=former.model, row_id=former.row_id)
    keys = [path.split("/")[2] for path in own.values_list("path", flat=True) if _is_key(path)]
    for key in EntryKey.objects.filter(key__in=keys).select_related("entry"):
        yield Instead(_("Has its key now"), key.entry.label, key.entry.url)
    values = _values(deletion)
    if former.model in PARTS and deletion is not None:
        work = Publication.objects.select_related("sector").filter(pk=deletion.entry_id).first()
        if work is not None:
            yield Instead(_("The work it belonged to"), work.label, work.get_absolute_url())
            return
        values = _values(RowChange.objects.deletion_of("publication", deletion.entry_id))
    yield from _called_so(values)
    series = Series.objects.select_related("sector").filter(pk=values.get("series")).first()
    if series is not None:
        yield Instead(_("The series it belonged to"), series.name, series.get_absolute_url())


def _called_so(work: dict[str, Value]) -> Iterator[Instead]:
    """Yield the works that have or had the number of a deleted one among their other numbers."""
    names = PublicationName.objects.filter(
        slug=work.get("slug") or None, publication__sector=work.get("sector")
    )
    for name in names.select_related("publication__sector"):
        found = name.publication
        yield Instead(_("Has or had its number"), found.label, found.get_absolute_url())


def _values(deletion: RowChange | None) -> dict[str, Value]:
    """Return the values that a deleted row had."""
    return {name: pair[0] for name, pair in deletion.values.items()} if deletion else {}


def _is_key(path: str) -> bool:
    return path.startswith("/id/")
