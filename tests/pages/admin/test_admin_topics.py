"""Rules and choices of topics at the desk, and why a work stands under its topics."""

from __future__ import annotations

import pytest

from catalog.models import Publication, Topic, TopicChoice, TopicRule
from tests.found import some
from tests.pages.admin.conftest import change_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic() -> Topic:
    return Topic.objects.get(key="radar")


def keys(topic: Topic) -> set[str]:
    """Return the keys of the works on a topic."""
    return set(topic.publications.values_list("key", flat=True))


def test_a_choice_takes_any_spelling_and_shows_at_once(desk, topic, client):
    address = change_address(topic)
    form = desk.open(address).form()
    form.add_row("choices", reference="g711", choice="listed", reason="It is used in radar.")
    assert desk.send(address, form).saved
    choice = TopicChoice.objects.get(topic=topic, reference="ITU-T G.711")
    assert choice.work.key == "itu-t-g.711"
    assert "itu-t-g.711" in keys(topic)
    assert "chosen by an editor" in client.get("/itu-t/g.711/").content.decode()


def test_a_work_is_taken_out_by_a_choice(desk):
    topic = Topic.objects.get(key="speech-coding")
    chosen = topic.choices.values("reference")
    named = topic.publications.exclude(identifier="").exclude(identifier__in=chosen)
    work = some(named)[0]
    address = change_address(topic)
    form = desk.open(address).form()
    form.add_row("choices", reference=work.identifier, choice="left-out")
    assert desk.send(address, form).saved
    assert work.key not in keys(topic)


def test_a_choice_that_moves_to_another_work_leaves_the_first(desk, topic):
    address = change_address(topic)
    form = desk.open(address).form()
    form.add_row("choices", reference="ITU-T G.711", choice="listed")
    assert desk.send(address, form).saved
    form = desk.open(address).form()
    row = form.row_of("choices", TopicChoice.objects.get(topic=topic, reference="ITU-T G.711"))
    assert desk.send(address, form.fill_row("choices", row, reference="h.264")).saved
    assert {"itu-t-g.711", "itu-t-h.264"} & keys(topic) == {"itu-t-h.264"}


@pytest.mark.parametrize("typed", ["ITU-T G.99999", "zzzz qqqq", "coding"])
def test_a_choice_needs_one_work(desk, topic, typed):
    address = change_address(topic)
    form = desk.open(address).form()
    row = form.add_row("choices", reference=typed, choice="listed")
    page = desk.send(address, form)
    assert not page.saved
    assert typed in page.said_at("reference", f"choices-{row}")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("any_of", "radar\n(a+)+b", "repeats without limit"),
        ("none_of", "a.*b.*c.*d.*e.*f", "leaves so much open"),
        ("numbers", "G.711", "is no number or range"),
        ("series", "ITU-T", "is no series"),
        ("groups", "no-such-group", "is not a key in this catalogue"),
        ("families", "no-such-collection", "is not a key in this catalogue"),
        ("kinds", "song", "is not a known kind"),
    ],
)
def test_a_rule_is_refused_at_its_field(desk, topic, field, value, words):
    address = change_address(topic)
    form = desk.open(address).form()
    values = {"position": 9, "any_of": "sonar", field: value}
    row = form.add_row("rules", **values)
    page = desk.send(address, form)
    assert not page.saved
    assert words in page.said_at(field, f"rules-{row}")


def test_a_rule_is_saved_and_works_follow(desk, topic):
    before = keys(topic)
    address = change_address(topic)
    form = desk.open(address).form()
    form.add_row("rules", position=9, any_of="pulse code modulation")
    assert desk.send(address, form).saved
    assert TopicRule.objects.filter(topic=topic, position=9).exists()
    assert "itu-t-g.711" in keys(topic) - before


def test_the_form_of_a_work_says_why_and_changes_no_topic(desk):
    work = Publication.objects.get(key="itu-t-g.711")
    before = set(work.topics.values_list("key", flat=True))
    page = desk.open(change_address(work))
    assert "Speech coding : its number lies in ITU-T G.711–G.729" in page.text
    form = page.form()
    assert not [name for name in some(form.data) if name.startswith("topics")]
    assert desk.send(change_address(work), form.fill(keywords="a-law")).saved
    assert set(work.topics.values_list("key", flat=True)) == before
