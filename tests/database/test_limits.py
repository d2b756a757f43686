"""Texts, numbers and dates have limits: in the models, in files of content, in imports."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from catalog.curation.load import FixtureError, load_fixtures
from catalog.importer.run import import_snapshot
from catalog.models import Edition, Meeting, Publication, PublicationName, StudyGroup, Topic
from catalog.models.fields import LinesField, PlainTextField, WebLinkField
from tests.conftest import FIXTURES
from tests.found import some
from tests.snapshots import standard, write_zip

pytestmark = pytest.mark.django_db

INVISIBLE = [
    "\u200b\u200b",
    "\u202e",
    "\ufeff",
    "\u00ad\u00ad",
    "\u2060",
    "\u3164",
    "\u0301",
    "\u2003",
    "a\u202eb",
    "a\u200bb",
    "a\x00b",
]
DIRECTION = ["a\u202eb", "\u2066a", "a\u200f", "\ufeffa", "a\u200bb"]


def refusals(row: models.Model) -> dict[str, list[str]]:
    """Return what the model refuses of a row, by field."""
    try:
        row.clean_fields()
        row.clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.fixture
def topic():
    return Topic.objects.get(key="5g")


@pytest.mark.parametrize("name", INVISIBLE, ids=ascii)
def test_a_name_that_cannot_be_seen_is_refused_at_the_name(topic, name):
    topic.name = name
    assert list(refusals(topic)) == ["name"]


def test_the_refusal_says_which_character_stands_where(topic):
    topic.description = "The fifth generation of mobile\u202e networks."
    [words] = refusals(topic)["description"]
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in words
    assert "generation of mobile" in words


VISIBLE_FIELDS = [
    (model, field.name)
    for model in apps.get_app_config("catalog").get_models()
    for field in model._meta.concrete_fields
    if field.editable
    and not model._meta.proxy
    and model._meta.label not in ("catalog.SearchEntry", "catalog.SearchWord")
    and isinstance(field, LinesField | PlainTextField)
]
WRITTEN_LINES = [
    (model, field.name)
    for model in apps.get_app_config("catalog").get_models()
    for field in model._meta.concrete_fields
    if type(field) is models.CharField
    and field.editable
    and not field.choices
    and not model._meta.proxy
    and model._meta.label
    not in (
        # Written by programs alone.
        "catalog.SearchEntry",
        "catalog.SearchWord",
        "catalog.EntryKey",
        "catalog.KnownIdentifier",
        "catalog.LoadedRow",
        "catalog.ImportRun",
        "catalog.SourceRecord",
        "catalog.Change",
        "catalog.CuratedValues",
        "catalog.CatalogueState",
        "catalog.RowChange",
        "catalog.FormerAddress",
    )
    and (model._meta.model_name, field.name) != ("correction", "field")
]


@pytest.mark.parametrize(("model", "name"), VISIBLE_FIELDS, ids=lambda value: str(value)[-40:])
def test_every_long_text_has_a_limit(model, name):
    field = model._meta.get_field(name)
    too_long = "many words " * 5_000
    too_many = "\n".join(f"line {number}" for number in range(10_000))
    for text in (too_long, too_many):
        with pytest.raises(ValidationError) as refused:
            field.run_validators(text)
        assert any("at most" in words for words in refused.value.messages)
    for text in DIRECTION:
        with pytest.raises(ValidationError):
            field.run_validators(text)


@pytest.mark.parametrize(("model", "name"), WRITTEN_LINES, ids=lambda value: str(value)[-40:])
def test_every_line_that_people_write_refuses_what_cannot_be_seen(model, name):
    field = model._meta.get_field(name)
    assert field.max_length <= 400
    for text in DIRECTION:
        with pytest.raises(ValidationError):
            field.run_validators(text)


def test_all_kinds_of_fields_were_tried():
    assert len(VISIBLE_FIELDS) > 100
    assert len(WRITTEN_LINES) > 40
    links = [
        field
        for model in apps.get_app_config("catalog").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, WebLinkField)
    ]
    assert all(field.max_length == 500 for field in some(links))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("\n".join(f"key-{number}" for number in range(5_000)), "5000 lines; at most 50"),
        ("g" * 101, "101 characters"),
        ("Not A Key", "Use lower-case letters"),
        ("99999999999999999999999999999999x_", "Use lower-case letters"),
    ],
    ids=["many", "long", "no key", "odd"],
)
def test_lists_of_keys_are_short_and_hold_keys(topic, keys, words):
    topic.other_keys = keys
    assert words in " ".join(refusals(topic)["other_keys"])


@pytest.mark.parametrize(
    "day", ["0001-01-01", "1899-12-31", "1999-12-31", "2101-01-01", "9999-12-31"]
)
def test_nobody_checked_an_entry_before_there_was_one_or_long_after(topic, day):
    topic.checked_on = datetime.date.fromisoformat(day)
    assert "Enter a date from 2000 to 2100" in refusals(topic)["checked_on"][0]


def test_nothing_was_checked_on_a_day_to_come():
    topic = Topic.objects.first()
    topic.checked_on = timezone.localdate() + datetime.timedelta(days=1)
    assert refusals(topic)["checked_on"] == ["Enter today’s date or an earlier one."]
    topic.checked_on = timezone.localdate()
    assert "checked_on" not in refusals(topic)


def test_two_faults_are_told_at_once(topic):
    topic.checked_on = datetime.date(1, 1, 1)
    topic.verification = "corrected"
    topic.correction = ""
    assert sorted(refusals(topic)) == ["checked_on", "correction"]


@pytest.mark.parametrize(
    ("model", "values", "field"),
    [
        (Meeting, {"starts": datetime.date(1, 1, 1)}, "starts"),
        (Meeting, {"ends": datetime.date(9999, 12, 31)}, "ends"),
        (Meeting, {"year": 10**25}, "year"),
        (Edition, {"approved": datetime.date(1, 1, 1)}, "approved"),
        (Edition, {"posted": datetime.date(9999, 1, 1)}, "posted"),
        (Edition, {"position": 32_768}, "position"),
        (Edition, {"version": 10**9}, "version"),
        (Edition, {"abstract": "x" * 50_001}, "abstract"),
        (StudyGroup, {"started": 1}, "started"),
        (StudyGroup, {"ended": 9_999}, "ended"),
        (StudyGroup, {"position": 10**18}, "position"),
    ],
    ids=str,
)
def test_numbers_and_dates_past_belief_are_refused(model, values, field):
    row = model.objects.first()
    for name, value in values.items():
        setattr(row, name, value)
    assert field in refusals(row)


def test_an_abstract_may_be_long_and_have_tabs_and_soft_hyphens():
    edition = Edition.objects.first()
    edition.abstract = "1)\tSoft\u00adhyphens\nand lines. " * 1_000
    assert refusals(edition) == {}


@pytest.mark.slow
def test_all_curated_content_keeps_the_rules():
    checked = 0
    for model in (Topic, Publication, Edition, PublicationName, Meeting, StudyGroup):
        for row in some(model.objects.all()):
            assert refusals(row) == {}, row
            checked += 1
    assert checked > 3_000


SPOILT = [
    ("name", "a\u202eb", "U+202E"),
    ("name", "\u200b", "U+200B"),
    ("description", "word " * 100_000, "at most 4000 characters"),
    ("facts", "\n".join(map(str, range(5_000))), "5000 lines"),
    ("other_keys", "\n".join(f"k{number}" for number in range(5_000)), "5000 lines"),
    ("checked_on", datetime.date(1, 1, 1), "Enter a date from 2000"),
    ("checked_on", "0000-00-00", "checked_on"),
    ("official_url", "https://itu.int@evil.example/", "name or password"),
]


@pytest.mark.parametrize(
    ("field", "value", "words"), SPOILT, ids=[f"{row[0]} {ascii(row[1])[:20]}" for row in SPOILT]
)
def test_a_file_of_content_with_such_a_row_is_not_loaded(tmp_path, field, value, words):
    directory = Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))
    path = directory / "topics.yaml"
    rows = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
    rows[0]["fields"][field] = value
    path.write_text(yaml.dump(rows, Dumper=yaml.CSafeDumper, allow_unicode=True))
    with pytest.raises(FixtureError) as refused:
        load_fixtures(directory, only=["topics.yaml"])
    assert "topics.yaml, row 1" in str(refused.value)
    assert words in str(refused.value)


@pytest.mark.parametrize("position", [".inf", "1e400", "99999999999999999999999", "0001-13-45"])
def test_a_number_or_day_that_is_none_is_a_fault_of_its_row(tmp_path, position):
    directory = Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))
    path = directory / "study_groups.yaml"
    path.write_text(path.read_text().replace("position: 1\n", f"position: {position}\n", 1))
    with pytest.raises(FixtureError) as refused:
        load_fixtures(directory, only=["study_groups.yaml"])
    assert "study_groups.yaml" in str(refused.value)


def test_what_an_import_brings_keeps_the_rules(tmp_path):
    records = [
        standard(
            "G.9001",
            title="Title\u202e with marks\u200b of\u2028direction",
            abstract="\ufeffWords\u200b of\x07 the\u2066 record.\n\tA\u00adB",
            iso="ISO/IEC 99001-1",
        ),
        standard("G.9002", abstract="x" * 60_000),
        standard("G.9003", title="T" * 401),
        standard("G.9004", iso="ISO/IEC " + "9" * 200),
    ]
    result = import_snapshot(write_zip(tmp_path / "a.zip", records))

    reasons = " ".join(problem.reason for problem in result.rejected)
    assert len(result.rejected) == 3
    assert "the abstract has 60,000 characters; 50,000 are allowed" in reasons
    assert "the title has 401 characters; 400 are allowed" in reasons
    work = Publication.objects.get(slug="g.9001")
    edition = work.editions.get()
    assert work.name == "Title with marks of direction"
    assert edition.abstract == "Words of the record.\n\tA\u00adB"
    for row in (work, edition, *work.names.all()):
        assert refusals(row) == {}, row
