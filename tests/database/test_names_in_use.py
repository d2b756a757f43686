"""Names in use: what they open, what they only find, and that every write keeps both true."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from catalog.models import CommonName, KnownIdentifier, OthersName, Publication, TextFamily
from catalog.resolver import resolve, resolve_in_full, resolve_many
from catalog.search.match import CALLED, EXACT_NAME, find
from catalog.terms import Outcome
from catalog.writing.edit import editing
from tests.database.test_attachment import new_work
from tests.found import some

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Publication:
    return Publication.objects.get(key="itu-t-g.711")


def call(name: str, work: Publication, **fields) -> CommonName:
    """Let a work have a name, as an editor does."""
    row = CommonName(name=name, reference=work.identifier, **fields)
    with editing() as edit:
        edit.save(row)
    return row


def opened(text: str) -> str:
    """Return the text that a name opens, or nothing."""
    answers = [resolve(text), *resolve_many([text]), *resolve_in_full([text])]
    found = {str(answer.found or "") for answer in answers if answer.is_common_name}
    assert len(found) <= 1
    return found.pop() if found else ""


def first(text: str) -> str:
    """Return the identifier of the first result."""
    return next((row.identifier for row in find(text)[:1]), "")


def test_a_name_opens_its_work_as_soon_as_it_is_saved_and_no_longer_than_it_is_there(work):
    assert opened("plovercode") == ""
    row = call("Plover-Code", work)
    assert opened("plovercode") == "ITU-T G.711"
    assert resolve("ITU-T Plover code").note == "ITU-T Plover code is a name of ITU-T G.711."
    assert first("plover-code") == "ITU-T G.711"
    with editing() as edit:
        edit.delete(row)
    assert opened("plovercode") == first("plover-code") == ""


def test_an_edited_name_leads_where_it_says_now(work):
    row = call("Plovercode", work)
    other = Publication.objects.get(identifier="ITU-T G.722")
    row.refresh_from_db()
    row.reference = "ITU-T G.722"
    with editing() as edit:
        edit.save(row)
    row.refresh_from_db()
    assert row.work == other
    assert opened("plovercode") == first("plovercode") == "ITU-T G.722"
    row.name = "Curlewcode"
    with editing() as edit:
        edit.save(row)
    assert (opened("plovercode"), opened("curlewcode")) == ("", "ITU-T G.722")
    row.ambiguous_with = "a bird"
    with editing() as edit:
        edit.save(row)
    assert (opened("curlewcode"), first("curlewcode")) == ("", "ITU-T G.722")


def test_a_second_work_of_the_name_closes_it_for_both(work):
    call("Plovercode", work)
    other = Publication.objects.get(identifier="ITU-T G.722")
    second = call("plover code", other)
    assert opened("plovercode") == ""
    assert {row.identifier for row in find("plovercode")[:2]} == {"ITU-T G.711", "ITU-T G.722"}
    with editing() as edit:
        edit.delete(second)
    assert opened("plovercode") == "ITU-T G.711"


def test_a_name_of_a_text_by_others_closes_it(work):
    call("Plovercode", work)
    with editing() as edit:
        edit.save(OthersName(name="Plover Code", owner="The birds"))
    assert opened("plovercode") == ""
    with editing() as edit:
        edit.delete(OthersName.objects.get(name="Plover Code"))
    assert opened("plovercode") == "ITU-T G.711"


@pytest.mark.parametrize("relation", ["part-of-family", "defined-in", "popular-for"])
def test_other_names_find_and_do_not_open(work, relation):
    call("Plovercode", work, relation=relation)
    assert opened("plovercode") == ""
    for answer in some([resolve("plovercode"), *resolve_in_full(["plovercode"])]):
        assert (answer.outcome, answer.found) == (Outcome.CANDIDATES, None)
        assert answer.others == (work,)
        assert [name.relation for name in answer.by_names] == [relation]
    assert first("plovercode") == "ITU-T G.711"


def test_what_has_the_name_for_its_own_comes_before_what_people_call_so(work):
    call("5G", work, relation="popular-for")
    rows = list(find("5G")[:2])
    assert [row.key for row in rows] == ["5g", *[row.key for row in rows[1:]]]
    assert [row.rank for row in rows] == [EXACT_NAME, CALLED]


def test_a_name_waits_for_its_work_and_opens_it_then(work):
    with editing() as edit:
        edit.save(CommonName(name="Plovercode", reference="ITU-T G.9990"))
    assert opened("plovercode") == first("plovercode") == ""
    with editing() as edit:
        edit.save(new_work(work, "ITU-T G.9990"))
    assert opened("plovercode") == first("plovercode") == "ITU-T G.9990"


def test_the_identifiers_of_a_work_say_which_are_names_in_use(work):
    rows = KnownIdentifier.objects.filter(publication=work, role="common")
    assert "=pcma" in set(rows.values_list("key", flat=True))


def test_a_text_by_others_is_known_unless_a_text_is_found():
    for name in some(["MP3", "HDR10", "IMEI", "R128", "hdr 10+"]):
        answer = resolve(name)
        assert answer.outcome is Outcome.NOT_HELD, name
        assert answer.others_name.owner in answer.elsewhere.what
        assert resolve_in_full([name])[0].others_name == answer.others_name
        assert resolve_many([name])[0].outcome is not Outcome.WORK
    assert resolve("HDR10+").others_name.name == "HDR10+"
    with editing() as edit:
        edit.save(OthersName(name="G.711", owner="The birds"))
    assert (resolve("G.711").outcome, resolve("G.711").others_name) == (Outcome.WORK, None)


def test_the_nearest_texts_stand_in_the_order_of_the_editor():
    with editing() as edit:
        nearest = "ITU-T G.722\nITU-T G.9990\nITU-T G.711"
        edit.save(OthersName(name="Plovercode", owner="The birds", nearest=nearest))
    answer = resolve("plovercode")
    assert [work.identifier for work in answer.near] == ["ITU-T G.722", "ITU-T G.711"]
    assert "ITU-T G.722, ITU-T G.9990, ITU-T G.711" in answer.elsewhere.what


def test_a_family_is_named_unless_the_query_is_the_plain_number_of_a_text():
    for name in some(["G.984 series", "g984-series", "X.500 series", "ASN.1 series"]):
        (family,) = resolve(name).families
        assert resolve_in_full([name])[0].families == (family,)
    assert resolve("X.500").families == ()
    assert resolve("GPON series").families == resolve("G.984 series").families


def test_a_family_needs_a_key_and_a_pattern_that_can_be_used():
    family = TextFamily(key="birds", names="Birds", pattern=r"^ITU-T (\d+)+$")
    with pytest.raises(ValidationError) as refused:
        family.full_clean()
    assert set(refused.value.message_dict) == {"key", "pattern"}
    assert "At character 13" in refused.value.message_dict["pattern"][0]
    TextFamily(key="family-birds", names="Birds", pattern=r"^ITU-T G\.71\d$").full_clean()
