"""What a page is called in the bar of the browser, and which address is its own."""

from __future__ import annotations

import pytest

from catalog.models import Publication
from catalog.pages.frame import LONGEST_TITLE, Frame, cut_at_word
from catalog.pages.lists import alternatives
from tests.pages.reading import page

pytestmark = pytest.mark.django_db

SITE = "ITU knowledge base"


def title_of(client, url: str) -> str:
    return page(client.get(url)).title.get_text()


def canonical(client, url: str) -> str:
    link = page(client.get(url)).find("link", rel="canonical")
    return link["href"].removeprefix("http://testserver")


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("/publications/", "/publications/"),
        ("/publications/?page=1", "/publications/"),
        ("/publications/?page=2", "/publications/?page=2"),
        ("/publications/?page=2&sector=itu-t", "/publications/?sector=itu-t&page=2"),
        ("/fact-check/?page=3", "/fact-check/?page=3"),
        ("/search/?q=radio&page=2", "/search/?q=radio&page=2"),
        ("/itu-t/g/?on=2020-05-01&page=2", "/itu-t/g/?on=2020-05-01&page=2"),
        ("/itu-t/g.711/?q=pcm", "/itu-t/g.711/"),
    ],
)
def test_a_later_page_of_a_list_has_an_address_of_its_own(client, url, own):
    assert client.get(url).status_code == 200
    assert canonical(client, url) == own


def test_two_pages_of_a_list_have_different_titles(client):
    assert title_of(client, "/publications/") == f"Publications – {SITE}"
    assert title_of(client, "/publications/?page=2") == f"Publications, page 2 – {SITE}"


def test_a_title_says_what_is_chosen_in_words_that_do_not_repeat(client):
    url = "/publications/?state=in-force&state=pre-published&sector=itu-t&page=2"
    title = title_of(client, url)
    assert "In force or pre-published" in title
    assert "; " in title
    assert title.endswith(", page 2")
    assert title.lower().count("in force") == 1


def test_a_bound_says_which_one_it_is(client):
    title = title_of(client, "/publications/?series=itu-t-series-g&number_to=711&year_from=2010")
    assert "year from 2010; number to 711" in title


def test_blanks_are_no_words_to_look_for(client):
    shown = page(client.get("/publications/?q=%20%20"))
    assert shown.title.get_text() == f"Publications – {SITE}"
    assert not shown.select(".chips a")


@pytest.mark.parametrize("address", ["/itu-t/sg15/", "/itu-t/tsag/", "/itu-r/rag/"])
def test_the_title_of_a_group_says_nothing_twice_and_is_cut_at_its_end(client, address):
    title = title_of(client, address).removesuffix(f" – {SITE}")
    assert len(title) <= LONGEST_TITLE
    assert "…" not in title[:-1]
    words = title.split()
    assert len(words) < 4 or len(set(words)) > len(words) * 3 / 4


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (["In force"], "In force"),
        (["In force, pre-published"], "In force, pre-published"),
        (["In force", "In force, pre-published"], "In force or pre-published"),
        (["Superseded", "In force, pre-published"], "Superseded or In force, pre-published"),
        (["A", "B", "C"], "A or B or C"),
    ],
)
def test_alternatives(labels, words):
    assert alternatives(labels) == words


@pytest.mark.parametrize("length", range(20, 60))
def test_a_long_text_is_cut_at_a_word(length):
    text = "Pulse code modulation (PCM) of voice frequencies – and of others"
    cut = cut_at_word(text, length)
    assert len(cut) <= length
    kept = cut.removesuffix("…")
    assert text.startswith(kept) and cut.endswith("…")
    assert not text[len(kept)].isalnum()


def test_a_text_that_fits_stays_whole_and_one_word_is_cut_somewhere():
    assert cut_at_word("twelve chars", 12) == "twelve chars"
    assert cut_at_word("x" * 30, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("title", "number", "shown"),
    [
        ("Publications", "", f"Publications – {SITE}"),
        ("x" * 60, "", "x" * 60),
        ("Publications, page 2", ", page 2", f"Publications, page 2 – {SITE}"),
        (
            f"{'word ' * 20}end, page 12",
            ", page 12",
            f"{'word ' * 11}word…, page 12",
        ),
    ],
)
def test_the_name_of_the_site_gives_way_before_words_and_never_the_number(title, number, shown):
    assert Frame(title=title, description="", number=number).head_title == shown


def test_titles_of_works_begin_with_the_identifier_and_are_short(client):
    works = Publication.objects.exclude(identifier="").order_by("-name")[:5]
    longest = max(Publication.objects.exclude(identifier=""), key=lambda work: len(work.name))
    for work in [*works, longest]:
        title = title_of(client, work.get_absolute_url())
        assert work.identifier in title[: len(work.identifier) + len("Not in force: ")]
        assert len(title) <= LONGEST_TITLE, title
    heading = page(client.get(longest.get_absolute_url())).find("hgroup").get_text()
    assert longest.shown_name in heading
