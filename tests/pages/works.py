"""Works made by hand, in the form of the public data set; all of them invented."""

from __future__ import annotations

import datetime

from catalog import standing
from catalog.models import (
    Component,
    Edition,
    Publication,
    PublicationFamily,
    Sector,
    Series,
    SourceRecord,
)
from catalog.search import index

FAMILIES = {
    ("itu-t", "recommendation"): "itu-t-recommendations",
    ("itu-t", "supplement"): "itu-t-supplements",
    ("itu-r", "recommendation"): "itu-r-recommendations",
    ("itu-r", "report"): "itu-r-reports",
}


def make_work(label: str, slug: str, *, sector: str = "itu-t", **fields) -> Publication:
    """Add a work: `ITU-T G.90001` at `g.90001`, a Recommendation of the G series."""
    kind = fields.setdefault("kind", "recommendation")
    series = fields.pop("series", f"{sector}-series-{slug.split('/')[-1].split('.')[0]}")
    return Publication.objects.create(
        key=fields.pop("key", f"{sector}-{slug.replace('/', '-')}"),
        identifier=label,
        slug=slug,
        name=fields.pop("name", f"Title of {label}"),
        sector=Sector.objects.get(code=sector),
        family=PublicationFamily.objects.get(key=FAMILIES[sector, kind]),
        series=Series.objects.filter(key=series).first(),
        from_source=True,
        **fields,
    )


def add_edition(work: Publication, when: str, state: str, **fields) -> Edition:
    """Add the next edition of a work, approved on `when` (2019-05-01; 2019-05 for a month)."""
    day, precision = day_of(when)
    number = fields.pop("number", work.identifier.split(" (")[0])
    fields.setdefault("identifier", f"{number} ({day:%m/%Y})")
    return Edition.objects.create(
        publication=work,
        slug=fields.pop("slug", f"{day:%Y-%m}"),
        position=work.editions.count() + 1,
        approved=day,
        approved_precision=precision,
        state=state,
        state_grounds=fields.pop("state_grounds", "record of ITU"),
        from_source=True,
        **fields,
    )


def add_component(edition: Edition, part: str, when: str, state: str, **fields) -> Component:
    """Add a component: `amd1` of an edition, approved on `when`."""
    day, precision = day_of(when)
    work = edition.publication
    return Component.objects.create(
        publication=work,
        edition=edition,
        identifier=fields.pop(
            "identifier", f"{work.identifier} ({edition.date:%Y}) {part} ({day:%m/%Y})"
        ),
        slug=fields.pop("slug", f"{day:%Y-%m}/{part}"),
        type=fields.pop("type", "amendment"),
        position=work.components.count() + 1,
        approved=day,
        approved_precision=precision,
        state=state,
        state_grounds="record of ITU",
        from_source=True,
        **fields,
    )


def add_record(thing: Publication | Edition | Component, *notes: str, **fields) -> SourceRecord:
    """Add the record of the data set from which a thing was made."""
    work = thing if isinstance(thing, Publication) else thing.publication
    links = {"publication": work}
    if thing is not work:
        links[thing._meta.model_name] = thing
    identifier = fields.pop("identifier", str(thing))
    return SourceRecord.objects.create(
        identifier=identifier,
        search_form=identifier.lower(),
        file=fields.pop("file", f"data/{identifier.replace(' ', '_')}.yaml"),
        checksum=1,
        role="component" if isinstance(thing, Component) else "edition",
        notes="\n".join(notes),
        **links,
        **fields,
    )


def settle(*works: Publication) -> None:
    """Work out what follows from the editions, as every writer of works does."""
    standing.refresh(works)
    index.update(works)


def day_of(when: str) -> tuple[datetime.date, str]:
    """Return the date and its precision: 2019-05 is the month."""
    parts = [int(part) for part in when.split("-")]
    precision = {1: "year", 2: "month", 3: "day"}[len(parts)]
    return datetime.date(*[*parts, 1, 1][:3]), precision
