"""The filtered lists as CSV and JSON: the same parameters as the page, all rows.

Both are sent while they are written, so an export takes the same memory however long it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from json.encoder import encode_basestring
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from catalog.addresses import absolute
from catalog.protection.limits import seconds_to_wait
from catalog.protection.long_answers import Busy, Parts
from catalog.stored_pages.parameters import takes_filters_but
from catalog.views.errors import bad_filter
from catalog.views.lists.export_rows import Export
from catalog.views.waiting import too_busy, too_often
from catalog.wording.import_report import credit, newest_run

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Rows that are sent at a time: to send each alone takes longer than to write it.
ROWS_SENT = 200

Cells = Sequence[Any]


@takes_filters_but("page")
def as_csv(request: HttpRequest, export: Export) -> HttpResponse:
    """Answer with the filtered list as CSV."""
    chosen = export.chosen(request)
    if not chosen.is_valid():
        return bad_filter(request, chosen.problems, request.path)
    if wait := seconds_to_wait(request, "exports"):
        return too_often(request, wait)
    rows = export.read(chosen, request)
    try:
        parts = Parts(csv_parts(export.columns, rows))
    except Busy as refusal:
        return too_busy(request, refusal.wait)
    return csv_response(f"itu-{export.name}", parts)


def csv_response(name: str, parts: Iterable[str]) -> HttpResponse:
    """Answer with CSV, in a file of this name."""
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@takes_filters_but("page")
def as_json(request: HttpRequest, export: Export) -> HttpResponse:
    """Answer with the filtered list as JSON: the query, the number of rows, the rows."""
    chosen = export.chosen(request)
    if not chosen.is_valid():
        return JsonResponse({"error": [str(problem) for problem in chosen.problems]}, status=400)
    if wait := seconds_to_wait(request, "exports"):
        return too_often(request, wait)
    head = {
        "source": absolute(request.get_full_path()),
        "data_set": credit(newest_run()),
        "note": _("Independent catalogue, not an ITU site; texts are at itu.int."),
        "count": chosen.count(),
    }
    try:
        parts = Parts(json_parts(head, export.columns, export.read(chosen, request)))
    except Busy as refusal:
        return too_busy(request, refusal.wait)
    return StreamingHttpResponse(parts, content_type="application/json; charset=utf-8")


def safe_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


def csv_parts(columns: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """Yield CSV: the names of the columns, then the rows, some at a time.

    UTF-8 with a mark, so that spreadsheets see it; no cell is taken for a formula.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    written.write("\ufeff")
    writer.writerow(columns)
    rows = iter(rows)
    while part := list(islice(rows, ROWS_SENT)):
        writer.writerows([safe_cell(cell) for cell in cells] for cells in part)
        yield _taken(written)
    if rest := _taken(written):
        yield rest


def _taken(written: io.StringIO) -> str:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text


def json_parts(
    head: dict[str, Any], columns: Sequence[str], rows: Iterable[Cells]
) -> Iterator[str]:
    """Yield the document as `json.dumps` would write it with an indent of one blank."""
    document = json.dumps({**head, "rows": []}, ensure_ascii=False, indent=1)
    begin, end = document[: -len("]\n}")], document[-len("]\n}") :]
    names = [f"   {json.dumps(name)}: " for name in columns]
    rows = iter(rows)
    before = "\n"
    while part := list(islice(rows, ROWS_SENT)):
        yield begin + before + ",\n".join(_json_row(names, cells) for cells in part)
        begin, before, end = "", ",\n", "\n ]\n}"
    yield begin + end


def _json_row(names: Sequence[str], cells: Cells) -> str:
    lines = ",\n".join(
        name + (encode_basestring(cell) if isinstance(cell, str) else json.dumps(cell))
        for name, cell in zip(names, cells, strict=True)
    )
    return f"  {{\n{lines}\n  }}"
