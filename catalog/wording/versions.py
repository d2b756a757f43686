"""Which versions of a text are not in this catalogue, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.works.versions import MissingVersions


def missing_in_words(missing: MissingVersions) -> list[str]:
    """Return what is missing among the versions of a text, a sentence each; nothing of nothing."""
    sentences = []
    if parts := _parts(missing):
        sentences.append(_("Not in this catalogue: %(parts)s.") % {"parts": "; ".join(parts)})
    if missing.has_unknown_newer:
        sentences.append(
            _(
                "The newest version listed is superseded, so a newer one, or another text in its "
                "place, should exist; none is known."
            )
        )
    if parts:
        sentences.append(
            _("A missing number shows what our source lacks, not that the version can be had.")
        )
    return sentences


def _parts(missing: MissingVersions) -> list[str]:
    places = (
        (missing.before, _("%(versions)s, older than those listed")),
        (missing.between, _("%(versions)s, between those listed")),
        (missing.newer, _("%(versions)s, newer than those listed")),
    )
    return [words % {"versions": _numbered(found)} for found, words in places if found]


def _numbered(numbers: Sequence[int]) -> str:
    words = ngettext("version %(numbers)s", "versions %(numbers)s", len(numbers))
    runs = [_run(first, last) for first, last in _runs(numbers)]
    if len(runs) > 1:
        last = runs.pop()
        joined = _("%(first)s and %(last)s") % {"first": ", ".join(runs), "last": last}
    else:
        joined = runs[0]
    return words % {"numbers": joined}


def _run(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return numbers in order as runs; two neighbours are no run: `0 to 3`, `5`, `6`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    pairs: list[tuple[int, int]] = []
    for run in runs:
        is_run = len(run) > 2
        pairs += [(run[0], run[-1])] if is_run else [(number, number) for number in run]
    return pairs
