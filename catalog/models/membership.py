"""Who may belong to the Union, and what each kind of member may do."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.entry import Entry, EntryQuerySet, entry_constraints
from catalog.models.fields import (
    LinesField,
    PlainTextField,
    lines,
    position_field,
    validate_plain_text,
    vocabulary_field,
    words_constraint,
)
from catalog.terms import Entitlement, EntryKind, RightGroup


class MembershipTypeQuerySet(EntryQuerySet):
    """Membership types, by address, and in the order of the comparison."""

    def at(self, slug: str):
        """Keep the type at an address, with the type whose rights it has."""
        return self.select_related("same_rights_as").filter(slug=slug)

    def for_comparison(self):
        """Return the types that have rights of their own, with those rights."""
        return self.filter(same_rights_as__isnull=True).prefetch_related("rights__right")


class MembershipType(Entry):
    """A way to belong to the Union, or to attend without belonging."""

    entry_kind = EntryKind.MEMBERSHIP
    own_statements = (
        "who_may_join",
        "approved_by",
        "how_to_join",
        "fee",
        "numbers",
        "often_wrong",
    )

    slug = models.SlugField(_("address part"), max_length=40, unique=True)
    position = position_field(_("position"))
    who_may_join = PlainTextField(_("who may join"))
    approved_by = PlainTextField(_("who admits"))
    how_to_join = PlainTextField(_("how to join"))
    fee = PlainTextField(_("fee"))
    numbers = LinesField(
        _("membership figures"), help_text=_("Count, year and source, one per line.")
    )
    often_wrong = LinesField(_("often misreported"), help_text=_("One per line."))
    same_rights_as = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        related_name="fee_classes",
        verbose_name=_("has the rights of"),
        null=True,
        blank=True,
    )

    objects = MembershipTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership type")
        verbose_name_plural = _("membership types")
        ordering = ["position"]
        constraints = entry_constraints("membershiptype")

    def get_absolute_url(self) -> str:
        """Return the address: /membership/associate/."""
        return reverse("membership-type", kwargs={"slug": self.slug})

    @property
    def number_list(self) -> list[str]:
        """Numbers of members known to us."""
        return lines(self.numbers)

    @property
    def often_wrong_list(self) -> list[str]:
        """What is often misreported about this type, one statement each."""
        return lines(self.often_wrong)


class Right(models.Model):
    """A right or duty that membership types are compared by."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120, validators=[validate_plain_text])
    group = vocabulary_field(RightGroup, _("group"))
    position = position_field(_("position"))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("right or duty")
        verbose_name_plural = _("rights and duties")
        ordering = ["position"]
        constraints = [words_constraint("right", "group", RightGroup)]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return what stands for the right in fixtures."""
        return (self.key,)


class MembershipRightQuerySet(models.QuerySet):
    """Cells of the comparison, by type and right, and in the order of its rows."""

    def get_by_natural_key(self, membership_key: str, right_key: str):
        """Return what this type may do about this right."""
        return self.get(membership_type__key=membership_key, right__key=right_key)

    def in_order(self):
        """Return the cells with their rights, in the order of the comparison."""
        return self.select_related("right").order_by("right__position")


class MembershipRight(models.Model):
    """What one membership type may do: a cell of the comparison."""

    membership_type = models.ForeignKey(
        MembershipType, on_delete=models.CASCADE, related_name="rights"
    )
    right = models.ForeignKey(
        Right, on_delete=models.CASCADE, related_name="holders", verbose_name=_("right")
    )
    answer = vocabulary_field(Entitlement, _("answer"))
    words = models.CharField(
        _("in words"), max_length=250, blank=True, default="", validators=[validate_plain_text]
    )

    objects = MembershipRightQuerySet.as_manager()

    class Meta:
        verbose_name = _("right of a membership type")
        verbose_name_plural = _("rights of membership types")
        ordering = ["membership_type", "right__position"]
        constraints = [
            words_constraint("membershipright", "answer", Entitlement),
            models.UniqueConstraint(
                fields=["membership_type", "right"], name="one_answer_per_type_and_right"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_type}: {self.right}"

    def natural_key(self) -> tuple[str, str]:
        """Return what stands for the cell in fixtures."""
        return (self.membership_type.key, self.right.key)

    natural_key.dependencies = ["catalog.membershiptype", "catalog.right"]
