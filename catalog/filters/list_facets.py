"""What readers can narrow each list by. Pages, exports and later doors take the same parameters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.filters.facet_index import RankedRows
from catalog.filters.facet_types import (
    MAX_QUERY,
    DayFilter,
    KeyFilter,
    LimitFilter,
    ListFilter,
    OneOfFilter,
    Order,
    OrderFilter,
    WordsFilter,
)
from catalog.models import (
    Conference,
    Goal,
    Initiative,
    Partner,
    Publication,
    PublicationFamily,
    PublicationRelation,
    SearchEntry,
    Sector,
    Series,
    StudyGroup,
    Topic,
)
from catalog.models.fields import translated_choices
from catalog.models.work_queries import STANDING_DATE
from catalog.search.match import IN_TEXT, PLACE, find, ranks_of
from catalog.search.query import read
from catalog.terms import (
    ConferenceKind,
    EntryKind,
    InitiativeKind,
    Kind,
    PartnerKind,
    SectorCode,
    State,
    TopicKind,
    Verification,
)


class SupplementFilter(django_filters.ModelChoiceFilter):
    """The texts that a supplement goes with, the supplement named by its key."""

    def filter(self, queryset: QuerySet, value: Publication | None) -> QuerySet:
        """Keep the works that the supplement goes with; all works if none is chosen."""
        if value is None:
            return queryset
        ties = PublicationRelation.objects.supplemented_by(value).order_by()
        return queryset.filter(pk__in=ties.values("target"))


class PublicationFilter(ListFilter):
    """Publications by what engineers, delegates and librarians ask for."""

    q = WordsFilter(EntryKind.PUBLICATION)
    state = OneOfFilter(label=_("Status"), choices=translated_choices(State))
    sector = KeyFilter(Sector.objects.all(), field_name="sector__key", label=_("Sector"))
    kind = OneOfFilter(label=_("Kind"), choices=translated_choices(Kind))
    family = KeyFilter(
        PublicationFamily.objects.select_related("sector"),
        field_name="family__key",
        label=_("Collection"),
    )
    series = KeyFilter(
        Series.objects.select_related("sector"),
        field_name="series__key",
        label=_("Series"),
    )
    group = KeyFilter(
        StudyGroup.objects.select_related("sector"),
        field_name="study_group__key",
        label=_("Group"),
    )
    topic = KeyFilter(
        Topic.objects.all(), field_name="topics__key", label=_("Topic"), distinct=True
    )
    verification = OneOfFilter(
        label=_("Verification status"), choices=translated_choices(Verification)
    )
    year_from = LimitFilter("year", "gte", _("Year from"), 1865, 2100)
    year_to = LimitFilter("year", "lte", _("Year to"), 1865, 2100)
    approved_from = DayFilter("current_edition__approved", "gte", _("Approved from"))
    approved_to = DayFilter("current_edition__approved", "lte", _("Approved to"))
    number_from = LimitFilter("number", "gte", _("Number from"), 0, 99999)
    number_to = LimitFilter("number", "lte", _("Number to"), 0, 99999)
    supplement = SupplementFilter(
        label=_("Supplement"),
        to_field_name="key",
        queryset=Publication.objects.filter(kind=Kind.SUPPLEMENT),
    )

    single_values = ListFilter.single_values | {"approved_from", "approved_to"}
    facet_names = (
        "state",
        "sector",
        "kind",
        "series",
        "group",
        "topic",
        "verification",
        "family",
    )
    sort = OrderFilter(
        {
            "number": Order(_("Number")),
            "newest": Order(_("Newest first"), (STANDING_DATE.desc(nulls_last=True), "sort_key")),
            "oldest": Order(_("Oldest first"), (STANDING_DATE.asc(nulls_last=True), "sort_key")),
            "title": Order(_("Title"), ("name", "sort_key")),
        }
    )

    class Meta:
        model = Publication
        fields: list[str] = []

    def chip_label(self, name: str, value: str) -> str:
        """Name a supplement by its identifier."""
        if name == "supplement":
            return self.form.cleaned_data[name].label
        return super().chip_label(name, value)

    def label_of(self, row) -> str:
        if isinstance(row, Sector):
            return row.short_name
        if isinstance(row, StudyGroup):
            return f"{row.sector.short_name} {row.code.upper()}"
        if isinstance(row, Series):
            return f"{row.sector.short_name} {row.letters}"
        return row.name


class InitiativeFilter(ListFilter):
    """Initiatives; the surest come first.

    What was looked for and not found is no initiative: it is left out unless it is asked for.
    """

    q = WordsFilter(EntryKind.INITIATIVE)
    verification = OneOfFilter(
        label=_("Verification status"),
        choices=translated_choices(Verification),
        left_out=[Verification.NOT_FOUND],
    )
    kind = OneOfFilter(label=_("Kind"), choices=translated_choices(InitiativeKind))
    sector = KeyFilter(Sector.objects.all(), field_name="sector__key", label=_("Lead at ITU"))
    topic = KeyFilter(
        Topic.objects.all(), field_name="topics__key", label=_("Topic"), distinct=True
    )
    sdg = KeyFilter(
        Goal.objects.all(),
        field_name="goals__number",
        to_field_name="number",
        label=_("SDG"),
        distinct=True,
    )
    partner = KeyFilter(
        Partner.objects.all(),
        field_name="partners__key",
        label=_("Partner"),
        distinct=True,
    )

    facet_names = ("verification", "kind", "sector", "topic", "sdg", "partner")
    sort = OrderFilter(
        {"surest": Order(_("Most certain first")), "name": Order(_("Name"), ("name",))}
    )

    class Meta:
        model = Initiative
        fields: list[str] = []

    def label_of(self, row) -> str:
        return row.short_name if isinstance(row, Sector) else row.name


class NotFoundFilter(ListFilter):
    """What was named as an initiative, looked for and not found."""

    q = WordsFilter(EntryKind.INITIATIVE)
    kind = OneOfFilter(label=_("Kind"), choices=translated_choices(InitiativeKind))

    facet_names = ("kind",)
    sort = OrderFilter({"name": Order(_("Name"), ("name",))})

    class Meta:
        model = Initiative
        fields: list[str] = []


class PartnerFilter(ListFilter):
    """Partners and the processes of others."""

    q = WordsFilter(EntryKind.PARTNER)
    verification = OneOfFilter(
        label=_("Verification status"), choices=translated_choices(Verification)
    )
    kind = OneOfFilter(label=_("Kind"), choices=translated_choices(PartnerKind))
    topic = KeyFilter(
        Topic.objects.all(), field_name="topics__key", label=_("Topic"), distinct=True
    )

    facet_names = ("verification", "kind", "topic")
    sort = OrderFilter(
        {"surest": Order(_("Most certain first")), "name": Order(_("Name"), ("name",))}
    )

    class Meta:
        model = Partner
        fields: list[str] = []


class ConferenceFilter(ListFilter):
    """Conferences, assemblies and forums."""

    q = WordsFilter(EntryKind.CONFERENCE)
    kind = OneOfFilter(label=_("Kind"), choices=translated_choices(ConferenceKind))
    sector = KeyFilter(Sector.objects.all(), field_name="sector__key", label=_("Sector"))
    verification = OneOfFilter(
        label=_("Verification status"), choices=translated_choices(Verification)
    )

    facet_names = ("kind", "sector", "verification")
    sort = OrderFilter({"sector": Order(_("Sector")), "name": Order(_("Name"), ("name",))})

    class Meta:
        model = Conference
        fields: list[str] = []

    def label_of(self, row) -> str:
        return row.short_name if isinstance(row, Sector) else row.name


class TopicFilter(ListFilter):
    q = WordsFilter(EntryKind.TOPIC)
    kind = OneOfFilter(label=_("Kind"), choices=translated_choices(TopicKind))
    verification = OneOfFilter(
        label=_("Verification status"), choices=translated_choices(Verification)
    )

    facet_names = ("kind", "verification")
    sort = OrderFilter({"name": Order(_("Name"), ("name",))})

    class Meta:
        model = Topic
        fields: list[str] = []


class ClaimFilter(ListFilter):
    """Claims that were checked, over all kinds of entries."""

    verification = OneOfFilter(label=_("Verdict"), choices=translated_choices(Verification))
    kind = OneOfFilter(label=_("Kind of entry"), choices=translated_choices(EntryKind))
    sector = OneOfFilter(label=_("Sector"), choices=translated_choices(SectorCode))
    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=MAX_QUERY)

    facet_names = ("verification", "kind", "sector")
    sort = OrderFilter(
        {
            "name": Order(_("Name"), ("title",)),
            "verdict": Order(_("Verdict"), ("verification", "title")),
            "kind": Order(_("Kind"), ("position", "title")),
        }
    )

    class Meta:
        model = SearchEntry
        fields: list[str] = []

    def with_words(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep the claims of entries that match."""
        if read(value).is_empty:
            return queryset
        return queryset.filter(pk__in=find(value).order_by().values("pk"))


