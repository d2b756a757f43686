"""Names that people use, on pages: search, works, families of texts, texts by others, exports."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest

from catalog.models import CommonName, OthersName, Publication, PublicationName, TextFamily
from catalog.writing.edit import editing
from tests.found import some
from tests.pages.reading import html_faults, main_text, page
from tests.pages.works import add_edition, make_work, move_version, settle

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
    told = facts["About the names"]
    assert "Also looked for as: x265" in told
    assert "x265 (an encoder program, not the text)" in told
    assert (
        "SEI message, Supplemental enhancement information" in told.partition("Defined in it: ")[2]
    )
    # What must be said of several names is said once.
    assert "3D-HEVC, MV-HEVC, SHVC (extensions in annexes)" in told
    assert "MPEG-H Part 2: AVC and HEVC Encoding" in told
    assert "General knowledge of the field" in told
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
    listed = [a["href"] for a in page(response).select("#results a.row-link")]
    family = TextFamily.objects.get(key="family-g-72x-series")
    members = Publication.objects.with_identifiers_like(family.pattern).for_list()
    assert listed == [work.get_absolute_url() for work in some(members)]
    assert "/itu-t/g.711/" in listed
    names = page(response).select("dl.facts bdi")
    assert [name.get_text() for name in names] == ["Speech codec series", "Speech codecs"]
    links = [a["href"] for a in page(get(client, "/families/")).select("main .row-link")]
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
    assert outcomes == ["work", "not-held", "candidates"]
    assert results["results"][1]["elsewhere"]["kind"] == "Text by others"
    assert results["results"][1]["elsewhere"]["link"] is None


def test_a_batch_says_whose_a_text_is(client):
    response = client.post("/go/batch/", {"lines": "HEVC\nMP3\nG.984 series"})
    words = main_text(response)
    assert "HEVC is a name of ITU-T H.265." in words
    assert "MP3 is not ITU’s." in words
    assert "“G.984 series” is the name of a family of texts." in words
    assert page(response).select_one("tbody a[href='/families/g-984-series/']")


def test_the_number_of_a_family_names_it_where_no_text_has_that_number(client):
    response = client.get("/search/?q=G.984")
    assert (response.status_code, response["Location"]) == (302, "/families/g-984-series/")
    # A number that a text has opens the text.
    assert client.get("/search/?q=G.711")["Location"].startswith("/itu-t/g.711/")


def resolved(client, text: str, status: int = 300) -> dict:
    response = client.get(f"/api/v1/resolve?q={quote(text)}")
    assert response.status_code == status, text
    return response.json()


def rows_of_batch(client, *texts: str) -> list[dict]:
    response = client.post("/go/batch/", {"lines": "\n".join(texts), "format": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


CALLED = [
    ("x265", "“x265” is used for this text, but is not its name."),
    ("3D-HEVC", "“3D-HEVC” is defined in this text. Extensions in annexes."),
]


@pytest.mark.parametrize(("text", "why"), CALLED)
def test_a_name_that_opens_no_text_gets_the_texts_it_means_and_why(client, text, why):
    answer = resolved(client, text)
    assert (answer["outcome"], answer["work"], answer["near"]) == ("candidates", None, [])
    (candidate,) = answer["candidates"]
    assert candidate["identifier"] == "ITU-T H.265"
    assert candidate["why"].startswith(why)
    words = main_text(get(client, f"/go/?id={quote(text)}"))
    assert f"What “{text}” may mean" in words
    assert why in words
    (row,) = rows_of_batch(client, text)
    assert (row["outcome"], row["candidates"]) == ("candidates", "ITU-T H.265")
    assert f"“{text}” is" in row["why"]
    response = client.post("/go/batch/", {"lines": text})
    assert page(response).select_one(f"tbody a[href='/go/?id={quote(text)}']")


def test_a_name_of_several_texts_gets_all_of_them_those_of_that_name_first(client):
    call("Plovercode", "ITU-T G.722")
    call("Plovercode", "ITU-T G.711", note="the older one")
    call("Plovercode", "ITU-T H.265", relation="defined-in")
    answer = resolved(client, "plover-code")
    candidates = [(row["identifier"], row["why"]) for row in answer["candidates"]]
    assert candidates == [
        ("ITU-T G.711", "“Plovercode” is a name of this text. The older one."),
        ("ITU-T G.722", "“Plovercode” is a name of this text."),
        ("ITU-T H.265", "“Plovercode” is defined in this text."),
    ]
    assert answer["note"] == (
        "“Plovercode” is a name of ITU-T G.711 and ITU-T G.722. “Plovercode” is defined in "
        "ITU-T H.265. The older one."
    )


def test_a_family_that_is_the_name_of_a_text_too_is_shown_beside_it(client):
    call("G.984 series", "ITU-T G.711", ambiguous_with="a bird")
    response = get(client, "/go/?id=G.984+series")
    assert page(response).select_one("main ul.links a[href='/families/g-984-series/']")
    assert page(response).select_one("tbody a[href='/itu-t/g.711/']")


def test_a_family_gives_programs_its_members_and_its_page(client):
    family = TextFamily.objects.get(key="family-g-72x-series")
    members = Publication.objects.with_identifiers_like(family.pattern).best_first()
    answer = resolved(client, "speech codecs")
    listed = [row["identifier"] for row in answer["candidates"]]
    assert listed == [work.identifier for work in some(members)]
    why = "“G.72x series” is the name of a family of texts, one of which is this one."
    assert all(row["why"] == why for row in some(answer["candidates"]))
    address = "http://testserver/families/g-72x-series/"
    assert answer["families"][0]["url"] == address
    (row,) = rows_of_batch(client, "speech codecs")
    assert row["candidates"].split("; ") == listed
    assert row["families"] == f"G.72x series <{address}>"


def number(name: str, work: str) -> None:
    """Let a work have a former number."""
    with editing() as edit:
        found = Publication.objects.get(identifier=work)
        edit.save(PublicationName(publication=found, name=name, slug=name.lower()))


def test_a_known_name_goes_before_a_number_that_is_written_otherwise(client):
    number("G.999", "ITU-T G.711")
    call("G99.9", "ITU-T H.265")
    answer = resolved(client, "G99.9", 200)
    assert answer["work"]["identifier"] == "ITU-T H.265"
    assert answer["note"] == (
        "“G99.9” is a name of ITU-T H.265. Read as a number, it is ITU-T G.711."
    )
    assert [row["identifier"] for row in answer["candidates"]] == ["ITU-T G.711"]
    words = main_text(get(client, client.get("/go/?id=G99.9")["Location"]))
    assert "Read as a number, it is ITU-T G.711." in words
    # As ITU writes it, it is the number.
    assert resolved(client, "G.999", 200)["work"]["identifier"] == "ITU-T G.711"
    call("h265", "ITU-T G.711", relation="popular-for")
    answer = resolved(client, "H265")
    assert [row["identifier"] for row in answer["candidates"]] == ["ITU-T G.711", "ITU-T H.265"]
    assert answer["candidates"][1]["why"] == "Read as a number, “h265” is this text."
    assert resolved(client, "H 265", 200)["work"]["identifier"] == "ITU-T H.265"
    with editing() as edit:
        edit.save(OthersName(name="g722", owner="The birds"))
    assert resolved(client, "G722", 404)["elsewhere"]["kind"] == "Text by others"


def test_a_known_name_goes_before_a_guess(client):
    assert resolved(client, "G.7112", 404)["near"]
    call("G.7112", "ITU-T G.711", relation="defined-in")
    answer = resolved(client, "G.7112")
    assert (answer["near"], len(answer["candidates"])) == ([], 1)


def test_a_number_of_which_the_dot_was_moved_says_how_it_was_read(client):
    number("G.999", "ITU-T G.711")
    assert resolved(client, "G99.9", 200)["note"] == "G99.9 was read as a number of ITU-T G.711."
    assert resolved(client, "G999", 200)["note"] == "G.999 is a former number of ITU-T G.711."


def test_the_nearest_texts_to_one_by_others_come_in_batches_too(client):
    with editing() as edit:
        nearest = "ITU-T G.722\nITU-T G.711"
        edit.save(OthersName(name="Plovercode", owner="The birds", nearest=nearest))
    (row,) = rows_of_batch(client, "plover code")
    assert (row["outcome"], row["nearest"]) == ("not-held", "ITU-T G.722; ITU-T G.711")
    assert row["at itu.int"] == ""
    table = page(client.post("/go/batch/", {"lines": "plover code"})).tbody
    assert [a["href"] for a in some(table.select("a"))] == ["/itu-t/g.722/", "/itu-t/g.711/"]
    assert "at itu.int" not in table.get_text()
    body = {"q": ["plovercode"]}
    (answer,) = client.post("/api/v1/resolve", body, content_type="application/json").json()[
        "results"
    ]
    assert [work["identifier"] for work in answer["near"]] == ["ITU-T G.722", "ITU-T G.711"]


def test_an_exact_hit_needs_no_guess_above_it(client):
    for text in some(["SG15", "PP-26", "WRC-27", "x265"]):
        response = get(client, f"/search/?q={text}")
        assert page(response).select(".hits > li")
        assert not page(response).select(".notice"), text
        assert "We read this as" not in main_text(response)


def test_a_search_says_of_a_family_once_what_it_is(client):
    for name in some(["Plover-Code", "Plovercode"]):
        call(name, "ITU-T G.711", relation="part-of-family")
    said = "“Plovercode” is the name of a family of texts"
    words = main_text(get(client, "/search/?q=Plovercode"))
    assert words.count("name of a family of texts") == words.count(said) == 1
    with editing() as edit:
        family = TextFamily(key="family-plover", names="Plovercode", pattern="^ITU-T G\\.711$")
        edit.save(family)
    words = main_text(get(client, "/search/?q=Plovercode"))
    assert words.count("a family of texts") == 1


def test_a_number_of_iso_leads_to_the_text_that_is_looked_for_by_it(client):
    call("ISO 98989", "ITU-T G.711", relation="popular-for", note="common text until 2012")
    for text in some(["ISO 98989", "ISO/IEC 98989", "98989", "ISO/IEC 98989:2013", "98989:2013"]):
        answer = resolved(client, text)
        (candidate,) = answer["candidates"]
        assert candidate["identifier"] == "ITU-T G.711", text
        assert candidate["why"].endswith("Common text until 2012."), text


def test_a_family_counts_every_kind_of_text_with_its_letters_and_says_so(client):
    response = get(client, "/families/bt-series/")
    words = main_text(response)
    members = Publication.objects.filter(identifier__regex=r"^(Report )?ITU-R BT\.")
    kinds = members.order_by().values_list("kind", flat=True)
    assert {"recommendation", "report"} <= set(kinds)
    for kind, label in some([("recommendation", "Recommendation"), ("report", "Report")]):
        number = members.filter(kind=kind).count()
        assert f"{label}: {number} work" in words
    assert "because their numbers belong to the family" in words
    assert "such as handbooks, are not." in words
    supplements = {"ITU-T X Suppl. 1", "ITU-T X.1"}
    family = TextFamily.objects.get(key="family-x-series")
    assert all(map(family.has_member, some(supplements)))


def test_a_member_that_is_not_in_force_says_so_in_the_list_of_its_family(client):
    with editing() as edit:
        edit.save(TextFamily(key="family-plover", names="Plover", pattern="^ITU-T G\\.90001$"))
    made = make_work("ITU-T G.90001", "g.90001")
    add_edition(made, "1988-11-25", "withdrawn")
    settle(made)
    move_version()
    response = get(client, "/families/plover/")
    assert "0 are in force or presumed current. 1 is not: its row says so." in main_text(response)
    row = page(response).select_one("#results ol.rows > li").get_text(" ", strip=True)
    assert "Withdrawn" in row
    assert "In force" not in row
