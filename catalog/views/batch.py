"""Many identifiers and links at once: a table, or the same as CSV. Nothing is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.addresses import absolute
from catalog.brief import Brief, brief_of, in_force_in_brief
from catalog.resolver import MAX_READ, Answer, resolve_many
from catalog.terms import Outcome
from catalog.views.exports import csv_response
from catalog.views.page import show

MOST_LINES = 1_000
MOST_BYTES = 300_000
LINE_END = re.compile(r"\r\n|\r|\n")
ADDRESS = re.compile(r"(?:https?://)?(?<![\w@.-])(?:[a-z0-9-]+\.)*itu\.int/[^\s<>\"'`|\])]+", re.I)
AFTER_ADDRESS = ".,;:!?"


@dataclass(frozen=True)
class Line:
    """One line and what was found for it."""

    number: int
    written: str
    answer: Answer
    found: Brief | None
    in_force: Brief | None

    @property
    def why(self) -> str:
        """In words: why this text, or what else is known."""
        answer = self.answer
        if answer.note:
            return answer.note
        if answer.elsewhere:
            return f"{_(answer.elsewhere.kind)}. {_(answer.elsewhere.what)}"
        return "" if self.found else str(answer.outcome.label)


class BatchForm(forms.Form):
    """The lines to look up."""

    lines = forms.CharField(
        label=gettext_lazy("Identifiers or links, one a line"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocapitalize": "off"}),
    )

    def clean_lines(self) -> str:
        """Refuse more lines or bytes than one request may bring."""
        text = self.cleaned_data["lines"]
        count, size = len(numbered(text)), len(text.encode())
        if not count:
            raise ValidationError(_("Enter at least one line."))
        if count > MOST_LINES:
            raise ValidationError(
                _("There are %(count)s lines; at most %(most)s are looked up at once.")
                % {"count": f"{count:,}", "most": f"{MOST_LINES:,}"}
            )
        if size > MOST_BYTES:
            raise ValidationError(
                _("The text is longer than %(most)s bytes (%(size)s); send it in parts.")
                % {"most": f"{MOST_BYTES:,}", "size": f"{size:,}"}
            )
        return text


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest) -> HttpResponse:
    """Show the form; answer lines that were sent with a table, or with CSV if asked for."""
    form = BatchForm(request.POST) if request.method == "POST" else BatchForm()
    rows: list[Line] = []
    if form.is_bound and form.is_valid():
        rows = look_up(form.cleaned_data["lines"])
        if request.POST.get("format") == "csv":
            return csv_response("itu-links", [_columns(request, row) for row in rows])
    return show(
        request,
        "batch.html",
        title=_("Repair many links at once"),
        description=_("A list of identifiers or itu.int links, each with its entry and state."),
        trail=[(_("Open an identifier or itu.int link"), "/go/")],
        status=400 if form.errors else 200,
        noindex=form.is_bound,
        form=form,
        rows=rows,
        found=sum(1 for row in rows if row.found),
        most=f"{MOST_LINES:,}",
    )


def numbered(text: str) -> list[tuple[int, str]]:
    """Return the lines that hold something, each with its number in the text, from 1."""
    lines = enumerate(LINE_END.split(text), 1)
    return [(number, line.strip()) for number, line in lines if line.strip()]


def asked_in(line: str) -> str:
    """Return what a line asks for: its itu.int address if it holds one amid other text, or all."""
    match = ADDRESS.search(line)
    return (match.group().rstrip(AFTER_ADDRESS) if match else line)[:MAX_READ]


def look_up(text: str) -> list[Line]:
    """Return what is found for each line, by a fixed number of queries."""
    lines = numbered(text)
    answers = resolve_many([asked_in(line) for _number, line in lines])
    return [
        Line(
            number,
            line,
            answer,
            brief_of(answer.found) if answer.found is not None else None,
            in_force_in_brief(answer),
        )
        for (number, line), answer in zip(lines, answers, strict=True)
    ]


def _columns(request: HttpRequest, row: Line) -> dict[str, object]:
    found, in_force = row.found, row.in_force
    candidates = row.answer.others if row.answer.outcome == Outcome.CANDIDATES else ()
    return {
        "line": row.number,
        "as written": row.written,
        "understood": row.answer.understood,
        "outcome": row.answer.outcome.value,
        "identifier": found.label if found else "",
        "title": found.title if found else "",
        "state": found.state if found else "",
        "address": absolute(request, found.url) if found else "",
        "in force now": in_force.label if in_force else "",
        "address of that": absolute(request, in_force.url) if in_force else "",
        "candidates": "; ".join(text.identifier for text in candidates),
        "why": row.why,
        "at itu.int": row.answer.elsewhere.link if row.answer.elsewhere else "",
    }
