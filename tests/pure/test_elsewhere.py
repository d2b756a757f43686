"""What the catalogue knows of and does not hold."""

from __future__ import annotations

import pytest

from catalog.identifiers.elsewhere import FORMS, elsewhere


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.example)
def test_an_example_is_claimed_by_its_own_form(form):
    found = elsewhere(form.example)
    assert (found.kind, found.what) == (form.elsewhere.kind, form.elsewhere.what)
    assert found.link.startswith("https://www.itu.int/") or "handle.itu.int" in found.link


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("G.Imp712 (07/1996)", "Implementers’ Guide"),
        ("ITU-T G.Imp712", "Implementers’ Guide"),
        ("https://www.itu.int/rec/T-REC-G.Imp712/en", "Implementers’ Guide"),
        ("OB 1096", "Operational Bulletin"),
        ("Operational Bulletin No. 1096", "Operational Bulletin"),
        ("RR Article 5", "Part of the Radio Regulations"),
        ("Appendix 30B of the Radio Regulations", "Part of the Radio Regulations"),
        ("WRC-15 Resolution 750", "Decision of a conference or assembly"),
        ("Resolution 50 (WTSA-20)", "Decision of a conference or assembly"),
        ("CR/123", "Circular"),
        ("Document 6B/12", "Document of a study group or working party"),
    ],
)
def test_other_spellings_of_what_is_not_held(text, kind):
    assert elsewhere(text).kind == kind


def test_a_guide_is_found_at_itu_and_its_recommendation_here():
    found = elsewhere("g.imp712")
    assert (found.link, found.entry) == ("https://www.itu.int/rec/T-REC-G.Imp712/en", "g.712")


@pytest.mark.parametrize("text", ["G.711", "5G", "spectrum", "", "RRB", "obstacle", "imports"])
def test_other_texts_are_not_claimed(text):
    assert elsewhere(text) is None
