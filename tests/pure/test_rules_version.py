"""The index knows by which rules its rows were made: other results need another version."""

from __future__ import annotations

from hashlib import blake2b

from catalog.identifiers import parse_itu_r, parse_itu_t
from catalog.identifiers.keys import iso_key, name_key, number_keys
from catalog.search.columns import RULES_VERSION, text_columns

TEXTS = (
    "Pulse code modulation (PCM) of voice frequencies",
    "Optical fibres, fibers and multi-mode cables’ characteristics",
    "Networking, networks and the colour of analyses",
    "ITU-T G.711 (11/1988), H.264 | ISO/IEC 14496-10",
    "Économie numérique – ﬁnancial ½ ①",
)
IDENTIFIERS = (
    parse_itu_t("ITU-T G.709/Y.1331 (06/2020)"),
    parse_itu_t("ITU-T G Suppl. 39 (02/2016)"),
    parse_itu_r("ITU-R BT.2020-2"),
)
# The results of each version. A new version gets a line of its own.
RESULTS = {1: "6064b8604d0e95f6", 2: "6064b8604d0e95f6"}


def test_other_results_of_the_rules_have_another_version():
    columns = text_columns(TEXTS, TEXTS, TEXTS, [name_key(text) for text in TEXTS])
    keys = [*map(number_keys, IDENTIFIERS), iso_key("ISO/IEC 14496-10:2022")]
    results = repr((columns.title, columns.names, columns.text, columns.exact, keys))
    digest = blake2b(results.encode(), digest_size=8).hexdigest()
    assert RESULTS[RULES_VERSION] == digest, "raise catalog.search.columns.RULES_VERSION"
