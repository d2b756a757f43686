"""Plural to singular, as far as the words of the field need it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ending:
    """A rule: what of a word is replaced by what, and an example that it must hold for."""

    pattern: str
    to: str | Callable[[re.Match[str]], str]
    word: str
    becomes: str


# Words that end like a plural and are none, or that mean something else without their s.
KEPT = {
    *("alias", "always", "atlas", "besides", "bias", "canvas", "chaos", "christmas", "cosmos"),
    *("ethos", "gas", "https", "lens", "means", "mpls", "news", "perhaps", "species", "texas"),
}
IRREGULAR = {
    "addenda": "addendum",
    "aliases": "alias",
    "antennae": "antenna",
    "apparatuses": "apparatus",
    "appendices": "appendix",
    "axes": "axis",
    "biases": "bias",
    "buses": "bus",
    "caches": "cache",
    "cookies": "cookie",
    "corrigenda": "corrigendum",
    "criteria": "criterion",
    "errata": "erratum",
    "formulae": "formula",
    "gases": "gas",
    "halves": "half",
    "indices": "index",
    "lenses": "lens",
    "matrices": "matrix",
    "maxima": "maximum",
    "minima": "minimum",
    "movies": "movie",
    "nuclei": "nucleus",
    "phenomena": "phenomenon",
    "radii": "radius",
    "spectra": "spectrum",
    "statuses": "status",
    "vertices": "vertex",
    "viruses": "virus",
}
# The first row that fits a word decides.
PLURALS = (
    Ending(r"(ss|us|is|series)$", r"\1", "subseries", "subseries"),
    Ending(r"lyses$", "lysis", "analyses", "analysis"),
    Ending(r"theses$", "thesis", "hypotheses", "hypothesis"),
    Ending(r"([a-z]{2})ies$", r"\1y", "frequencies", "frequency"),
    Ending(r"(x|ch|sh|ss)es$", r"\1", "addresses", "address"),
    Ending(r"(ech|her|vet|zer)oes$", r"\1o", "echoes", "echo"),
    Ending(r"s$", "", "networks", "network"),
)
