"""What may follow a number: components, versions, dates and words, in every spelling."""

from __future__ import annotations

import pytest

from catalog.identifiers.tails import (
    MAX_TOKENS,
    Date,
    Filler,
    Version,
    address_of,
    component,
    tokens_of,
)

# Spellings, parted by bars, the component as ITU prints it, its address.
COMPONENTS = [
    (
        "amendment 1|amendments 1|amendement 1|amend 1|amdt 1|amd.1|am 1|amd no. 1|amd no1|amd-01",
        *("Amd. 1", "amd1"),
    ),
    (
        "corrigendum 2|corrigenda 2|corrig 2|corr 2|cor 2|tc 2|technical cor 2|tech cor:2",
        *("Cor. 2", "cor2"),
    ),
    ("erratum 3|errata 3|err 3|err no. 3|err_3", "Err. 3", "err3"),
    ("annex b|annexe b|annx b|ann b|anx b|annex-b", "Annex B", "annb"),
    ("annex c+|annex cplus", "Annex C+", "anncplus"),
    ("annex ab12", "Annex AB12", "annab12"),
    ("annex 2", "Annex 2", "ann2"),
    ("appendix ii|app ii|appx ii|apdx ii|app.ii|app 2", "App. II", "appii"),
    ("app 10|app x", "App. X", "appx"),
    ("app 19|app xix", "App. XIX", "appxix"),
    ("app xiv|app 14", "App. XIV", "appxiv"),
    ("app viii|app 8", "App. VIII", "appviii"),
    ("app ii test vectors|app ii-test-vectors", "App. II test vectors", "appii-test-vectors"),
    ("app i software", "App. I software", "appi-software"),
    ("supplement 5|supplements 5|suppl 5|supp 5|sup 5|sup no. 5", "Suppl. 5", "sup5"),
    ("suppl. 1.10|sup 01.10", "Suppl. 1.10", "sup1.10"),
    ("addendum 4|addenda 4|add 4|add no. 4", "Add. 4", "add4"),
    ("attachment|att", "attachment", "att"),
]
SPELLED = [(one, *row) for spellings, *row in COMPONENTS for one in spellings.split("|")]


@pytest.mark.parametrize(("text", "printed", "address"), SPELLED)
def test_a_component_in_any_spelling(text, printed, address):
    token, end = component(f"– {text}, x", 2)
    assert (token.text, address_of([token]), end) == (printed, address, 2 + len(text))


@pytest.mark.parametrize(
    "text", ["amd1x", "amd", "app 2/3", "app xixi", "add 1a", "att1", "sup", ""]
)
def test_what_is_no_component(text):
    assert component(text) is None


DATES = [
    # spellings, year, month
    ("1988-11|1988/11|1988.11|1988-11-25|1988/11/25", 1988, 11),
    ("25-11-1988|25/11/1988|25.11.1988", 1988, 11),
    ("11/1988|11 1988|11 - 1988|11.1988|198811|19881125", 1988, 11),
    ("25 november 1988|1st nov. 1988|2nd-nov-1988|3rd nov 1988|nov-1988|nov, 1988", 1988, 11),
    ("november 25, 1988|nov. 2nd, 1988|nov. 3rd,1988", 1988, 11),
    ("1988, nov|1988-nov. 25|1988 november|1988 nov.", 1988, 11),
    ("nov '88|nov88|11/88|nov. 88", 1988, 11),
    ("nov 39|11/39", 2039, 11),
    ("nov 40|11/40", 1940, 11),
    ("3rd sept 2001|sept. 01|september 2001|09/01", 2001, 9),
    ("jan 2000|1/2000|january 00", 2000, 1),
    ("dec 1999|12/1999|12/99|1999-12", 1999, 12),
    ("may 1988", 1988, 5),
    ("1988|'88|(88)", 1988, None),
    ("1865", 1865, None),
    ("2099", 2099, None),
]
DATED = [(one, *row) for spellings, *row in DATES for one in spellings.split("|")]


@pytest.mark.parametrize(("text", "year", "month"), DATED)
def test_a_date_in_any_spelling(text, year, month):
    assert tokens_of(text) == ([Date(year, month)], "")
    assert hash(Date(year, month)) == hash(tokens_of(text)[0][0])


@pytest.mark.parametrize(
    "text", ["1864", "2100", "13/1988", "0/1988", "13/88", "00/88", "198813", "19881", "1988x"]
)
def test_what_is_no_date_is_left_over(text):
    assert tokens_of(text) == ([], text)


VERSIONS = [
    ("v15|v.15|v 15|version 15|vers 15|ver 15|v_15", 15),
    ("ed 2|ed. 2|edn 2|edition 2|2nd ed|2nd edition|2 edn.|2nd ed.|rev 2|revision 2|rev. 2", 2),
    ("1st ed|ed 1|1 ed", 1),
    ("3rd ed", 3),
    ("4th ed", 4),
]
VERSIONED = [(one, number) for spellings, number in VERSIONS for one in spellings.split("|")]


@pytest.mark.parametrize(("text", "number"), VERSIONED)
def test_a_version_in_any_spelling(text, number):
    assert tokens_of(text) == ([Version(number)], "")


@pytest.mark.parametrize("text", ["v123", "ed 2.1", "revision", "vx"])
def test_what_is_no_version_is_left_over(text):
    assert tokens_of(text) == ([], text)


FILLERS = """
recommendation recommendations rec series approved published dated edition pre-published
prepublished prepub superseded withdrawn english of the from to in itu-t itu-r itut itu geneva
pdf-e pdf report handbook question resolution standard
"""


@pytest.mark.parametrize("word", [*FILLERS.split(), "edition of", "in force"])
def test_words_that_say_nothing_are_passed_over(word):
    assert tokens_of(word) == ([Filler()], "")
    assert tokens_of(f" {word} (2001)") == ([Filler(), Date(2001)], "")


def test_what_follows_is_read_to_the_first_word_that_means_nothing():
    tokens, left = tokens_of(" (1988), amd. 1 [08/2009] | ed 2: pulse code; 1990")
    assert [type(token).__name__ for token in tokens] == [
        *("Date", "ComponentToken", "Date", "Version")
    ]
    assert left == "pulse code; 1990"
    assert tokens_of("edition 2/1988") == ([Filler(), Date(1988, 2)], "")


def test_no_more_tokens_are_read_than_ever_follow_a_number():
    tokens, left = tokens_of("1988 " * (MAX_TOKENS + 2))
    assert (len(tokens), left) == (MAX_TOKENS, " 1988 1988 ")
    assert MAX_TOKENS == 16


def test_a_chain_is_joined_as_in_addresses():
    tokens, _left = tokens_of("annex c+ cor. 1")
    assert address_of(tokens) == "anncplus-cor1"
    assert address_of([]) == ""
