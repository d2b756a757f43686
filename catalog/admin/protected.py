"""Rows that cannot be deleted because others need them: said at once, however many those are."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import PROTECT
from django.http import HttpRequest
from django.utils.translation import gettext as _

SHOWN = 20


def that_need(rows: Iterable[models.Model]) -> tuple[list[models.Model], int]:
    """Return some of the rows without which these rows may not go, and how many there are.

    Django reads all of them, with everything that belongs to them, to say the same.
    """
    rows = list(rows)
    found: list[models.Model] = []
    number = 0
    for relation in rows[0]._meta.related_objects if rows else ():
        if getattr(relation, "on_delete", None) is PROTECT:
            needing = relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__in": [row.pk for row in rows]}
            )
            number += needing.count()
            if len(found) < SHOWN:
                found += needing.order_by("pk")[: SHOWN - len(found)]
    return found, number


class ProtectedRows:
    """Spares pages that delete a check of several seconds; a mixin for the desk."""

    def get_deleted_objects(self, objs: Iterable[models.Model], request: HttpRequest) -> tuple:
        """Return what would go, or what forbids it."""
        found, number = that_need(objs)
        if not number:
            return super().get_deleted_objects(objs, request)
        named = [f"{row._meta.verbose_name}: {row}" for row in found]
        if number > len(found):
            named.append(_("and %(number)d more") % {"number": number - len(found)})
        return [], {}, set(), named
