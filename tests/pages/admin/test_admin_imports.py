"""Imports, changes and records of the data set at the desk."""

from __future__ import annotations

import datetime
import json

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse

from catalog.admin import imports, searching
from catalog.models import Component, Edition, ImportRun, Publication, Recommendation, SourceRecord
from catalog.timeline.words import moment_words
from tests.pages.admin.conftest import add_record

RECORDS = {
    "ITU-T G.711 (11/1988)": {"role": "edition"},
    "ITU-T G.711 (1988) Amd. 1 (08/2009)": {"role": "component"},
    "ITU-T G.711 (1988) Amd. 2 (11/2009)": {"role": "component"},
    "ITU-T G.711.1 (03/2008)": {"role": "edition"},
    "ITU-T G Suppl. 39 (02/2016)": {"role": "edition"},
    "ITU-T X.509 (2000) Technical Cor. 3 (04/2004)": {"role": "component"},
    "ITU-T X.1500 (2011) Amd. 10 (10/2016)": {"role": "component", "notes": "thin\nno-base"},
    "ITU-R BT.2020-1": {"role": "edition"},
    "ITU-R M.5/BL/22": {"role": "draft", "reason": "a draft of ITU-R M.2084-1"},
    "ITU-R V.2500": {"role": "test", "left_source": "2026-08-22"},
}


@pytest.fixture
def records(db):
    """Records of all sorts, of which the catalogue holds some."""
    work = Publication.objects.get(key="itu-t-g.711")
    made = {text: add_record(text, **fields) for text, fields in RECORDS.items()}
    first, amendment, *_rest = made.values()
    first.publication, first.edition = work, work.editions.get(slug="1988-11")
    amendment.publication, amendment.component = work, work.components.first()
    first.save()
    amendment.save()
    return made


@pytest.fixture
def listed(desk, address_of):
    """What a list of the desk shows under a query, by a column."""

    def read(model, query, column="identifier"):
        page = desk.open(f"{address_of(model, 'changelist')}?{query}")
        assert page.response.status_code == 200
        return [cell.get_text(strip=True) for cell in page.soup.select(f".field-{column}")]

    return read


SPELLINGS = [
    ("g711", ["ITU-T G.711 (11/1988)", "Amd. 1", "Amd. 2", "ITU-T G.711.1 (03/2008)"]),
    ("G.711", ["ITU-T G.711 (11/1988)", "Amd. 1", "Amd. 2", "ITU-T G.711.1 (03/2008)"]),
    ("G 711 amd 1", ["Amd. 1"]),
    ("g711amd2", ["Amd. 2"]),
    ("ITU-T G.711 (11/1988)", ["ITU-T G.711 (11/1988)"]),
    ("Rec. ITU-T G.711 (11/1988)", ["ITU-T G.711 (11/1988)"]),
    ("ＩＴＵ－Ｔ Ｇ.711 (11/1988)", ["ITU-T G.711 (11/1988)"]),
    ("g suppl 39", ["ITU-T G Suppl. 39 (02/2016)"]),
    ("X.509 technical cor 3", ["Technical Cor. 3"]),
    ("Report ITU-R BT.2020-1", ["ITU-R BT.2020-1"]),
    ("m5bl22", ["ITU-R M.5/BL/22"]),
    ("5/BL/22", ["ITU-R M.5/BL/22"]),
    ("G.9999", []),
    ("%", []),
    ("…", []),
]


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_a_record_is_found_by_any_spelling(records, text, expected):
    found = SourceRecord.objects.filter(searching.records(text)).order_by("identifier")
    identifiers = sorted(record.identifier for record in found)
    assert len(identifiers) == len(expected)
    missing = [part for part in expected if not any(part in one for one in identifiers)]
    assert missing == []


def test_records_are_listed_by_what_became_of_them(records, listed):
    assert listed(SourceRecord, "role__exact=draft") == ["ITU-R M.5/BL/22"]
    assert listed(SourceRecord, "left-out=yes") == ["ITU-R M.5/BL/22", "ITU-R V.2500"]
    assert len(listed(SourceRecord, "left-out=no")) == len(RECORDS) - 2
    assert listed(SourceRecord, "note=thin") == ["ITU-T X.1500 (2011) Amd. 10 (10/2016)"]
    assert listed(SourceRecord, "left_source__isempty=0") == ["ITU-R V.2500"]
    assert listed(SourceRecord, "q=g711+amd+1") == ["ITU-T G.711 (1988) Amd. 1 (08/2009)"]
    assert len(listed(SourceRecord, "")) == len(RECORDS)


