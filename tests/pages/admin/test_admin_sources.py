"""Sources at the desk: pages of their own, the table in the form of an entry, what is missing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from catalog.models import RowChange, Source, SourceUse, Topic
from catalog.search import index
from tests.found import some

pytestmark = pytest.mark.slow


@pytest.fixture
def topic(db) -> Topic:
    return Topic.objects.get(key="5g")


@pytest.fixture
def report(db) -> Source:
    return Source.objects.create(key="a-report", title="A report", url="https://www.itu.int/a")


def test_an_entry_gets_a_source_with_a_statement_in_its_own_form(
    desk, change_address_of, topic, report, client
):
    words = " ".join(topic.description.split()[:4])
    form = desk.open(change_address_of(topic)).form()
    form.add_row("sources", source=report.pk, supports="what it is", statement=words, position=9)
    assert desk.send(change_address_of(topic), form).saved
    use = SourceUse.objects.get(entry_key="5g", source=report)
    assert (use.supports, use.statement, use.position) == ("what it is", words, 9)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert 'href="https://www.itu.int/a"' in page
    change = RowChange.objects.get(model="sourceuse", row_id=use.pk)
    assert (change.entry_model, change.entry_id) == ("topic", topic.pk)


def test_a_checked_entry_does_not_lose_its_last_source(desk, change_address_of, topic):
    assert topic.verification == "checked"
    form = desk.open(change_address_of(topic)).form()
    uses = list(SourceUse.objects.of_entry("5g"))
    for use in some(uses):
        form.fill_row("sources", form.row_of("sources", use), DELETE="on")
    page = desk.send(change_address_of(topic), form)
    assert "‘Checked’ needs a source that others can look up" in page.refusals
    assert SourceUse.objects.of_entry("5g").count() == len(uses)
    form.fill(verification="not-yet-checked")
    assert desk.send(change_address_of(topic), form).saved
    assert not SourceUse.objects.of_entry("5g").exists()


def test_general_knowledge_does_not_make_an_entry_checked(desk, change_address_of, db):
    topic = Topic.objects.exclude(verification="checked").first()
    before = topic.verification
    SourceUse.objects.filter(entry_key=topic.key).delete()
    form = desk.open(change_address_of(topic)).form().fill(verification="checked")
    form.add_row("sources", source=Source.objects.of_general_knowledge()[0].pk, position=1)
    page = desk.send(change_address_of(topic), form)
    assert "‘Checked’ needs a source that others can look up" in page.refusals
    topic.refresh_from_db()
    assert topic.verification == before


def test_one_source_stands_once_in_the_table(desk, change_address_of, topic):
    known = SourceUse.objects.of_entry("5g")[0]
    form = desk.open(change_address_of(topic)).form()
    form.add_row("sources", source=known.source_id, position=9)
    assert (
        "The entry names this source already." in desk.send(change_address_of(topic), form).refusals
    )


def test_a_source_says_which_entries_rest_on_it(desk, change_address_of, db):
    use = SourceUse.objects.of_entry("5g")[0]
    page = desk.open(change_address_of(use.source))
    links = [link["href"] for link in page.soup.select(".field-entries li a")]
    assert change_address_of(Topic.objects.get(key="5g")) in links


def test_a_source_that_is_used_is_not_deleted_and_the_reason_is_said(desk, report, db):
    SourceUse.objects.create(entry_key="5g", source=report)
    page = desk.delete(report)
    assert "5g" in page.text
    assert "protected" in page.text
    assert Source.objects.filter(pk=report.pk).exists()
    SourceUse.objects.filter(source=report).delete()
    desk.delete(report)
    assert not Source.objects.filter(pk=report.pk).exists()


def test_a_source_keeps_its_address_while_checked_entries_rest_on_it_alone(desk, topic, report):
    SourceUse.objects.filter(entry_key="5g").delete()
    SourceUse.objects.create(entry_key="5g", source=report)
    page = desk.change(report, url="")
    assert "5g" in page.said_at("url")
    assert "5g" in desk.change(report, url="", how="printed", dated="").said_at("url")
    assert desk.change(report, url="", how="printed", dated="2025").saved


def test_sources_are_found_by_title_publisher_and_address(desk, report, db):
    lists = reverse("admin:catalog_source_changelist")
    for words in ("a report", "itu.int/a", "a-report"):
        page = desk.open(f"{lists}?q={words}")
        assert page.soup.find("a", string="A report"), words


def test_the_desk_lists_what_is_missing_with_counts(desk, topic, db):
    SourceUse.objects.filter(entry_key="5g").update(statement="Words that stand nowhere")
    Topic.objects.create(key="bare", name="A bare topic")
    index.update(Topic.objects.filter(key="bare"))
    page = desk.open(reverse("admin:catalog_source_gaps"))
    lists = {
        heading.get_text().rsplit(" (", 1)[0]: heading.find_next_sibling("ul")
        for heading in page.soup.select("#content h2")
    }
    assert set(lists) == {
        "No source",
        "General knowledge alone",
        "General knowledge in part",
        "Loose notes",
    }
    counts = [h.get_text().rsplit("(", 1)[1].strip(")") for h in page.soup.select("#content h2")]
    sizes = [f"{len(rows.find_all('li')):,}" for rows in some(lists.values())]
    assert counts == sizes
    assert lists["No source"].find("a", string="A bare topic")
    assert "Words that stand nowhere" in lists["Loose notes"].get_text()
    assert lists["General knowledge alone"].find_all("li")


def test_only_who_may_see_sources_sees_what_is_missing(client, django_user_model, db):
    client.force_login(django_user_model.objects.create_user("otto", is_staff=True))
    assert client.get(reverse("admin:catalog_source_gaps")).status_code == 403
