"""References that wait: what names works that are not in this catalogue yet, as a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.writing.attachment import REFERRING, missing_of, waiting

SHOWN = 200


@dataclass(frozen=True)
class WaitingRow:
    """A row, the identifiers of the works that it waits for, and its form, if it has one."""

    label: str
    missing: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class WaitingKind:
    """The rows of a model that wait: their number, and the newest of them."""

    name: str
    count: int
    rows: tuple[WaitingRow, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


def kinds_that_wait(site: AdminSite, request: HttpRequest) -> list[WaitingKind]:
    """Return the models of which the user may see rows, with those that wait."""
    counts = waiting()
    return [
        _kind(site, model, counts[str(model._meta.verbose_name_plural)])
        for model in REFERRING
        if _may_see(request, model)
    ]


def _kind(site: AdminSite, model: type[models.Model], count: int) -> WaitingKind:
    rows = model.objects.waiting().order_by("-pk")[:SHOWN] if count else ()
    return WaitingKind(
        str(model._meta.verbose_name_plural),
        count,
        tuple(WaitingRow(str(row), missing_of(row), _address(site, row)) for row in rows),
    )


def _address(site: AdminSite, row: models.Model) -> str:
    """Return the address of the form of a row; nothing where rows of its kind have none."""
    if not site.is_registered(type(row)):
        return ""
    return reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])


def _may_see(request: HttpRequest, model: type[models.Model]) -> bool:
    name = model._meta.model_name
    verbs = ("view", "change")
    return any(request.user.has_perm(f"catalog.{verb}_{name}") for verb in verbs)


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """List what waits for works, kind by kind."""
    kinds = kinds_that_wait(site, request)
    if not kinds:
        raise PermissionDenied
    context = {
        **site.each_context(request),
        "title": _("References that wait for their work"),
        "kinds": kinds,
    }
    return TemplateResponse(request, "admin/catalog/waiting.html", context)
