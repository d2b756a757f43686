"""Two writers at the same moment, each with a connection of its own: no edit is lost, no 500."""

from __future__ import annotations

import itertools
import threading
import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse

from catalog.curation.load import load_fixtures
from catalog.models import (
    Correction,
    Edition,
    EntryKey,
    Publication,
    Revision,
    RowChange,
    SearchEntry,
    Topic,
)
from catalog.terms import RowAction
from catalog.writing import corrections, locks
from catalog.writing.edit import editing
from tests.conftest import FIXTURES
from tests.found import some
from tests.pages.admin.conftest import Desk, Page, add_record, admin_name, change_address
from tests.pages.admin.jobs import Job, after, retitled
from tests.world import copied

# The mark makes pytest make the database; the fixture below leaves out the transaction around
# each test, for other threads would not see what it writes.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROUNDS = 3
# Seconds in which a request is answered that has to wait for another writer: it waits for four
# or five; the rest is for a busy machine.
SOON = 25
NUMBERS = itertools.count(101)
REASON = {"correction_reason": "It is wrong.", "correction_source": "ITU page, seen today"}


@pytest.fixture
def _django_db_helper():
    """Open no transaction."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the content for this module."""
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), copied(folder) as made, made.connected():
        yield made


@pytest.fixture(scope="module")
def desks(world):
    """Two publishers, each signed in."""
    made = []
    for name in ("anna", "maria"):
        user = get_user_model().objects.create_user(name, password="Kx7-hullabaloo", is_staff=True)
        user.groups.set(Group.objects.filter(name__in=["Editors", "Publishers"]))
        client = Client(raise_request_exception=False)
        client.force_login(user)
        made.append(Desk(client))
    return made


@pytest.fixture(autouse=True)
def patience(monkeypatch, request):
    """Let editors wait as long as a busy machine needs, but where a test is about waiting."""
    if "nobody_waits_long" not in request.node.name:
        monkeypatch.setattr(locks, "EDITOR_WAIT", 90)


@pytest.fixture
def topic(world):
    """A topic of this test alone."""
    with editing() as edit:
        made = Topic(key=f"topic-{next(NUMBERS)}", name="A topic", description="At first")
        edit.save(made)
    return made


@pytest.fixture
def edition(world):
    """An edition of which the data set tells, of this test alone."""
    work = Publication.objects.get(key="itu-r-p.835")
    name = f"ITU-R P.835-{next(NUMBERS)}"
    with editing() as edit:
        made = Edition(
            publication=work,
            identifier=name,
            slug=name.rpartition("-")[2],
            title="Title of the source",
            approved_precision="day",
            state="superseded",
        )
        edit.save(made)
    add_record(name, publication=work, edition=made)
    return made


def filled(desk, address, **values):
    """Open a form, fill it in, and return what sends it."""
    form = desk.open(address).form().fill(**values)
    return lambda: desk.send(address, form)


def statuses(pages):
    return sorted(page.response.status_code for page in pages)


def test_two_editors_who_change_one_field_at_once_both_learn_of_it(world, desks, topic):
    address = change_address(topic)
    for number in range(ROUNDS):
        texts = [f"Anna {number}", f"Maria {number}"]
        sent = [
            filled(desk, address, description=text) for desk, text in zip(desks, texts, strict=True)
        ]
        pages = world.together(*sent)
        assert statuses(pages) == [200, 302]
        (refused,) = (page for page in pages if not page.saved)
        assert all(text in refused.text for text in texts)
        topic.refresh_from_db()
        assert topic.description == texts[1 - pages.index(refused)]
    assert RowChange.objects.of_row(topic).count() == ROUNDS + 1


def test_two_editors_who_change_different_fields_at_once_lose_nothing(world, desks, topic):
    address = change_address(topic)
    for number in range(ROUNDS):
        pages = world.together(
            filled(desks[0], address, description=f"Anna {number}"),
            filled(desks[1], address, doubt=f"Maria {number}"),
        )
        assert statuses(pages) == [302, 302], [page.refusals for page in pages]
        topic.refresh_from_db()
        assert (topic.description, topic.doubt) == (f"Anna {number}", f"Maria {number}")


def test_two_editors_who_take_one_key_at_once_get_words_at_the_field(world, desks):
    address = reverse(admin_name(Topic, "add"))
    for number in range(ROUNDS):
        key = f"taken-at-once-{number}"
        pages = world.together(
            *(filled(desk, address, name=f"Topic {number}", key=key) for desk in desks)
        )
        assert statuses(pages) == [200, 302]
        (refused,) = (page for page in pages if not page.saved)
        assert "taken" in refused.said_at("key") or "already exists" in refused.said_at("key")
        assert "added successfully" not in refused.text
        assert Topic.objects.filter(key=key).count() == 1
        assert EntryKey.objects.filter(key=key).count() == 1


