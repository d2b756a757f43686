"""The kinds of works under their own names, each with a manager that sees only its kind."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.publications import Publication
from catalog.models.work_queries import PublicationQuerySet
from catalog.terms import HANDBOOK_KINDS, REGULATION_KINDS, REPORT_KINDS, Kind


def proxy_manager(*kinds: Kind) -> type[models.Manager]:
    """Return a manager class that sees only works of these kinds."""

    class KindManager(models.Manager.from_queryset(PublicationQuerySet)):
        """Works of some kinds only."""

        def get_queryset(self):
            return super().get_queryset().filter(kind__in=kinds)

    return KindManager


class Recommendation(Publication):
    """A Recommendation of a Sector."""

    kinds = (Kind.RECOMMENDATION,)
    objects = proxy_manager(*kinds)()

    class Meta:
        proxy = True
        verbose_name = _("Recommendation")
        verbose_name_plural = _("Recommendations")


class Supplement(Publication):
    """A supplement to a series or to a Recommendation that is a work of its own."""

    kinds = (Kind.SUPPLEMENT,)
    objects = proxy_manager(*kinds)()

    class Meta:
        proxy = True
        verbose_name = _("Supplement")
        verbose_name_plural = _("Supplements")


class Report(Publication):
    """A Report, Technical Report, Technical Paper or flagship report."""

    kinds = REPORT_KINDS
    objects = proxy_manager(*kinds)()

    class Meta:
        proxy = True
        verbose_name = _("Report")
        verbose_name_plural = _("Reports")


class Handbook(Publication):
    """A handbook, guide, manual or list."""

    kinds = HANDBOOK_KINDS
    objects = proxy_manager(*kinds)()

    class Meta:
        proxy = True
        verbose_name = _("Handbook")
        verbose_name_plural = _("Handbooks and manuals")


class Question(Publication):
    """A Question that a study group works on."""

    kinds = (Kind.QUESTION,)
    objects = proxy_manager(*kinds)()

    class Meta:
        proxy = True
        verbose_name = _("Question")
        verbose_name_plural = _("Questions")


class Resolution(Publication):
    """A Resolution of an assembly or conference."""

    kinds = (Kind.RESOLUTION,)
    objects = proxy_manager(*kinds)()

    class Meta:
        proxy = True
        verbose_name = _("Resolution")
        verbose_name_plural = _("Resolutions")


class Regulation(Publication):
    """A treaty, regulation or other text that binds or rules."""

    kinds = REGULATION_KINDS
    objects = proxy_manager(*kinds)()

    class Meta:
        proxy = True
        verbose_name = _("Regulation or treaty")
        verbose_name_plural = _("Regulations and treaties")
