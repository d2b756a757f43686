"""Many identifiers and links at once: a table, or the same as CSV. Nothing is stored."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from catalog.pages.batch import BatchPage, FoundLine, look_up, numbered, table_of
from catalog.pages.frame import Frame
from catalog.protection.limits import seconds_to_wait
from catalog.protection.long_answers import Busy, turn
from catalog.stored_pages.parameters import takes
from catalog.views.lists.exports import csv_parts, csv_response
from catalog.views.methods import takes_posts
from catalog.views.page import show
from catalog.views.waiting import asked_to_wait, too_busy_words, too_often_words

MOST_LINES = 1_000
MOST_BYTES = 300_000


class BatchForm(forms.Form):
    """The lines to look up."""

    lines = forms.CharField(
        label=gettext_lazy("Identifiers or links, one per line"),
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


class MustWait(Exception):
    """The lines are not looked up now; `wait` is when to ask again, in seconds."""

    def __init__(self, words: str, wait: int, status: int):
        super().__init__(words)
        self.words, self.wait, self.status = words, wait, status


@takes()
@never_cache
@takes_posts
def batch(request: HttpRequest) -> HttpResponse:
    """Show the form; answer lines that were sent with a table, or with CSV if asked for."""
    if request.method != "POST":
        return _page(request, BatchForm())
    form = BatchForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        rows = _looked_up(request, form.cleaned_data["lines"])
    except MustWait as refusal:
        form.add_error(None, refusal.words)
        response = _page(request, form, status=refusal.status)
        return asked_to_wait(response, refusal.wait)
    if request.POST.get("format") == "csv":
        columns, cells = table_of(rows)
        return csv_response("itu-links", csv_parts(columns, cells))
    return _page(request, form, rows)


def _looked_up(request: HttpRequest, lines: str) -> list[FoundLine]:
    """Return what is found for each line; raise MustWait if it is too often, or too much now."""
    if wait := seconds_to_wait(request, "batches"):
        raise MustWait(too_often_words(wait), wait, 429)
    try:
        with turn():
            return look_up(lines)
    except Busy as refusal:
        raise MustWait(too_busy_words(refusal.wait), refusal.wait, 503) from refusal


def _page(
    request: HttpRequest, form: BatchForm, rows: list[FoundLine] | None = None, *, status: int = 200
) -> HttpResponse:
    frame = Frame(
        title=_("Check many links at once"),
        description=_("A list of identifiers or itu.int links, each with its entry and status."),
        trail=[(_("Look up an identifier or itu.int link"), reverse("go"))],
        noindex=form.is_bound,
    )
    page = BatchPage(form, rows or [], f"{MOST_LINES:,}")
    return show(request, "batch.html", frame, page, status=status)