def test_two_editors_who_give_one_further_key_at_once_get_words_at_the_field(world, desks):
    keys = ("5g", "accessibility")
    address = [change_address(Topic.objects.get(key=key)) for key in keys]
    for number in range(ROUNDS):
        sent = [
            filled(desk, place, other_keys=f"further-{number}")
            for desk, place in zip(desks, address, strict=True)
        ]
        pages = world.together(*sent)
        assert statuses(pages) == [200, 302]
        (refused,) = (page for page in pages if not page.saved)
        assert "is taken" in refused.said_at("other_keys")


def test_two_editors_who_take_one_address_at_once_get_words_at_the_field(world, desks):
    works = Publication.objects.filter(key__in=["itu-t-g.711", "itu-t-g.722"])
    for number in range(2):
        sent = [
            filled(desk, change_address(work), slug=f"g.9{number}")
            for desk, work in zip(desks, works, strict=True)
        ]
        pages = world.together(*sent)
        assert statuses(pages) == [200, 302]
        (refused,) = (page for page in pages if not page.saved)
        assert "has this address" in refused.said_at("slug")


def test_two_editors_who_add_one_edition_at_once_get_words_at_the_row(world, desks):
    address = change_address(Publication.objects.get(key="itu-t-x.509"))
    for number in range(2):
        sent, rows = [], []
        for desk in desks:
            form = desk.open(address).form()
            rows.append(
                form.add_row(
                    "editions",
                    identifier=f"ITU-T X.509 (0{number + 1}/2031)",
                    slug=f"2031-0{number + 1}",
                    approved_precision="day",
                    state="superseded",
                    position=90 + number,
                )
            )
            sent.append(lambda desk=desk, form=form: desk.send(address, form))
        pages = world.together(*sent)
        assert statuses(pages) == [200, 302]
        (place,) = (place for place, page in enumerate(pages) if not page.saved)
        said = pages[place].said_at("slug", f"editions-{rows[place]}")
        assert "has an edition of this date" in said


def test_what_one_editor_deletes_while_another_saves_it_is_lost_by_neither(world, desks):
    for number in range(ROUNDS):
        with editing() as edit:
            row = Topic(key=f"deleted-at-once-{number}", name="A topic")
            edit.save(row)
        question = reverse(admin_name(Topic, "delete"), args=[row.pk])
        form = desks[1].open(question).form().fill(reason="Twice.")
        saved, deleted = world.together(
            filled(desks[0], change_address(row), description="Typed by Anna"),
            lambda form=form, question=question: desks[1].answer(question, form),
        )
        if saved.saved:
            assert not deleted.saved
            assert "Typed by Anna" in deleted.text
            assert Topic.objects.get(pk=row.pk).description == "Typed by Anna"
        else:
            assert deleted.saved
            assert saved.response.status_code == 409
            assert "Typed by Anna" in saved.text


def test_two_editors_who_delete_one_entry_at_once_delete_it_once(world, desks, topic):
    question = reverse(admin_name(Topic, "delete"), args=[topic.pk])
    pk = topic.pk
    forms = [desk.open(question).form().fill(reason="Twice.") for desk in desks]
    pages = world.together(
        *(
            lambda desk=desk, form=form: desk.answer(question, form)
            for desk, form in zip(desks, forms, strict=True)
        )
    )
    assert statuses(pages) == [302, 302]
    changes = RowChange.objects.filter(model="topic", row_id=pk, action=RowAction.DELETED)
    assert changes.count() == 1


def test_a_correction_that_two_editors_take_back_at_once_is_taken_back_once(world, desks, edition):
    made = corrections.correct(edition, "title", "Right", "r", "e")
    pk = made.pk
    address = reverse("admin:catalog_correction_take_back", args=[pk])
    forms = [desk.open(address).form() for desk in desks]
    pages = world.together(
        *(
            lambda desk=desk, form=form: desk.answer(address, form)
            for desk, form in zip(desks, forms, strict=True)
        )
    )
    assert statuses(pages) == [302, 302]
    told = " ".join(
        desk.open(page.response.url).text for desk, page in zip(desks, pages, strict=True)
    )
    assert "1 correction reverted" in told and "already reverted" in told
    assert RowChange.objects.filter(model="correction", row_id=pk, action="deleted").count() == 1
    edition.refresh_from_db()
    assert edition.title == "Title of the source"


def test_a_correction_waits_for_an_import_and_takes_over_what_it_brought(world, desks, edition):
    sent = filled(desks[0], change_address(edition), abstract="Mended", **REASON)
    with Job(world, write=retitled(Edition.objects.get(pk=edition.pk), "Brought")) as job:
        after(1, job.end)
        page = sent()
    assert page.saved, page.refusals
    edition.refresh_from_db()
    assert (edition.title, edition.abstract) == ("Brought", "Mended")
    assert [one.field for one in Correction.objects.of(edition)] == ["abstract"]


