"""What must hold is held by the database, whoever writes."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count

from catalog.models import (
    Component,
    Edition,
    Initiative,
    Meeting,
    Publication,
    SearchEntry,
    Series,
    SeriesRange,
    StudyGroup,
    Topic,
)

pytestmark = pytest.mark.django_db


def copy_of(row):
    """Return an unsaved copy of a row."""
    row.pk = None
    row._state.adding = True
    return row


def topic(**fields) -> Topic:
    """Return an unsaved topic."""
    return Topic(**{"key": "t", "name": "T", **fields})


def edition(**fields) -> Edition:
    """Return an unsaved edition of G.711."""
    work = Publication.objects.get(key="itu-t-g.711")
    return Edition(**{"publication": work, "identifier": "E", "slug": "2001-01", **fields})


REFUSED = {
    "a key twice": lambda: topic(key="5g"),
    "an unknown mark": lambda: topic(verification="perhaps"),
    "an unknown kind": lambda: topic(kind="planet"),
    "an unknown state": lambda: edition(state="valid"),
    "an edition before 1865": lambda: edition(approved=datetime.date(1830, 1, 1)),
    "in force without grounds": lambda: edition(state="in-force"),
    "an edition twice": lambda: edition(slug="1988-11"),
    "an unknown precision": lambda: edition(approved_precision="century"),
    "a component of nothing": lambda: Component(
        identifier="C", slug="2001-01/amd1", type="amendment"
    ),
    "a component of unknown type": lambda: Component(
        publication=Publication.objects.get(key="itu-t-g.711"),
        identifier="C",
        slug="2001-01/x1",
        type="patch",
    ),
    "two works at one address": lambda: copy_of_work(identifier="X", key="x"),
    "an identifier twice": lambda: copy_of_work(slug="x", key="x"),
    "years backwards": lambda: Initiative(key="x", name="X", kind="fund", since=2000, until=1999),
    "a group that ends before it starts": lambda: StudyGroup(
        key="x", name="X", code="sg99", sector_id=1, started=2000, ended=1990
    ),
    "a range backwards": lambda: SeriesRange(
        series=Series.objects.first(), first=9, last=1, title="x"
    ),
    "a meeting of nothing": lambda: Meeting(key="x", name="X", year=2000),
    "two meetings in a year": lambda: copy_of_meeting(),
}


def copy_of_work(**fields) -> Publication:
    """Return a copy of G.711 with some columns changed."""
    work = copy_of(Publication.objects.get(key="itu-t-g.711"))
    for name, value in fields.items():
        setattr(work, name, value)
    return work


def copy_of_meeting() -> Meeting:
    """Return a second meeting of WRC in 2023."""
    meeting = copy_of(Meeting.objects.get(key="wrc-2023"))
    meeting.key = "x"
    return meeting


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name):
    row = REFUSED[name]()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


MESSAGES = [
    (lambda: edition(approved=datetime.date(1830, 1, 1)), "approved", "1865"),
    (lambda: edition(state="in-force"), "state_grounds", "how we know"),
    (lambda: edition(link="javascript:alert(1)"), "link", "http"),
    (lambda: topic(key="Not A Key"), "key", "lower-case"),
    (lambda: topic(key="5g"), "key", "already exists"),
    (lambda: topic(verification="corrected"), "correction", "what is right"),
    (lambda: topic(description="bell \x07"), "description", "control"),
    (
        lambda: Component(
            publication=Publication.objects.get(key="itu-t-g.711"),
            identifier="C",
            slug="2001-01/amd9",
            type="amendment",
            state="superseded",
        ),
        "edition",
        "which edition",
    ),
    (
        lambda: Component(
            publication=Publication.objects.get(key="itu-t-g.711"),
            edition=Edition.objects.exclude(publication__key="itu-t-g.711").first(),
            identifier="C",
            slug="2001-01/amd9",
            type="amendment",
            state="superseded",
        ),
        "edition",
        "another work",
    ),
]


@pytest.mark.parametrize(
    ("make", "field", "words"), MESSAGES, ids=[words for *_, words in MESSAGES]
)
def test_wrong_input_gets_a_message_at_its_field(make, field, words):
    with pytest.raises(ValidationError) as caught:
        make().full_clean()
    assert words.lower() in " ".join(caught.value.message_dict[field]).lower()


def test_no_two_entries_of_any_kind_share_a_key():
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchEntry.objects.create(key="5g", kind="body", object_id=1, title="x", url="/")


def test_no_two_editions_of_a_work_go_by_one_name():
    names = Edition.objects.values("publication", "identifier").annotate(n=Count("pk"))
    assert not names.filter(n__gt=1)