class SearchFilter(ListFilter):
    """Everything that has a page; the words come first."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=MAX_QUERY)
    kind = OneOfFilter(label=_("Kind of entry"), choices=translated_choices(EntryKind))
    sector = OneOfFilter(label=_("Sector"), choices=translated_choices(SectorCode))
    state = OneOfFilter(label=_("Status"), choices=translated_choices(State))
    verification = OneOfFilter(
        label=_("Verification status"), choices=translated_choices(Verification)
    )

    facet_names = ("kind", "sector", "state", "verification")
    sort = OrderFilter(
        {
            "best": Order(_("Best match")),
            "number": Order(_("Number or name"), PLACE),
            "newest": Order(_("Newest first"), (F("day").desc(nulls_last=True), *PLACE)),
        }
    )

    class Meta:
        model = SearchEntry
        fields: list[str] = []

    def with_words(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep what matches, best first."""
        return find(value, queryset)

    @cached_property
    def _ranks(self) -> dict[int, int]:
        """The rank of each entry that matches the words, best first; of all if there are none."""
        words = self.form.cleaned_data.get("q")
        return ranks_of(words) if words else dict.fromkeys(self.index.keys, IN_TEXT)

    def _keys_under(self, name: str, value: Any) -> Iterable[int]:
        return self._ranks if name == "q" else super()._keys_under(name, value)

    def rows(self) -> Sequence[SearchEntry]:
        """Return the entries that match, each with its rank."""
        columns = self.orders[self.order].columns
        keys = self.index.in_order(self._left_without(), columns)
        if not columns:
            left = set(keys)
            keys = [key for key in self._ranks if key in left]
        return RankedRows(self.index, keys, self._ranks)