def test_a_correction_of_what_an_import_brings_just_then_is_asked_about(world, desks, edition):
    address = change_address(edition)
    sent = filled(desks[0], address, title="Corrected", **REASON)
    with Job(world, write=retitled(Edition.objects.get(pk=edition.pk), "Brought")) as job:
        after(1, job.end)
        page = sent()
    assert not page.saved
    for words in ("Title of the source", "Brought", "Corrected", "Import of the data set"):
        assert words in page.text
    form = page.form().fill(**{"title-keep": "mine"})
    assert desks[0].send(address, form).saved
    made = Correction.objects.of(edition).get()
    assert (made.value, made.source_value) == ("Corrected", "Brought")


def test_a_correction_that_was_made_before_an_import_writes_is_seen_by_it(world, desks, edition):
    assert filled(desks[0], change_address(edition), title="Corrected", **REASON)().saved
    seen = []
    with Job(world, write=lambda job: seen.extend(Correction.objects.of(edition))):
        pass
    assert [one.value for one in seen] == ["Corrected"]


def test_while_an_import_writes_nobody_waits_long_and_nothing_typed_is_lost(world, desks, topic):
    guest = Client(raise_request_exception=False)
    form = desks[0].open(change_address(topic)).form().fill(description="Typed for an hour")
    question = reverse(admin_name(Topic, "delete"), args=[topic.pk])
    answers = desks[1].open(question).form().fill(reason="Recorded twice.")
    chosen = desks[1].ask(Topic, "delete_selected", [topic]).form().fill(reason="Twice.")
    login = Page(guest.get(reverse("admin:login"))).form()
    login.fill(username="anna", password="Kx7-hullabaloo")
    report = {"page": "/itu-t/g.711/", "message": "The title is wrong."}
    took = {}

    def timed(name, job):
        def run():
            begun = time.monotonic()
            answer = job()
            took[name] = time.monotonic() - begun
            return getattr(answer, "response", answer)

        return run

    with Job(world):
        assert guest.get("/itu-t/x.509/").status_code == 200
        saved, deleted, several, signed_in, reported, read, opened = world.together(
            timed("form", lambda: desks[0].send(change_address(topic), form)),
            timed("delete", lambda: desks[1].answer(question, answers)),
            timed(
                "action", lambda: desks[1].answer(reverse(admin_name(Topic, "changelist")), chosen)
            ),
            timed("login", lambda: guest.post(reverse("admin:login"), login.data)),
            timed("report", lambda: Client(raise_request_exception=False).post("/report/", report)),
            timed("read", lambda: guest.get("/publications/")),
            timed("open", lambda: desks[0].open(change_address(topic))),
        )
    assert (read.status_code, opened.status_code) == (200, 200)
    again = Page(saved)
    assert saved.status_code == 200
    assert "Import of the data set by Ann has been running since" in again.text
    assert again.form().data["description"] == ["Typed for an hour"]
    for answer in (deleted, several):
        assert answer.status_code == 503
        assert answer["Retry-After"].isdecimal()
        assert "Import of the data set by Ann" in answer.content.decode()
        assert "anything you typed should still be there" in answer.content.decode()
    for answer in (signed_in, reported):
        # On PostgreSQL an import is in nobody's way there; SQLite has one writer.
        assert answer.status_code == (302 if connection.vendor == "postgresql" else 503)
    assert max(took.values()) < SOON, took
    assert desks[0].send(change_address(topic), again.form()).saved
    topic.refresh_from_db()
    assert topic.description == "Typed for an hour"


def test_a_load_of_the_fixtures_overwrites_nothing_that_is_saved_meanwhile(world, desks):
    work = Publication.objects.get(key="itu-t-g.729")
    address = change_address(work)
    form = desks[0].open(address).form().fill(purpose="Written while it loads")
    loader = threading.Thread(target=lambda: world.together(lambda: load_fixtures(FIXTURES)))
    loader.start()
    page = desks[0].send(address, form)
    while not page.saved:
        assert page.response.status_code == 200
        assert page.form().data["purpose"] == ["Written while it loads"]
        page = desks[0].send(address, page.form())
    loader.join(120)
    assert not loader.is_alive()
    work.refresh_from_db()
    assert work.purpose == "Written while it loads"


def test_afterwards_history_and_search_agree_with_the_rows(world, desks, topic):
    address = change_address(topic)
    world.together(*(filled(desk, address, doubt=f"A doubt {desk}") for desk in desks))
    numbers = list(Revision.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert len(numbers) > 1
    for topic in some(Topic.objects.all()):
        assert SearchEntry.objects.get(key=topic.key).title == topic.name
        last = RowChange.objects.of_entry(topic).first()
        assert last is None or last.entry_version == topic.row_version
