"""Words in short: openings, first sentences, what was matched, what an import did."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from catalog.models import Change, CommonName, ImportRun
from catalog.rules.openings import Opening, opening_of
from catalog.search.highlight import highlight
from catalog.search.query import read
from catalog.wording.import_report import change_words, run_sentence
from catalog.wording.names_in_use import why_found

register = template.Library()
# Twice as many as words of English have with the blank after them.
CHARACTERS_A_WORD = 12


@register.filter(name="why_found")
def name_in_words(name: CommonName) -> str:
    """Return why a name in use leads to its text, in a sentence."""
    return why_found(name)


@register.filter
def import_sentence(run: ImportRun) -> str:
    """Return one sentence on what an import did."""
    return run_sentence(run)


@register.filter
def before_and_after(change: Change) -> str:
    """Return what was before a change and what is now, in words."""
    return change_words(change)


@register.filter
def opening(text: str) -> Opening:
    """Return the first sentences of a long text, and the rest."""
    return opening_of(text)


@register.filter
def host(url: str) -> str:
    """Return the host of an address, as a reader knows it: `itu.int`."""
    return urlsplit(url).netloc.removeprefix("www.")


@register.filter
def first_sentence(text: str) -> str:
    """Return the first sentence of a description."""
    match = re.match(r".+?[a-z0-9)\]”\"][.!?](?=\s|$)", text)
    return match.group() if match else text


@register.filter
def in_short(text: str, words: int) -> str:
    """Return the first words of a text, for lists; what runs on without blanks is cut as well."""
    return Truncator(Truncator(text).words(words)).chars(words * CHARACTERS_A_WORD)


@register.filter
def marked(text: str, query: str) -> SafeString:
    """Return the text with the words of a query in `mark` elements."""
    return highlight(text, read(query or ""))
