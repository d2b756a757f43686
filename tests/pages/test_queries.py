"""The number of queries a page makes does not grow with its rows."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import (
    Body,
    Change,
    Component,
    Conference,
    Edition,
    EntryRelation,
    Goal,
    ImportRun,
    Initiative,
    Meeting,
    Partner,
    Publication,
    PublicationFamily,
    PublicationName,
    Sector,
    Series,
    SeriesRange,
    Source,
    SourceUse,
    StudyGroup,
    Topic,
)
from catalog.search import index
from catalog.writing.upkeep import refresh_standing

pytestmark = pytest.mark.django_db

MORE = 12


def works(**fields) -> list[Publication]:
    """Add works with an edition each, tied to everything a page could list them by."""
    sector = Sector.objects.get(code="itu-t")
    family = PublicationFamily.objects.get(key="itu-t-recommendations")
    series = Series.objects.get(key="itu-t-series-g")
    group = StudyGroup.objects.get(key="itu-t-sg15")
    made = []
    for number in range(90_000, 90_000 + MORE):
        work = Publication.objects.create(
            key=f"itu-t-g.{number}",
            slug=f"g.{number}",
            identifier=f"ITU-T G.{number}",
            name=f"Work {number}",
            kind="recommendation",
            sector=sector,
            family=family,
            series=series,
            study_group=group,
        )
        work.topics.add(Topic.objects.get(key="cybersecurity"))
        work.goals.add(Goal.objects.get(number=9))
        Initiative.objects.get(key="giga").publications.add(work)
        Meeting.objects.get(key="wrc-2023").outcomes.add(work)
        Edition.objects.create(
            publication=work,
            identifier=f"ITU-T G.{number} (01/2020)",
            slug="2020-01",
            approved=datetime.date(2020, 1, 1),
            state="in-force",
            state_grounds="test",
            position=1,
        )
        made.append(work)
    refresh_standing(made)
    index.update(made)
    return made


def parts() -> None:
    """Add editions, components and names to one work."""
    work = Publication.objects.get(key="itu-t-g.711")
    for number in range(MORE):
        edition = Edition.objects.create(
            publication=work,
            identifier=f"E {number}",
            slug=f"19{10 + number}-01",
            approved=datetime.date(1910 + number, 1, 1),
            state="superseded",
            position=0,
        )
        Component.objects.create(
            publication=work,
            edition=edition,
            identifier=f"C {number}",
            type="amendment",
            slug=f"19{10 + number}-02/amd1",
            approved=datetime.date(1910 + number, 2, 1),
            state="superseded",
        )
        PublicationName.objects.create(publication=work, name=f"G.{80000 + number}")


def changes() -> None:
    """Add an import with changes in works of one series and group."""
    at = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    for _ in range(2):
        run = ImportRun.objects.create(
            started=at, finished=at, snapshot_date=at.date(), source="s", changed=True
        )
        works = Publication.objects.filter(key__startswith="itu-t-g.9").order_by("pk")[:MORE]
        Change.objects.bulk_create(
            Change(run=run, position=place, kind="new-edition", publication=work, identifier="X")
            for place, work in enumerate(works)
        )


def entries() -> None:
    """Add initiatives, partners, conferences, topics, bodies and meetings, all tied together."""
    topic, goal = Topic.objects.get(key="cybersecurity"), Goal.objects.get(number=9)
    sector = Sector.objects.get(code="itu-t")
    related = [
        "giga",
        "wrc",
        "unicef",
        "cybersecurity",
        "itu-council",
        "itu-t",
        "sdg-9",
        "associates",
        "itu-t-sg15",
    ]
    made = []
    for number in range(MORE):
        common = {"claim": "c", "evidence": "e"}
        initiative = Initiative.objects.create(
            key=f"i{number}", name=f"I {number}", kind="fund", sector=sector, **common
        )
        partner = Partner.objects.create(key=f"p{number}", name=f"P {number}", **common)
        conference = Conference.objects.create(
            key=f"c{number}", name=f"C {number}", sector=sector, **common
        )
        body = Body.objects.create(
            key=f"b{number}", name=f"B {number}", kind="board", sector=sector, **common
        )
        group = StudyGroup.objects.create(
            key=f"g{number}",
            name=f"G {number}",
            code=f"sg{200 + number}",
            sector=sector,
            title="T",
            **common,
        )
        new_topic = Topic.objects.create(
            key=f"t{number}", name=f"T {number}", sector=sector, **common
        )
        for entry in (initiative, partner, conference):
            entry.topics.add(topic)
            entry.goals.add(goal)
        body.topics.add(topic)
        new_topic.goals.add(goal)
        group.successors.add(StudyGroup.objects.get(key="itu-t-sg15"))
        initiative.partners.add(Partner.objects.get(key="unicef"))
        initiative.study_groups.add(StudyGroup.objects.get(key="itu-t-sg15"))
        meeting = Meeting.objects.create(
            key=f"m{number}",
            name=f"M {number}",
            year=1900 + number,
            conference=Conference.objects.get(key="wrc"),
            **common,
        )
        summit = Meeting.objects.create(
            key=f"s{number}",
            name=f"S {number}",
            year=1900 + number,
            initiative=Initiative.objects.get(key="ai-for-good-global-summit"),
            **common,
        )
        SeriesRange.objects.create(
            series=Series.objects.get(key="itu-t-series-g"),
            level=2,
            first=80_000 + number,
            last=80_000 + number,
            title="R",
        )
        made += [initiative, partner, conference, body, group, new_topic, meeting, summit]
        source = Source.objects.create(key=f"source-{number}", title=f"Source {number}")
        keys = ("giga", "wrc", "unicef", "cybersecurity", "itu-council", "sdg-9", "wrc-2023")
        for key in (*keys, *(entry.key for entry in made[-8:])):
            SourceUse.objects.create(entry_key=key, source=source, statement="Since")
    index.update(made)
    EntryRelation.objects.bulk_create(
        EntryRelation(subject_key=entry.key, verb=verb, target_key=key)
        for entry in made
        for key in related
        for verb in ("related", "part-of", "organized-by")
    )


GROWING = [
    "/",
    "/publications/",
    "/publications/?topic=cybersecurity",
    "/initiatives/",
    "/initiatives/?sdg=9",
    "/partners/",
    "/conferences/",
    "/topics/",
    "/fact-check/",
    "/changes/",
    "/search/?q=G",
    "/search/suggest/?q=g.9",
    "/api/v1/resolve?q=g.711",
    "/itu-t/g.711/?q=g+711",
    "/sectors/",
    "/bodies/",
    "/itu-t/",
    "/itu-t/g/",
    "/itu-t/g/?on=2021-01-01",
    "/itu-t/sg15/",
    "/itu-t/sg15/?on=2021-01-01",
    "/itu-t/recommendations/",
    "/itu-t/g.711/",
    "/itu-t/g.711/1988-11/",
    "/itu-t/g.711/2009-08/amd1/",
    "/topics/cybersecurity/",
    "/sdgs/",
    "/sdgs/9/",
    "/initiatives/giga/",
    "/initiatives/ai-for-good-global-summit/",
    "/initiatives/ai-for-good-global-summit/2024/",
    "/partners/unicef/",
    "/conferences/wrc/",
    "/conferences/wrc/2023/",
    "/bodies/itu-council/",
    "/membership/",
    "/membership/associate/",
    "/publications/index.csv",
    "/initiatives/index.json",
    "/fact-check/index.json",
    "/changes/index.json",
    "/changes/feed.atom",
    "/itu-t/g/feed.atom",
]


def queries(client, url: str) -> int:
    """Return how many queries a page makes."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
        assert response.status_code == 200, url
        b"".join(response.streaming_content) if response.streaming else response.content
    return len(captured)


@pytest.mark.slow
def test_no_page_makes_more_queries_for_more_rows(client):
    before = {url: queries(client, url) for url in GROWING}
    works()
    parts()
    changes()
    entries()
    after = {url: queries(client, url) for url in GROWING}
    # A part of a page that was empty before may cost one query once; rows may cost none.
    grown = {url: (before[url], after[url]) for url in GROWING if after[url] > before[url] + 2}
    assert not grown


@pytest.mark.parametrize("url", GROWING)
def test_a_page_makes_few_queries(client, url):
    assert queries(client, url) <= 20
