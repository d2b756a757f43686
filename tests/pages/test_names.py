"""Names that people use, on pages: search, works, families of texts, texts by others, exports."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest

from catalog.models import CommonName, OthersName, Publication, TextFamily
from catalog.writing.edit import editing
from tests.found import some
from tests.pages.reading import html_faults, main_text, page

pytestmark = pytest.mark.django_db


def get(client, address: str, status: int = 200):
    """Return the answer of a sound page."""
    response = client.get(address)
    assert response.status_code == status, address
    assert not html_faults(response)
    return response


def call(name: str, reference: str, **fields) -> None:
    with editing() as edit:
        edit.save(CommonName(name=name, reference=reference, **fields))


@pytest.mark.parametrize("text", ["HEVC", "hevc", "MPEG-H Part 2", "ITU-T HEVC"])
def test_a_name_in_the_search_box_opens_its_work_which_says_why(client, text):
    for address in some([f"/search/?q={quote(text)}", f"/go/?id={quote(text)}"]):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/itu-t/h.265/?q=")
    words = main_text(get(client, response["Location"]))
    assert f"{text} is a name of ITU-T H.265." in words


def test_a_name_that_is_the_title_of_something_else_shows_both(client):
    call("Cybersecurity", "ITU-T G.711")
    response = get(client, "/search/?q=cybersecurity")
    keys = [a["href"] for a in page(response).select(".hits > li a[href]")]
    assert keys.index("/topics/cybersecurity/") < keys.index("/itu-t/g.711/")


def test_other_names_stand_first_among_results_and_say_what_they_are(client):
    response = get(client, "/search/?q=x265")
    first = page(response).select_one(".hits > li")
    words = " ".join(first.get_text().split())
    assert first.select_one(".row-id").get_text(strip=True) == "ITU-T H.265"
    assert "“x265” is used for this text, but is not its name." in words
    assert "An encoder program, not the text." in words
    # x265 may be read as X.265, which nobody means.
    assert "We read this as" not in main_text(response)


def test_a_work_says_what_people_call_it_and_where_that_comes_from(client):
    response = get(client, "/itu-t/h.265/")
    facts = {
        row.dt.get_text(strip=True): " ".join(row.dd.get_text().split())
        for row in some(page(response).select("dl.facts > div"))
    }
    assert facts["Known as"] == "HEVC, High Efficiency Video Coding, MPEG-H Part 2"
    assert facts["Also looked for as"] == "x265 (an encoder program, not the text)"
    assert facts["Defined in it"].startswith("SEI message, Supplemental enhancement information")
    # What must be said of several names is said once.
    assert "3D-HEVC, MV-HEVC, SHVC (extensions in annexes)" in facts["Defined in it"]
    assert "MPEG-H Part 2: AVC and HEVC Encoding" in facts["Sources of the names"]
    assert "General knowledge of the field" in facts["Sources of the names"]
    assert facts["Family of texts"] == "H.26x"


def test_a_text_by_others_is_answered_with_its_owner_and_the_nearest_texts(client):
    for response in some([get(client, "/search/?q=MP3"), get(client, "/go/?id=mp3", 404)]):
        words = main_text(response)
        assert "MP3 is not ITU’s. It belongs to ISO/IEC" in words
        assert "Source: General knowledge of the field" in words
    with editing() as edit:
        nearest = "ITU-T G.711\nITU-T G.9990"
        edit.save(OthersName(name="Plovercode", owner="The birds", nearest=nearest))
    response = get(client, "/search/?q=plovercode")
    assert page(response).select_one("a[href='/itu-t/g.711/']")
    assert "not in this catalogue: ITU-T G.9990" in main_text(response)


def test_a_text_by_others_hides_no_result(client):
    call("Plovercode", "ITU-T G.711", relation="popular-for")
    with editing() as edit:
        edit.save(OthersName(name="Plover code", owner="The birds"))
    response = get(client, "/search/?q=plovercode")
    assert "It belongs to The birds." in main_text(response)
    assert page(response).select_one(".hits a[href='/itu-t/g.711/']")


def test_the_name_of_a_family_leads_to_its_page(client):
    for text in some(["X.500 series", "G.984 series", "g984 series"]):
        for address in some([f"/search/?q={quote(text)}", f"/go/?id={quote(text)}"]):
            response = client.get(address)
            assert (response.status_code, response["Location"][:10]) == (302, "/families/")
    assert client.get("/search/?q=X.509")["Location"].startswith("/itu-t/x.509/")
    assert page(get(client, "/itu-t/x.509/")).select_one("a[href='/families/x-500-series/']")


def test_a_family_whose_name_is_plain_words_is_named_above_the_results(client):
    response = get(client, "/search/?q=speech+codecs")
    assert page(response).select_one(".notice a[href='/families/g-72x-series/']")
    said = "“speech codecs” is a name of a family of texts: G.72x series (speech coding)."
    assert said in main_text(response)
    assert page(response).select(".hits > li")


def test_the_page_of_a_family_lists_its_members_by_number(client):
    response = get(client, "/families/g-72x-series/")
    listed = [a["href"] for a in page(response).select("#results .row-id a")]
    family = TextFamily.objects.get(key="family-g-72x-series")
    members = Publication.objects.with_identifiers_like(family.pattern).for_list()
    assert listed == [work.get_absolute_url() for work in some(members)]
    assert "/itu-t/g.711/" in listed
    names = page(response).select("dl.facts bdi")
    assert [name.get_text() for name in names] == ["Speech codec series", "Speech codecs"]
    links = [a["href"] for a in page(get(client, "/families/")).select("main ul.links a")]
    assert len(links) == TextFamily.objects.count()
    assert "/families/g-72x-series/" in links
    missing = client.get("/families/no-such-family/")
    assert missing.status_code == 404
    assert "There is no page at this address." in main_text(missing)
    assert "matches the given query" not in main_text(missing)


def test_a_long_family_is_read_page_by_page(client):
    with editing() as edit:
        edit.save(TextFamily(key="family-all", names="All of ITU-T", pattern="^ITU-T "))
    total = Publication.objects.with_identifiers_like("^ITU-T ").count()
    assert total > 100
    second = page(get(client, "/families/all/?page=2"))
    assert len(second.select("#results .row-id")) == 50
    assert second.select_one("nav.pages")
    assert client.get("/families/all/?page=999").status_code == 404


def test_exports_and_programs_get_names_with_their_relation(client):
    rows = {row["key"]: row for row in client.get("/publications/index.json").json()["rows"]}
    names = rows["itu-t-h.265"]["names"].split("; ")
    assert {"is: HEVC", "popular-for: x265"} <= set(names)
    text = client.get("/publications/index.csv").getvalue().decode("utf-8-sig")
    cells = {row["key"]: row["names"] for row in csv.DictReader(io.StringIO(text))}
    assert cells["itu-t-h.265"] == rows["itu-t-h.265"]["names"]
    answer = client.get("/api/v1/resolve?q=HEVC").json()
    assert (answer["outcome"], answer["note"]) == ("work", "HEVC is a name of ITU-T H.265.")
    assert {"name": "x265", "relation": "popular-for"} in answer["names"]
    families = client.get("/api/v1/resolve?q=G.984+series").json()["families"]
    assert families == [
        {
            "name": "G.984 series",
            "covers": "GPON",
            "url": "http://testserver/families/g-984-series/",
        }
    ]
    body = {"q": ["HEVC", "MP3", "G.984 series"]}
    results = client.post("/api/v1/resolve", body, content_type="application/json").json()
    outcomes = [result["outcome"] for result in results["results"]]
    assert outcomes == ["work", "not-held", "unknown"]
    assert results["results"][1]["elsewhere"]["kind"] == "Text by others"
    assert results["results"][1]["elsewhere"]["link"] is None


def test_a_batch_says_whose_a_text_is(client):
    response = client.post("/go/batch/", {"lines": "HEVC\nMP3\nG.984 series"})
    words = main_text(response)
    assert "HEVC is a name of ITU-T H.265." in words
    assert "MP3 is not ITU’s." in words
    assert "Family of texts: G.984 series" in words


def test_the_number_of_a_family_names_it_where_no_text_has_that_number(client):
    response = client.get("/search/?q=G.984")
    assert (response.status_code, response["Location"]) == (302, "/families/g-984-series/")
    # A number that a text has opens the text.
    assert client.get("/search/?q=G.711")["Location"].startswith("/itu-t/g.711/")
