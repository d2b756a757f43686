"""Addresses that were left: one redirect to the same text, or 410; never to another text."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import (
    Component,
    Edition,
    FormerAddress,
    Initiative,
    Publication,
    PublicationName,
    Revision,
    Topic,
)
from catalog.terms import Actor
from catalog.writing.edit import editing
from catalog.writing.job import whole_catalogue
from catalog.writing.record import Author
from catalog.writing.restore import deleted_entry, restore
from tests.found import some
from tests.pages.reading import main_text, page
from tests.pages.works import add_component, add_edition, make_work, move_version, settle

pytestmark = [pytest.mark.django_db, pytest.mark.many]

OLD, NEW = "/itu-t/g.90711", "/itu-t/g.90712"
REASON = "double of another entry"


def fresh(url: str) -> str:
    """Return the address with the number that the work got."""
    return url.replace(OLD, NEW)


@pytest.fixture
def work() -> Publication:
    """A work with two editions, a component of each, and a second number."""
    made = make_work("ITU-T G.90711/Y.90331", "g.90711", series="itu-t-series-g")
    PublicationName.objects.create(publication=made, name="Y.90331", slug="y.90331", kind="half")
    old = add_edition(made, "1990-05-01", "superseded", number="ITU-T G.90711")
    new = add_edition(made, "2001-05-01", "in-force", number="ITU-T G.90711")
    add_component(old, "amd1", "1991-06-01", "superseded")
    add_component(new, "cor1", "2002-07-01", "in-force", type="corrigendum")
    settle(made)
    return made


@pytest.fixture
def neighbour(work) -> Publication:
    """Another text that is called by every number of the work too, with parts of the same months.

    Whoever deletes the work must not be led here.
    """
    made = make_work("ITU-T G.90713", "g.90713", series="itu-t-series-g")
    for name in ("G.90711", "Y.90331"):
        PublicationName.objects.create(
            publication=made, name=name, slug=name.lower(), kind="former"
        )
    only = add_edition(
        made, "1990-05-01", "in-force", second_number_slug="g.90711", second_identifier="X"
    )
    part = add_component(only, "amd1", "2001-05-01", "in-force")
    part.number_slug = "g.90711"
    part.save()
    odd = add_component(only, "cor1", "2002-07-01", "in-force", slug="2002-07/cor1-1990")
    odd.number_slug = "g.90711"
    odd.save()
    settle(made)
    return made


PARTS = [
    f"{OLD}/1990-05/",
    f"{OLD}/2001-05/",
    f"{OLD}/1991-06/amd1/",
    f"{OLD}/2002-07/cor1/",
]
# Every address of the work, as it was and as people spell it.
ALL = [
    f"{OLD}/",
    "/id/itu-t-g.90711/",
    f"{OLD}/feed.atom",
    *PARTS,
    OLD,
    "/ITU-T/G.90711/",
    "/itu-t//g.90711/",
    "/itu-t/G90711/",
    "/itu-t/g_90711/",
    f"{OLD}/y.90331/",
    "/itu-t/recommendations/g.90711/",
    f"{OLD}/1990-05-01/",
    f"{OLD}/05-1990/",
    f"{OLD}/2002-07/corrigendum1/",
    "/ITU-T/G.90711/2001-05",
    "/ID/ITU-T-G.90711",
]


def renumber(work: Publication) -> None:
    with editing() as edit:
        edit.watch(work)
        work.slug, work.identifier = "g.90712", "ITU-T G.90712/Y.90331"
        edit.save(work)


def delete(row) -> Revision:
    with editing(reason=REASON, evidence="the text itself") as edit:
        edit.delete(row)
    return edit.revision


@pytest.mark.parametrize("asked", ALL)
def test_what_moved_is_found_by_one_permanent_redirect(client, work, asked):
    assert client.get(asked).status_code in (200, 301)
    renumber(work)
    # Keys stay and lead to the page of today; their spelling is mended first.
    asked = "/id/itu-t-g.90711/" if asked.startswith("/ID/") else asked
    response = client.get(f"{asked}?q=b" if "/id/" not in asked.lower() else asked)
    assert response.status_code == 301, asked
    target = response["Location"].partition("?")[0]
    assert target.startswith(f"{NEW}/"), asked
    assert client.get(target).status_code == 200
    if "/id/" not in asked.lower() and "feed" not in asked:
        assert response["Location"].endswith("?q=b")


def test_a_part_that_moved_is_found_at_its_own_address(client, work):
    renumber(work)
    for asked in PARTS:
        assert client.get(asked)["Location"] == fresh(asked)
    with editing() as edit:
        edition = work.editions.get(slug="1990-05")
        edit.watch(edition)
        edition.slug = "1990-06"
        edit.save(edition)
    # Two moves, one redirect.
    assert client.get(f"{OLD}/1990-05/")["Location"] == f"{NEW}/1990-06/"
    assert client.get(f"{NEW}/1990-05/")["Location"] == f"{NEW}/1990-06/"


@pytest.mark.parametrize("with_neighbour", [False, True])
@pytest.mark.parametrize("asked", ALL)
def test_what_was_deleted_answers_410_and_never_another_text(
    client, work, request, asked, with_neighbour
):
    if with_neighbour:
        request.getfixturevalue("neighbour")
    delete(work)
    response = client.get(asked, follow=True)
    assert response.status_code == 410, (asked, response.redirect_chain)
    # At most the spelling leads on, and never out of the number that was asked for.
    assert [url for url, _status in response.redirect_chain if "90713" in url] == []
    text = main_text(response)
    assert "No longer in this catalogue: ITU-T G.90711" in text
    assert REASON in text and "by an editor" in text and "the text itself" in text
    soup = page(response)
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert soup.find("time")["datetime"].endswith("Z")
    assert soup.select_one('main a[href^="/search/"]')
    assert soup.select_one('main a[href="/itu-t/g/"]')
    links = [link["href"] for link in soup.select("main dl a")]
    assert ("/itu-t/g.90713/" in links) is with_neighbour


@pytest.mark.parametrize("asked", PARTS)
def test_a_deleted_part_answers_410_and_names_its_work(client, work, neighbour, asked):
    model = Component if asked.count("/") == 5 else Edition
    slug = asked.removeprefix(f"{OLD}/").strip("/")
    for part in work.components.all() if model is Edition else ():
        delete(part)
    delete(model.objects.get(publication=work, slug=slug))
    response = client.get(asked)
    assert response.status_code == 410
    assert page(response).select_one(f'main dl a[href="{OLD}/"]')
    assert client.get(f"{OLD}/").status_code == 200


def test_without_any_history_other_numbers_still_lead_to_the_work(client, neighbour):
    # The second number of a living text: nothing was ever deleted at these addresses.
    assert client.get("/itu-t/y.90331/").status_code == 200
    PublicationName.objects.filter(publication__slug="g.90711").delete()
    move_version()
    assert client.get("/itu-t/y.90331/")["Location"] == "/itu-t/g.90713/"


def test_who_stands_at_an_address_today_is_shown_there_whatever_stood_there(client, work):
    delete(work)
    other = make_work("ITU-T G.90711", "g.90711", key="another", series="itu-t-series-g")
    add_edition(other, "2010-05-01", "in-force")
    settle(other)
    assert client.get(f"{OLD}/").status_code == 200
    for asked in ("/ITU-T/G.90711/", OLD, "/itu-t/G90711/"):
        response = client.get(asked)
        assert (response.status_code, response["Location"]) == (301, f"{OLD}/")
    assert client.get(f"{OLD}/1990-05/").status_code == 410


def test_the_last_of_several_texts_at_an_address_is_the_one_that_is_told(client, work):
    delete(work)
    other = make_work("ITU-T G.90711", "g.90711", key="another", series="itu-t-series-g")
    settle(other)
    renumber(other)
    assert client.get(f"{OLD}/")["Location"] == f"{NEW}/"
    delete(other)
    assert "ITU-T G.90712" not in main_text(client.get(f"{OLD}/"))
    assert client.get(f"{OLD}/").status_code == client.get(f"{NEW}/").status_code == 410


def test_what_is_restored_is_there_again(client, work):
    revision = delete(work)
    change = revision.rows.get(model="publication")
    restore(deleted_entry(change), revision.number - 1, None, "It was right")
    for asked in (f"{OLD}/", *PARTS):
        assert client.get(asked).status_code == 200
    assert client.get("/id/itu-t-g.90711/").status_code == 301


def test_a_merged_entry_is_offered_under_its_key(client, work, neighbour):
    delete(work)
    with editing() as edit:
        edit.watch(neighbour)
        neighbour.other_keys = "itu-t-g.90711"
        edit.save(neighbour)
    # A key that an editor gives to another entry leads there; the address of the text does not.
    assert client.get("/id/itu-t-g.90711/")["Location"] == "/itu-t/g.90713/"
    response = client.get(f"{OLD}/")
    assert response.status_code == 410
    assert "Has its key now" in main_text(response)


def test_programs_get_the_facts_as_json(client, work):
    delete(work)
    for asked in (f"{OLD}/", "/id/itu-t-g.90711/", f"{OLD}/feed.atom"):
        response = client.get(asked, headers={"accept": "application/json"})
        assert response.status_code == 410
        assert "Accept" in response["Vary"]
        told = response.json()
        assert told["label"] == "ITU-T G.90711/Y.90331"
        assert (told["kind"], told["reason"]) == ("Recommendation", REASON)
        assert told["since"].endswith("Z")
        assert {"The series it belonged to"} == {one["how"] for one in told["instead"]}
        assert all(one["url"].startswith("http") for one in some(told["instead"]))
    assert client.get(f"{OLD}/", headers={"accept": "*/*"})["Content-Type"].startswith("text/html")


@pytest.mark.slow
def test_entries_of_every_kind_leave_stones(client):
    rows = [Initiative.objects.get(key="giga"), Topic.objects.get(key="accessibility")]
    for row in rows:
        address = row.get_absolute_url()
        delete(row)
        for asked in (address, address.rstrip("/"), f"/id/{row.key}/"):
            response = client.get(asked)
            assert response.status_code == 410
            assert row.name in main_text(response)


def test_an_import_that_deletes_is_named_and_no_reason_is_made_up(client, work):
    with whole_catalogue(Author(Actor.IMPORT)) as job:
        for row in (work, *work.editions.all()):
            job.note_address(row, row.get_absolute_url(), label=str(row), title="")
            job.note_deletion(row, {"slug": row.slug})
        job.delete(Publication, [work.pk])
    text = main_text(client.get(f"{OLD}/2001-05/"))
    assert "by an import of the data set" in text and "None was given." in text


def test_a_form_sent_to_an_address_that_was_left_is_not_led_on(client, work):
    renumber(work)
    assert client.post(f"{OLD}/").status_code == 404
    assert client.head(f"{OLD}/").status_code == 301


def queries(client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return [query["sql"] for query in captured if "formeraddress" in query["sql"].lower()]


def test_pages_that_are_there_ask_nothing_and_others_once(client, work):
    for url in (f"{OLD}/", PARTS[0], PARTS[2], f"{OLD}/feed.atom", "/initiatives/giga/", "/"):
        assert queries(client, url) == []
    for url in ("/itu-t/z.99999/", "/itu-t/G-99999/1990-01-01/", "/id/nothing/", "/no/such/page"):
        assert len(queries(client, url)) == 1, url
    for url in (f"{OLD}/1999-01/", f"{OLD}/y.1/", f"{OLD}/1991-06/cor9/", "/itu-t/y.90331/"):
        assert len(queries(client, url)) == 1, url


def test_the_question_is_answered_by_an_index(work):
    delete(work)
    rows = FormerAddress.objects.filter(path__in=[f"{OLD}/", "/a/"])
    plan = rows.explain()
    assert "formeraddr" in plan.lower()
    if connection.vendor == "sqlite":
        assert "USING INDEX" in plan


@pytest.mark.parametrize("path", ["/" + "a" * 5_000 + "/", "/itu-t/" + "g" * 400 + ".1/"])
def test_an_overlong_path_is_just_not_there(client, path):
    assert client.get(path).status_code == 404
