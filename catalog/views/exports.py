"""The filtered lists as CSV and JSON: the same parameters as the page, all rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from catalog.addresses import absolute
from catalog.dates import date_machine
from catalog.filters import (
    ChangeFilter,
    ClaimFilter,
    ConferenceFilter,
    InitiativeFilter,
    ListFilter,
    PartnerFilter,
    PublicationFilter,
    SearchFilter,
    TopicFilter,
)
from catalog.import_words import DATA_SET, credit, newest_run, short_credit
from catalog.models import Change, Conference, Initiative, Partner, Publication, SearchEntry, Topic
from catalog.views.errors import bad_filter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, Any]


@dataclass(frozen=True)
class Export:
    """What is exported: a filter over rows, and the columns of each row."""

    name: str
    filter: type[ListFilter]
    rows: Callable[[], QuerySet]
    columns: Callable[[Any], Row]


def _publication(work: Publication) -> Row:
    edition = work.current_edition
    return {
        "identifier": work.identifier,
        "title": work.name,
        "kind": work.get_kind_display(),
        "state": work.get_state_display(),
        "edition": edition.identifier if edition else "",
        "date": date_machine(edition.date, edition.precision) if edition else "",
        "sector": work.sector.short_name,
        "series": work.series.letters if work.series else "",
        "verification": work.get_verification_display(),
        "source": DATA_SET if work.from_source else work.evidence,
        "address": work.get_absolute_url(),
        "key": work.key,
    }


def _change(change: Change) -> Row:
    return {
        "imported": change.run.finished.date(),
        "snapshot": change.run.snapshot_date,
        "change": change.get_kind_display(),
        "identifier": change.identifier,
        "title": change.title,
        "before": change.before,
        "after": change.after,
        "source": DATA_SET,
        "address": change.address,
    }


def _initiative(initiative: Initiative) -> Row:
    return {
        "name": initiative.name,
        "kind": initiative.get_kind_display(),
        "verification": initiative.get_verification_display(),
        "correction": initiative.correction,
        "lead": initiative.sector.short_name if initiative.sector else "",
        "since": initiative.since,
        "until": initiative.until,
        "address": initiative.get_absolute_url(),
        "key": initiative.key,
    }


def _partner(partner: Partner) -> Row:
    return {
        "name": partner.name,
        "kind": partner.get_kind_display(),
        "verification": partner.get_verification_display(),
        "description": partner.description,
        "address": partner.get_absolute_url(),
        "key": partner.key,
    }


def _conference(conference: Conference) -> Row:
    return {
        "name": conference.name,
        "abbreviation": conference.abbreviation,
        "kind": conference.get_kind_display(),
        "sector": conference.sector.short_name if conference.sector else "",
        "meetings": conference.meeting_count,
        "first": conference.first_year,
        "last": conference.last_year,
        "verification": conference.get_verification_display(),
        "address": conference.get_absolute_url(),
        "key": conference.key,
    }


def _topic(topic: Topic) -> Row:
    return {
        "name": topic.name,
        "kind": topic.get_kind_display(),
        "description": topic.description,
        "verification": topic.get_verification_display(),
        "address": topic.get_absolute_url(),
        "key": topic.key,
    }


def _claim(row: SearchEntry) -> Row:
    return {
        "entry": row.title,
        "kind": row.get_kind_display(),
        "wording": row.wordings.replace("\n", "; "),
        "claim": row.claim,
        "verdict": row.get_verification_display(),
        "right fact": row.correction,
        "evidence": row.evidence,
        "address": row.url,
        "key": row.key,
    }


def _entry(row: SearchEntry) -> Row:
    return {
        "identifier": row.identifier,
        "title": row.title,
        "kind": row.get_kind_display(),
        "state": row.get_state_display(),
        "verification": row.get_verification_display(),
        "source": row.evidence,
        "address": row.url,
        "key": row.key,
    }


PUBLICATIONS = Export(
    "publications", PublicationFilter, lambda: Publication.objects.for_list(), _publication
)
INITIATIVES = Export(
    "initiatives", InitiativeFilter, lambda: Initiative.objects.for_list(), _initiative
)
PARTNERS = Export("partners", PartnerFilter, lambda: Partner.objects.for_list(), _partner)
CONFERENCES = Export(
    "conferences", ConferenceFilter, lambda: Conference.objects.for_list(), _conference
)
TOPICS = Export("topics", TopicFilter, lambda: Topic.objects.order_by("name"), _topic)
CHANGES = Export("changes", ChangeFilter, lambda: Change.objects.newest_first(), _change)
CLAIMS = Export("claims", ClaimFilter, lambda: SearchEntry.objects.claims(), _claim)
SEARCH = Export("search", SearchFilter, lambda: SearchEntry.objects.all(), _entry)


class _Echo:
    """A file that hands back each line, so that an export is sent while it is written."""

    def write(self, value: str) -> str:
        return value


def safe_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


def rows_of(request: HttpRequest, export: Export, chosen: ListFilter) -> Iterator[Row]:
    """Yield every row of the filtered list, addresses in full, the data set with its day."""
    rows: Iterable[Any] = chosen.rows()
    data_set = short_credit(newest_run())
    for row in rows:
        columns = export.columns(row)
        if columns["address"]:
            columns["address"] = absolute(request, columns["address"])
        if columns.get("source") == DATA_SET:
            columns["source"] = data_set
        yield {
            name: str(value) if value is not None and not isinstance(value, int) else value
            for name, value in columns.items()
        }


def as_csv(request: HttpRequest, export: Export) -> HttpResponse:
    """Answer with the filtered list as CSV."""
    chosen = export.filter(request.GET, queryset=export.rows())
    if not chosen.is_valid():
        return bad_filter(request, chosen.problems, request.path)

    return csv_response(f"itu-{export.name}", rows_of(request, export, chosen))


def csv_response(name: str, rows: Iterable[Row]) -> HttpResponse:
    """Answer with rows as CSV under their columns' names, in a file of this name.

    UTF-8 with a mark, so that spreadsheets see it; no cell is taken for a formula.
    """

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield "\ufeff"
        for number, row in enumerate(rows):
            if not number:
                yield writer.writerow(row)
            yield writer.writerow([safe_cell(value) for value in row.values()])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def as_json(request: HttpRequest, export: Export) -> HttpResponse:
    """Answer with the filtered list as JSON: the query, the number of rows, the rows."""
    chosen = export.filter(request.GET, queryset=export.rows())
    if not chosen.is_valid():
        return JsonResponse({"error": [str(problem) for problem in chosen.problems]}, status=400)
    rows = list(rows_of(request, export, chosen))
    document = {
        "source": absolute(request, request.get_full_path()),
        "data_set": credit(newest_run()),
        "note": _("Independent catalogue, not an ITU site; texts are at itu.int."),
        "count": len(rows),
        "rows": rows,
    }
    return HttpResponse(
        json.dumps(document, ensure_ascii=False, indent=1),
        content_type="application/json; charset=utf-8",
    )
