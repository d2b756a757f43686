"""Works made by hand, in the form of the public data set; all of them invented."""

from __future__ import annotations

import datetime

from django.db.models import F

from catalog.models import (
    CatalogueState,
    Component,
    Edition,
    Publication,
    PublicationFamily,
    PublicationName,
    PublicationRelation,
    Sector,
    Series,
    SourceRecord,
)
from catalog.search import index
from catalog.writing.upkeep import refresh_standing

FAMILIES = {
    ("itu-t", "recommendation"): "itu-t-recommendations",
    ("itu-t", "supplement"): "itu-t-supplements",
    ("itu-r", "recommendation"): "itu-r-recommendations",
    ("itu-r", "report"): "itu-r-reports",
}


def move_version() -> None:
    """Move the version of the catalogue, as the door does: what tests write is seen from now on."""
    CatalogueState.objects.filter(pk=1).update(version=F("version") + 1)


def make_work(label: str, slug: str, *, sector: str = "itu-t", **fields) -> Publication:
    """Add a work: `ITU-T G.90001` at `g.90001`, a Recommendation of the G series."""
    kind = fields.setdefault("kind", "recommendation")
    series = fields.pop("series", f"{sector}-series-{slug.split('/')[-1].split('.')[0]}")
    move_version()
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
    move_version()
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
    move_version()
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
    move_version()
    return SourceRecord.objects.create(
        identifier=identifier,
        search_form=identifier.lower(),
        file=fields.pop("file", f"data/{identifier.replace(' ', '_')}.yaml"),
        checksum=1,
        role=fields.pop("role", "component" if isinstance(thing, Component) else "edition"),
        notes="\n".join(notes),
        **links,
        **fields,
    )


def settle(*works: Publication) -> None:
    """Work out what follows from the editions, as every writer of works does."""
    refresh_standing(works)
    index.update(works)
    move_version()


def day_of(when: str) -> tuple[datetime.date, str]:
    """Return the date and its precision: 2019-05 is the month."""
    parts = [int(part) for part in when.split("-")]
    precision = {1: "year", 2: "month", 3: "day"}[len(parts)]
    return datetime.date(*[*parts, 1, 1][:3]), precision


def shared_number():
    """Add two texts that had one number: the older one is withdrawn."""
    new = make_work("ITU-T G.90641", "g.90641")
    add_edition(new, "2025-11-13", "in-force")
    old = make_work("ITU-T G.90641 (1988)", "g.90641-1988")
    for when in ("1976-10-08", "1988-11-25"):
        add_edition(old, when, "withdrawn", number="ITU-T G.90641", number_slug="g.90641")
    settle(new, old)
    return new, old


def renumbered(state="in-force"):
    """Add a text that was called otherwise until 2015."""
    work = make_work("ITU-T L.90100", "l.90100", series="itu-t-series-l")
    for when in ("1988-11-25", "2002-12-22"):
        add_edition(work, when, "superseded", number="ITU-T L.9010", number_slug="l.9010")
    add_edition(work, "2015-08-13", "superseded", number="ITU-T L.90100/L.9010")
    newest = add_edition(work, "2024-01-13", state)
    settle(work)
    return work, newest


def radio(state="in-force", approved="2017-12", posted=None, label="ITU-R P.90835", slug="p.90835"):
    """Add a Recommendation of ITU-R with one version."""
    work = make_work(label, slug, sector="itu-r")
    edition = add_edition(
        work, approved, state, identifier=f"{label}-6", slug="6", version=6, posted=posted
    )
    settle(work)
    return work, edition


def single(state="in-force", **fields):
    """Add a work with one edition."""
    work = make_work("ITU-T X.91280", "x.91280", series="itu-t-series-x", **fields)
    edition = add_edition(work, "2026-06-01", state)
    settle(work)
    return work, edition


def dual():
    """Add a work with a dual number and its names, as the importer writes them."""
    work = make_work("ITU-T G.90709/Y.91331", "g.90709")
    add_edition(work, "2020-06-15", "in-force", number="ITU-T G.90709/Y.91331")
    for kind, name, slug in (
        ("half", "G.90709", ""),
        ("half", "Y.91331", "y.91331"),
        ("former", "G.90708", "g.90708"),
        ("half", "Y.91330", "y.91330"),
        ("iso", "ISO/IEC 99999-1", ""),
        ("draft", "G.sonet-x", ""),
    ):
        PublicationName.objects.create(publication=work, kind=kind, name=name, slug=slug)
    settle(work)
    return work


def supplement(number: int, *targets: Publication) -> Publication:
    """Add a supplement that goes with these works."""
    work = make_work(
        f"ITU-T G Suppl. {number}", f"g.sup{number}", kind="supplement", series="itu-t-series-g"
    )
    add_edition(work, "2020-01-01", "in-force")
    PublicationRelation.objects.bulk_create(
        PublicationRelation(kind="supplements", subject=work, target=target) for target in targets
    )
    settle(work)
    return work
