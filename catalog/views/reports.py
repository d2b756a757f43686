"""A reader tells what is wrong with a page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.models import ProblemReport
from catalog.views.page import show


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
        labels = {"page": gettext_lazy("Page"), "message": gettext_lazy("What is wrong?")}

    def clean_page(self) -> str:
        """Return the page's path; only addresses of this site are taken."""
        page = self.cleaned_data["page"]
        if not page.startswith("/") or page.startswith("//") or "\\" in page:
            raise forms.ValidationError(
                _("Enter the path of a page of this site, for example /itu-t/g.711/.")
            )
        return page

    def clean_website(self) -> str:
        """Refuse what only a program fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This field must stay empty."))
        return ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, and keep what a reader sends; errors keep the text."""
    if request.method == "POST":
        form = ProblemReportForm(request.POST)
        if form.is_valid():
            form.save()
            messages.success(request, _("Thank you. An editor will read your report."))
            return HttpResponseRedirect(reverse("report-problem"))
    else:
        form = ProblemReportForm(initial={"page": request.GET.get("page", "")[:300]})
    return show(
        request,
        "report.html",
        title=_("Report a problem"),
        description=_("Tell the editors what is wrong with a page."),
        status=400 if form.errors else 200,
        noindex=True,
        form=form,
    )
