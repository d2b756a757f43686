"""A reader tells what is wrong with a page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from catalog.addresses import is_own_page
from catalog.models import ProblemReport
from catalog.models.fields import SeveralLines
from catalog.pages.frame import Frame
from catalog.pages.messages import ReportPage
from catalog.protection.limits import seconds_to_wait
from catalog.protection.storage import takes_nothing
from catalog.rules import visible_characters
from catalog.stored_pages.parameters import takes
from catalog.views.methods import takes_posts
from catalog.views.page import show
from catalog.views.waiting import asked_to_wait, too_often_words

THANKS = "report-thanks"
LONGEST_PAGE = ProblemReport._meta.get_field("page").max_length


class ProblemReportForm(forms.ModelForm):
    """What is asked of the reader; `website` is a trap for programs that fill every field."""

    website = forms.CharField(
        required=False,
        label=gettext_lazy("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = ProblemReport
        fields = ["page", "message", "contact"]
        field_classes = {"message": SeveralLines}
        labels = {"page": gettext_lazy("Page"), "message": gettext_lazy("What is wrong?")}
        help_texts = {"page": gettext_lazy("Its address on this site, such as /itu-t/g.711/.")}

    def clean_message(self) -> str:
        """Return the message without what cannot be seen; readers paste it from anywhere."""
        return visible_characters.without_invisible(self.cleaned_data["message"])

    def clean_contact(self) -> str:
        """Return the address without what cannot be seen."""
        return visible_characters.without_invisible(self.cleaned_data["contact"])

    def clean_website(self) -> str:
        """Refuse what only a program fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This field must stay empty."))
        return ""


@takes("page")
@never_cache
@takes_posts
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, and keep what a reader sends; errors keep the text, be it one too many."""
    if request.method != "POST":
        page = request.GET.get("page", "")[:LONGEST_PAGE]
        return _page(
            request, ProblemReportForm(initial={"page": page if is_own_page(page) else ""})
        )
    form = ProblemReportForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    if wait := seconds_to_wait(request, "reports"):
        form.add_error(None, too_often_words(wait))
        return asked_to_wait(_page(request, form, status=429), wait)
    if not stored(form):
        return _page(request, form, status=503)
    thanks = _thanks(form.cleaned_data["page"])
    messages.success(request, thanks, extra_tags=THANKS)
    return HttpResponseRedirect(reverse("report-problem"))


def _page(request: HttpRequest, form: ProblemReportForm, *, status: int = 200) -> HttpResponse:
    frame = Frame(
        title=_("Report a problem"),
        description=_("Tell the editors what is wrong with a page."),
        noindex=True,
    )
    was_sent = any(message.extra_tags == THANKS for message in messages.get_messages(request))
    page = ReportPage(form, is_stored=status != 503, was_sent=was_sent)
    return show(request, "report.html", frame, page, status=status)


def _thanks(page: str) -> str:
    """Return what is said once a report is kept, with the way back to the page it is about."""
    thanks = _("Thank you. An editor will read your report.")
    if not is_own_page(page):
        return thanks
    back = _("Back to the page you reported")
    return format_html('{} <a href="{}">{}</a>', thanks, iri_to_uri(page), back)


def stored(form: ProblemReportForm) -> bool:
    """Store a report and return True; False if the database can only be read."""
    try:
        with transaction.atomic():
            form.save()
    except DatabaseError as error:
        if not takes_nothing(error):
            raise
        return False
    return True
