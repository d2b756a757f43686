"""Endings of English words: plural or singular, British or American, one form for all.

This is no stemmer. `network` and `networking` stay two words; `fibres` and `fiber` become one.
A form keeps as much of the beginning of its word as can be, so that a word that is still being
typed is a beginning of the form; where it cannot be, `beginnings` says what it may grow into.
Every row of the tables carries an example, which the tests hold it to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from catalog.search.plurals import IRREGULAR, KEPT, PLURALS, Ending

_OUR = (
    "arm|behavi|cand|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|rig|rum|sav|splend|tum|vap|vig"
)
_RE = "calib|cent|fib|lit|lust|met|sab|spect|theat"
_OGUE = "ana|cata|dia|epi|homo|mono|pro"
_ENCE = "def|lic|off|pret"
_DOUBLED = (
    "cancel|channel|counsel|dial|equal|fuel|initial|label|level|marshal|model|panel|parcel|pencil"
    "|rival|signal|spiral|total|travel|tunnel"
)
_YSE = "analy|cataly|dialy|electroly|hydroly|paraly"
# Words in -ise that have no American spelling with a z.
_NEVER_IZE = (
    r"(?<![aouvw])(?<!pr)(?<![^i]c)(?<!prom)(?<!prem)(?<!dem)(?<!surm)(?<!advert)(?<!expert)"
    r"(?<!treat)(?<!mort)(?<!pract)(?<!chast)(?<!merchand)(?<!parad)(?<!franch)(?<!desp)(?<!sunr)"
)

SPELLINGS = (
    Ending(rf"({_OUR})our", r"\1or", "behavioural", "behavioral"),
    Ending(rf"([a-z]{{3}}){_NEVER_IZE}is(e[dr]?|ing|able|ations?|ational)$", r"\1iz\2",
           "standardisation", "standardization"),
    Ending(rf"({_YSE})s(e[dr]?|ing)$", r"\1z\2", "analyser", "analyzer"),
    Ending(rf"({_RE})re$", r"\1er", "kilometre", "kilometer"),
    Ending(rf"({_RE})red$", r"\1ered", "centred", "centered"),
    Ending(r"fibre(?=[a-z])", "fiber", "fibreglass", "fiberglass"),
    Ending(r"centring$", "centering", "centring", "centering"),
    Ending(rf"({_OGUE})logue(d?)$", r"\1log\2", "catalogue", "catalog"),
    Ending(rf"({_ENCE})enc(e[de]?|ing)$", r"\1ens\2", "licence", "license"),
    Ending(rf"({_DOUBLED})l(ed|ers?|ing)$", r"\1\2", "signalling", "signaling"),
    Ending(r"gramme$", "gram", "programme", "program"),
    Ending(r"(enrol|fulfil|instal)l(?=ment|$)", r"\1", "fulfillment", "fulfilment"),
    Ending(r"(connex|inflex|reflex)ion(al)?$", lambda m: f"{m[1][:-1]}ction{m[2] or ''}",
           "connexion", "connection"),
    Ending(r"practis(e[dr]?|ing)$", r"practic\1", "practise", "practice"),
    Ending(r"dgement", "dgment", "acknowledgement", "acknowledgment"),
    Ending(r"^ageing$", "aging", "ageing", "aging"),
    Ending(r"^artefact", "artifact", "artefact", "artifact"),
    Ending(r"^alumini?um", "aluminum", "aluminium", "aluminum"),
    Ending(r"^sulph", "sulf", "sulphur", "sulfur"),
    Ending(r"^encyclopaed", "encycloped", "encyclopaedia", "encyclopedia"),
    Ending(r"^grey", "gray", "grey", "gray"),
    Ending(r"^dis[ck]$", "disk", "disc", "disk"),
    Ending(r"^enquir", "inquir", "enquiry", "inquiry"),
    Ending(r"(bias|focus)s(ed|ing)$", r"\1\2", "focussed", "focused"),
)  # fmt: skip


@dataclass(frozen=True)
class Beginning:
    """A word half typed whose form goes another way: what it may be a beginning of."""

    pattern: str
    to: str
    typed: str
    becomes: str
    word: str


BEGINNINGS = (
    Beginning(r"([a-z]{2})ie$", r"\1y", "frequencie", "frequency", "frequencies"),
    Beginning(r"(x|ch|sh|ss)e$", r"\1", "addresse", "address", "addresses"),
    Beginning(rf"({_OUR})ou$", r"\1or", "behaviou", "behavior", "behaviours"),
    Beginning(r"([a-z]{3})is(i|in|a|at|ati|atio|ationa|)$", r"\1iz\2",
              "standardisat", "standardizat", "standardisation"),
    Beginning(rf"({_YSE})s(i|in|)$", r"\1z\2", "analysi", "analyzi", "analysing"),
    Beginning(rf"({_RE})r$", r"\1er", "fibr", "fiber", "fibres"),
    Beginning(rf"({_OGUE})logu$", r"\1log", "catalogu", "catalog", "catalogues"),
    Beginning(rf"({_ENCE})enc$", r"\1ens", "licenc", "licens", "licences"),
    Beginning(rf"({_DOUBLED})l(i|in|e|)$", r"\1\2", "modelli", "modeli", "modelling"),
    Beginning(r"gramm$", "gram", "programm", "program", "programme"),
    Beginning(r"connexi?o?$", "connect", "connex", "connect", "connexions"),
    Beginning(r"practis$", "practic", "practis", "practic", "practising"),
)  # fmt: skip

_SPELLINGS = [(re.compile(row.pattern), row.to) for row in SPELLINGS]
# Most words fit no row, and one pattern finds that out faster than all of them in turn.
_ANY_SPELLING = re.compile("|".join(f"(?:{row.pattern})" for row in SPELLINGS))
_PLURALS = [(re.compile(row.pattern), row.to) for row in PLURALS]
_BEGINNINGS = [(re.compile(row.pattern), row.to) for row in BEGINNINGS]
SHORTEST = 4


@lru_cache(maxsize=2**16)
def form_of(word: str) -> str:
    """Return the form under which a folded word is indexed and looked for.

    Words of fewer than four letters, and whatever is not made of the letters a to z, stay.
    """
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return word
    return spelled(_singular(word))


def spelled(word: str) -> str:
    """Return the word in American spelling, its number as it stands."""
    if _ANY_SPELLING.search(word):
        for pattern, to in _SPELLINGS:
            word = pattern.sub(to, word, count=1)
    return word


def beginnings(word: str) -> list[str]:
    """Return the beginnings of forms that a folded word, perhaps half typed, may stand for.

    The word itself is one of them.
    """
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return [word]
    grown = [pattern.sub(to, word) for pattern, to in _BEGINNINGS if pattern.search(word)]
    return list(dict.fromkeys([word, spelled(word), *grown]))


def _singular(word: str) -> str:
    if word in KEPT:
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("s"):
        for pattern, to in _PLURALS:
            if pattern.search(word):
                return pattern.sub(to, word)
    return word
