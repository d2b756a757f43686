"""The admin site, with models grouped by what editors do, not by where the code is."""

from __future__ import annotations

from functools import partial

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from catalog.protection.guessing import remember_browser
from catalog.protection.lookup_guards import Guarded

# Label of the group, its heading, its models in the order in which they are shown.
GROUPS = (
    (
        "publications",
        _("Publications"),
        (
            "catalog.recommendation",
            "catalog.supplement",
            "catalog.report",
            "catalog.handbook",
            "catalog.question",
            "catalog.resolution",
            "catalog.regulation",
            "catalog.publication",
            "catalog.publicationfamily",
            "catalog.edition",
            "catalog.component",
            "catalog.commonname",
            "catalog.othersname",
            "catalog.textfamily",
            "catalog.successor",
        ),
    ),
    (
        "structure",
        _("Structure"),
        ("catalog.sector", "catalog.series", "catalog.studygroup", "catalog.body"),
    ),
    (
        "activities",
        _("Activities"),
        ("catalog.initiative", "catalog.partner", "catalog.conference", "catalog.meeting"),
    ),
    ("membership", _("Membership"), ("catalog.membershiptype", "catalog.right")),
    ("subjects", _("Subjects"), ("catalog.topic", "catalog.goal")),
    ("sources", _("Sources"), ("catalog.source",)),
    (
        "desk",
        _("Desk"),
        (
            "catalog.problemreport",
            "catalog.correction",
            "catalog.deletedentry",
            "catalog.importrun",
            "catalog.change",
            "catalog.sourcerecord",
        ),
    ),
    ("accounts", _("Accounts"), ("auth.user", "auth.group")),
)
# Whatever else is installed (the log of failed logins) stands last, for superusers.
OTHER = ("other", _("Other"))


class EditorsSite(AdminSite):
    """The admin under the names that editors know.

    It stands outside `catalog.admin`, because Django makes the site before that package, whose
    modules register on it, may be imported.
    """

    site_header = _("ITU knowledge base: editors’ desk")
    site_title = _("Editors’ desk")
    index_title = _("What would you like to edit?")

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Register an admin class, whichever app it belongs to, with its pages guarded."""
        plain = admin_class or ModelAdmin
        guarded = type(plain.__name__, (Guarded, plain), {"__module__": plain.__module__})
        super().register(model_or_iterable, guarded, **options)

    def get_urls(self) -> list:
        """Add the list of references that wait."""
        # Django makes the site before any model is there.
        from catalog.admin import waiting

        page = self.admin_view(partial(waiting.page, self))
        return [path("waiting/", page, name="waiting"), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Show the first page, with the numbers of references that wait for their works."""
        from catalog.writing.attachment import waiting

        counts = waiting() if request.user.has_perm("catalog.view_commonname") else {}
        return super().index(request, {"waiting": counts, **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Show the form, or sign somebody in and remember the browser."""
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            remember_browser(response, request.user)
        return response

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """Return the models that the user may see, grouped by purpose."""
        models = {
            model["model"]._meta.label_lower: model
            for app in self._build_app_dict(request, app_label).values()
            for model in app["models"]
        }
        groups = []
        for label, heading, names in GROUPS:
            members = [models.pop(name) for name in names if name in models]
            groups.append((label, heading, members))
        groups.append((*OTHER, list(models.values())))
        return [
            {
                "name": heading,
                "app_label": label,
                "app_url": members[0]["admin_url"] or "",
                "has_module_perms": True,
                "models": members,
            }
            for label, heading, members in groups
            if members
        ]

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """Lead to the start page: apps are a matter of the code, editors see groups."""
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