def test_a_record_says_in_words_what_is_odd_and_leads_to_its_work(records, listed):
    assert "lacks edition number" in listed(SourceRecord, "q=x1500", "why")[0]
    assert listed(SourceRecord, "q=m5bl22", "why") == ["a draft of ITU-R M.2084-1"]
    assert listed(SourceRecord, "role__exact=edition&q=itu-t+g.711+(11", "work") == ["ITU-T G.711"]


@pytest.mark.parametrize("query", ["note=nonsense", "left-out=x", "conflict=x", "corrected=x"])
def test_a_filter_that_is_none_is_no_error(desk, address_of, records, query):
    for model in (SourceRecord, Edition):
        answer = desk.open(f"{address_of(model, 'changelist')}?{query}").response
        assert answer.status_code in (200, 302)


PART_SPELLINGS = [
    (Edition, "g711", "ITU-T G.711 (11/1988)"),
    (Edition, "itu-t g 711 11 1988", "ITU-T G.711 (11/1988)"),
    (Edition, "P.835-7", "ITU-R P.835-7"),
    (Edition, "pulse code modulation", "ITU-T G.711 (11/1988)"),
]


@pytest.mark.parametrize(("model", "text", "identifier"), PART_SPELLINGS)
def test_editions_are_found_by_any_spelling_with_and_without_record(
    records, listed, model, text, identifier
):
    assert identifier in listed(model, f"q={text}")


def test_components_are_found_by_any_spelling_with_and_without_record(records, listed):
    component = Publication.objects.get(key="itu-t-g.711").components.first()
    assert component.identifier in listed(Component, "q=G+711+amd+1")
    other = Component.objects.filter(source_records=None, identifier__contains="Amd. 1").last()
    spelt = other.identifier.lower().replace(".", " ").replace("(", " ").replace(")", " ")
    assert other.identifier in listed(Component, f"q={spelt}")


@pytest.mark.parametrize("model", [Publication, Recommendation])
@pytest.mark.parametrize(
    "text",
    [
        *("g711", "G 711", "ITU-T G.711", "itu-t-g.711", "pulse code", "G.711 amd 1"),
        *("g.711 nov 1988", "https://www.itu.int/rec/T-REC-G.711-198811-S"),
    ],
)
def test_works_are_found_by_any_spelling(records, listed, model, text):
    assert "ITU-T G.711" in listed(model, f"q={text}", "label")


def test_a_work_is_offered_by_any_spelling_where_one_is_chosen(desk, db):
    answer = desk.client.get(
        reverse("admin:autocomplete"),
        {
            "term": "g711",
            "app_label": "catalog",
            "model_name": "edition",
            "field_name": "publication",
        },
    )
    assert answer.json()["results"][0]["text"] == "ITU-T G.711"


def test_the_beginning_of_an_identifier_is_looked_up_in_the_index(db):
    rows = SourceRecord.objects.filter(searching.records("g711")).order_by()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A table without rows is read in one piece whatever its indexes.
            cursor.execute("SET LOCAL enable_seqscan = off")
    add_record("ITU-T G.711 (11/1988)")
    plan = SourceRecord.objects.filter(searching.records("g711")).order_by().explain()
    assert "search_form" in plan
    assert "SCAN catalog_sourcerecord" not in plan and "Seq Scan" not in plan
    assert rows.model is SourceRecord


def test_the_report_of_an_import_can_be_read(desk, run, change_address_of):
    page = desk.open(change_address_of(run))
    for words in (
        "works: new",
        "4,711",
        "works: ITU-T",
        "7,093",
        "Records that lack almost everything",
        "ITU-T X.1500 (2011) Amd. 10",
        "<b>odd</b>",
        "data/broken.yaml",
        "no mapping",
        "Part 02",
        "The record has the title of a data file.",
        "ITU-R P.835-1",
        "Old words",
    ):
        assert words in page.text
    assert not page.soup.select("td b")
    changes = page.soup.find("a", string="All changes of this import")["href"]
    assert len(desk.open(changes).soup.select("#result_list tbody tr")) == 3


