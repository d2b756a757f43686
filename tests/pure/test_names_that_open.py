"""Which names in use open a text, and how the resolver weighs them against numbers."""

from __future__ import annotations

from catalog.identifiers.keys import called_key
from catalog.identifiers.typed_spellings import read_asked
from catalog.resolver.choice import Choice, Reason
from catalog.resolver.names_that_open import NameRow, keys_that_open
from catalog.resolver.rows import IdentifierRow, Target
from catalog.resolver.which_text import choose

H264, H261 = 264, 261


def opening(*rows: tuple, others: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the keys that open, of rows of name, reference, relation and what else is meant."""
    return keys_that_open((NameRow(*row, *[""] * (4 - len(row))) for row in rows), others)


def row(key: str, work: int, role: str) -> IdentifierRow:
    """Return a row of a work of ITU-T in force."""
    values = dict.fromkeys(IdentifierRow._fields)
    values |= {"key": key, "role": role, "publication": work, "sector": "itu-t", "part": ""}
    return IdentifierRow(**values | {"kind": "recommendation", "state": "in-force"})


def ask(text: str, *rows: IdentifierRow) -> Choice:
    return choose(read_asked(text), list(rows))


def test_a_name_of_one_text_and_nothing_else_opens_it():
    assert opening(("HEVC", "H.265", "is")) == {"=hevc"}
    assert opening(("ASN.1", "X.680", "is"), ("ASN1", "X.680", "is")) == {"=asn1"}


def test_other_names_do_not_open():
    for relation in ("part-of-family", "defined-in", "popular-for"):
        assert opening(("x265", "H.265", relation)) == frozenset()
    assert opening(("JPEG", "T.81", "is", "the whole family")) == frozenset()
    assert opening(("G.fast", "G.9700", "is"), ("G fast", "G.9701", "is")) == frozenset()
    assert opening(("HDR10", "BT.2100", "is"), others=("HDR 10",)) == frozenset()
    assert opening(("…", "T.81", "is")) == frozenset()


def test_a_plus_tells_names_apart():
    assert called_key("ADSL2+") != called_key("ADSL2")
    both = opening(("ADSL2", "G.992.3", "is"), ("ADSL2+", "G.992.5", "is"))
    assert both == {"=adsl2", "=adsl2plus"}
    rows = [row("=adsl2", 3, "common"), row("=adsl2plus", 5, "common")]
    assert ask("ADSL2", *rows).taken == Target(3)
    assert ask("adsl2+", *rows).taken == Target(5)


def test_the_answer_says_that_it_is_a_name():
    assert ask("ITU-T HEVC", row("=hevc", 1, "common")).reasons == (Reason.COMMON_NAME,)
    both = [row("=hevc", 1, "present"), row("=hevc", 1, "common")]
    assert ask("HEVC", *both).reasons == (Reason.COMMON_NAME,)


def test_a_number_that_looks_the_same_goes_before_a_name():
    number, name = row("=v51", 1, "half"), row("=v51", 2, "common")
    choice = ask("V5.1", number, name)
    assert choice.taken == Target(1)
    assert Reason.COMMON_NAME not in choice.reasons
    assert ask("G.711", row("g.711", 1, "present"), row("=g711", 2, "common")).taken == Target(1)


def test_a_name_as_it_is_written_goes_before_a_number_that_had_to_be_mended():
    number, name = row("h.261", H261, "present"), row("=h26l", H264, "common")
    assert ask("H.26L", number).taken == Target(H261)
    assert ask("H.26L", number, name).taken == Target(H264)
    assert ask("H.261", number, name).taken == Target(H261)
