"""Known defects of the source: what is stored, what is meant, and why.

Rules 11.2 and 11.3 (docs/rules.md). Slips in ITU-T numbers (rule 11.1) stand with the grammar, in
`catalog.identifiers.folding`.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Recommendations of ITU-R without a version in the identifier are version 0, but for these.
VERSIONS = {"ITU-R BR.602": 2}  # its link says R-REC-BR.602-2
# Records whose code another record uses properly: the draft text under the final number, a
# corrigendum under the number of its base, a test record.
DRAFTS = frozenset({"ITU-R BT.1893", "ITU-R BT.1895"})
TESTS = frozenset({"ITU-R V.2500"})
CORRIGENDA = {"ITU-R SM.1448": ("SM", "1448", 0, 1)}  # series, number, version, corrigendum
DUPLICATE_REPORTS = {
    "ITU-R M2": "ITU-R M.2024-0",
    "ITU-R SM2": "ITU-R SM.2022-0",
    "ITU-R SM3": "ITU-R SM.2021-0",
}
# Texts filed under one number whose link and subject name another; both are kept as they are.
CODE_AGAINST_LINK = {
    "ITU-R M.2154-0": "its link and its subject say BT.2154",
    "ITU-R P.435-7": "its link says PI.435-7",
    "ITU-R RS.516-1-0": "its link says RS.516-0, which is followed",
    "ITU-R BT-1543-1": "a hyphen stands for the dot",
}
# The same text under two letters in two records; the first label is kept.
TWO_CODES = {"ITU-R SA.1745/RS.1745": "ITU-R RS.1745/SA.1745"}
# Two Reports of one number under two letters are two texts.
DIFFERENT_TEXTS = frozenset({("report", "2553")})
# Titles that plainly belong to something else; shown, but marked.
DOUBTFUL_TITLES = frozenset({"ITU-R P.835-7", "ITU-R SM.2503-0"})
LOST_CHARACTERS = re.compile(r"\w\?\w|\?\s+\w")

TARGET_REPAIRS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"^([A-Z]+) (\d)"), r"\1.\2"),
    (re.compile(r"Suppl\.(\d)"), r"Suppl. \1"),
    (re.compile(r" [vV](\d+) "), r" (V\1) "),
)


@lru_cache(maxsize=10_000)
def repair_target(target: str) -> str:
    """Return the target of a relation in the spelling of the identifiers (rule 11.2)."""
    for pattern, replacement in TARGET_REPAIRS:
        target = pattern.sub(replacement, target)
    return target.strip()