def test_a_long_import_shows_its_first_changes_only(desk, run, change_address_of, monkeypatch):
    monkeypatch.setattr(imports, "SHOWN_CHANGES", 2)
    page = desk.open(change_address_of(run))
    assert "The first 2 changes." in page.text
    assert "ITU-R P.835-1" in page.text
    assert "ITU-R P.835-2" not in page.text


def test_an_import_without_report_has_a_page(desk, run, change_address_of):
    ImportRun.objects.update(report={}, counts={}, by=None)
    run.changes.all().delete()
    page = desk.open(change_address_of(run))
    assert page.response.status_code == 200
    assert "Nothing." in page.text


def test_the_report_comes_as_json(desk, run):
    answer = desk.client.get(reverse("admin:catalog_importrun_report", args=[run.pk]))
    assert answer["Content-Type"] == "application/json"
    assert "attachment" in answer["Content-Disposition"]
    content = json.loads(answer.content)
    assert content["report"] == run.report
    assert content["snapshot_date"] == "2026-08-22"
    assert content["checksum"] == run.checksum


def test_a_report_that_is_not_there_is_not_found(desk, db):
    for pk in (0, 10**30):
        address = reverse("admin:catalog_importrun_report", args=[pk])
        assert desk.client.get(address).status_code == 404


def test_the_report_is_for_editors(client, run):
    address = reverse("admin:catalog_importrun_report", args=[run.pk])
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("staff", is_staff=True))
    assert client.get(address).status_code == 403


@pytest.mark.slow
def test_relations_are_shown_and_those_of_the_source_are_not_for_changing(
    desk, told_edition, change_address_of
):
    work = told_edition.publication
    target, other = Publication.objects.exclude(pk=work.pk)[:2]
    work.relations.create(kind="supplements", target=target, from_source=True)
    form = desk.open(change_address_of(work)).form()
    form.add_row("relations", kind="also-published-as", target=other.pk)
    page = desk.send(change_address_of(work), form)

    assert page.saved, page.refusals
    kept = set(work.relations.values_list("kind", "target", "from_source"))
    assert kept == {
        ("supplements", target.pk, True),
        ("also-published-as", other.pk, False),
    }
    page = desk.open(change_address_of(work))
    assert str(target) in page.text
    assert desk.send(change_address_of(work), page.form()).saved
    assert work.relations.count() == 2


@pytest.mark.slow
def test_a_text_is_not_related_to_itself(desk, change_address_of, db):
    work = Publication.objects.get(key="itu-t-g.711")
    form = desk.open(change_address_of(work)).form()
    form.add_row("relations", kind="supplements", target=work.pk)
    page = desk.send(change_address_of(work), form)
    assert "related to itself" in page.refusals


def test_the_filters_of_a_list_read_well_and_are_open_where_they_narrow_it(desk, run, address_of):
    address = address_of(ImportRun, "changelist")
    filters = desk.open(f"{address}?changed__exact=1").soup.select("#changelist-filter details")
    headings = [one.select_one("summary").get_text(strip=True) for one in filters]
    assert headings == ["Changed the catalogue", "Started"]
    assert [one.has_attr("open") for one in filters] == [True, False]


def test_the_list_of_imports_leaves_out_what_was_nothing(desk, run, address_of):
    run.counts = {"works": {"new": 4711, "gone": 0}}
    run.save()
    cell = desk.open(address_of(ImportRun, "changelist")).soup.select_one(".field-figures")
    assert cell.get_text(strip=True) == "works: new 4,711"


def test_moments_are_written_in_one_way(desk, run, address_of):
    run.started = datetime.datetime(2026, 11, 28, 21, 12, 5, 123456, tzinfo=datetime.UTC)
    run.save()
    words = "28 November 2026, 21:12 UTC"
    shown = desk.open(address_of(ImportRun, "changelist")).soup.select_one(".field-started")
    assert shown.get_text(strip=True) == words
    assert words in desk.open(reverse("admin:catalog_importrun_change", args=[run.pk])).text
    assert moment_words(run.started) == words
    run.refresh_from_db()
    assert str(run) == "snapshot.zip, 22 August 2026"
