"""What an import did, and where facts on publications come from, in words."""

from __future__ import annotations

import datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Change, ImportRun
from catalog.models.page_queries import newest_runs
from catalog.terms import ChangeKind, Precision, State
from catalog.wording.dates import date_words

DATA_SET = "relaton-data-itu"
DATA_SET_URL = "https://github.com/relaton/relaton-data-itu"
# The day of the snapshot from which the curated start set was taken.
START_SNAPSHOT = datetime.date(2026, 8, 22)


def newest_run() -> ImportRun | None:
    """Return the newest import without its long report; None before the first."""
    return newest_runs.first()


def snapshot_date(run: ImportRun | None) -> datetime.date:
    """Return the day of the snapshot that the catalogue shows."""
    return run.snapshot_date if run else START_SNAPSHOT


def data_line(run: ImportRun | None) -> str:
    """Return the line at the foot of every page: source and day of the facts on publications."""
    words = {"data_set": DATA_SET, "date": date_words(snapshot_date(run), Precision.DAY)}
    if run is None:
        return (
            _(
                "Curated initial content; facts on publications from %(data_set)s, "
                "snapshot of %(date)s."
            )
            % words
        )
    return _("Facts on publications from %(data_set)s, snapshot of %(date)s.") % words


def short_credit(run: ImportRun | None) -> str:
    """Return the source as a cell of an export names it: data set and day of the snapshot."""
    return f"{DATA_SET}, {snapshot_date(run).isoformat()}"


def credit(run: ImportRun | None) -> str:
    """Return the source as exports and feeds name it: data set, address, day of the snapshot."""
    return _("%(data_set)s (%(url)s), snapshot of %(date)s") % {
        "data_set": DATA_SET,
        "url": DATA_SET_URL,
        "date": snapshot_date(run).isoformat(),
    }


def run_sentence(run: ImportRun) -> str:
    """Return one sentence on what the import did, from its figures.

    Figures that are missing count as nothing (rule 12.4).
    """
    parts = [
        _("%(what)s created") % {"what": _listed(run, "created")},
        _("%(what)s changed") % {"what": _listed(run, "changed")},
        _("%(what)s no longer in the source") % {"what": _listed(run, "gone")},
    ]
    said = [
        part
        for part, action in zip(parts, ("created", "changed", "gone"), strict=True)
        if _listed(run, action)
    ]
    if not said:
        return _("This import changed nothing.")
    return f"{'; '.join(said)}."


def change_words(change: Change) -> str:
    """Return what was before and what is now, as far as the change says; states by their labels."""
    if change.kind == ChangeKind.DATA:
        return _("in the record: %(fields)s") % {"fields": change.after} if change.after else ""
    before, after = _state_words(change.shown_before), _state_words(change.shown_after)
    if change.kind == ChangeKind.RETITLED:
        doubted = _("a doubted title")
        before, after = before or (change.before and doubted), after or (change.after and doubted)
    if before and after:
        return _("from “%(before)s” to “%(after)s”") % {"before": before, "after": after}
    if after:
        return _("now “%(after)s”") % {"after": after}
    return _("before “%(before)s”") % {"before": before} if before else ""


def _state_words(value: str) -> str:
    return str(_(State(value).label)) if value in set(State) else value


def _listed(run: ImportRun, action: str) -> str:
    """Return `9,857 works, 18,747 editions and 2,603 components`; empty if there are none."""
    works, editions, components = (
        _figure(run, unit, action) for unit in ("works", "editions", "components")
    )
    words = [
        ngettext("%(n)s work", "%(n)s works", works) % {"n": f"{works:,}"} if works else "",
        ngettext("%(n)s edition", "%(n)s editions", editions) % {"n": f"{editions:,}"}
        if editions
        else "",
        ngettext("%(n)s component", "%(n)s components", components) % {"n": f"{components:,}"}
        if components
        else "",
    ]
    return get_text_list([word for word in words if word], _("and"))


def _figure(run: ImportRun, unit: str, action: str) -> int:
    figures = run.counts.get(unit) if isinstance(run.counts, dict) else None
    number = figures.get(action) if isinstance(figures, dict) else 0
    return number if isinstance(number, int) else 0
