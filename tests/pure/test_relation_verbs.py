"""The verbs of relations: each reads naturally from either side."""

from __future__ import annotations

from catalog.terms import REVERSE_VERBS, RelationVerb
from tests.found import some

SYMMETRICAL = {RelationVerb.RUN_WITH, RelationVerb.RELATED}


def test_each_verb_has_a_reverse():
    assert set(REVERSE_VERBS) == set(RelationVerb)


def test_only_what_holds_both_ways_reads_the_same_from_both_sides():
    for verb in some(RelationVerb):
        assert (REVERSE_VERBS[verb] == verb.label) == (verb in SYMMETRICAL), verb


def test_no_two_verbs_read_the_same():
    labels = [verb.label for verb in some(RelationVerb)]
    labels += [REVERSE_VERBS[verb] for verb in RelationVerb if verb not in SYMMETRICAL]
    assert len(labels) == len(set(labels))
