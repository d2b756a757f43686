"""Which works there are, and what rows, pages and links show of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from catalog.models.dates import known_date
from catalog.models.entry import SectorEntryQuerySet
from catalog.models.structure import Series, StudyGroup
from catalog.models.succession import BRIEF_OF_WORK
from catalog.models.successors import Successor
from catalog.models.texts import Edition
from catalog.rules.family_patterns import beginning, fits
from catalog.terms import (
    CURRENT_STATES,
    IN_FORCE_STATES,
    Kind,
    State,
)

STANDING_DATE = known_date("current_edition__")


class PublicationQuerySet(SectorEntryQuerySet):
    """Works, by address and by what is in force, with what a row, a page or a link shows."""

    def at(self, sector: str, slug: str):
        """Keep the work at an address, by the code of its Sector and its address part."""
        return self.filter(sector__code=sector, slug=slug)

    def for_list(self):
        """Return works with all that a list row shows, in a fixed number of queries."""
        return self.select_related("sector", "series", "current_edition", "family").order_by(
            "sort_key", "key"
        )

    def with_edition(self):
        """Return works with their Sector and the edition that stands for each, in one query."""
        return self.select_related("sector", "current_edition")

    def in_brief(self):
        """Return works with what names, dates and places them, in one query; the rest waits."""
        return self.with_edition().only(*BRIEF_OF_WORK)

    def named(self, references: Iterable[str]):
        """Keep the works with these identifiers, or keys where they have none."""
        return self.filter(models.Q(identifier__in=references) | models.Q(key__in=references))

    def with_identifiers_like(self, pattern: str):
        """Keep the works whose identifiers fit the pattern of a family of texts."""
        begun = self.order_by().filter(identifier__startswith=beginning(pattern))
        rows = begun.values_list("pk", "identifier")
        return self.filter(pk__in=[pk for pk, identifier in rows if fits(pattern, identifier)])

    def by_pattern(self, patterns: Iterable[str]) -> dict[str, list[int]]:
        """Return the primary keys of the works that fit each pattern, the current ones first."""
        openings = {pattern: beginning(pattern) for pattern in patterns}
        begun = models.Q(pk__in=[])
        for opening in dict.fromkeys(openings.values()):
            begun |= models.Q(identifier__startswith=opening)
        rows = list(self.filter(begun).best_first().values_list("pk", "identifier"))
        return {
            pattern: [
                pk
                for pk, identifier in rows
                if identifier.startswith(opening) and fits(pattern, identifier)
            ]
            for pattern, opening in openings.items()
        }

    def with_what_it_belongs_to(self):
        """Return works with Sector, series, collection, group and standing edition.

        Annotates `is_in_succession`: whether the work took the place of a text, or a text its
        place; and whether it `has_goals`, `has_initiatives`, `has_meetings` (of which it is an
        outcome), `has_common_names`. Most works have none of them, and need not be asked again.
        """
        either_end = Q(work=OuterRef("pk")) | Q(successor=OuterRef("pk"))
        links = {
            f"has_{name}": Exists(
                getattr(self.model, name)
                .through.objects.order_by()
                .filter(publication=OuterRef("pk"))
            )
            for name in ("goals", "initiatives", "meetings")
        }
        called = self.model.common_names.rel.related_model.objects.order_by()
        return self.select_related(
            "sector", "series__sector", "family__sector", "study_group__sector", "current_edition"
        ).annotate(
            is_in_succession=Exists(Successor.objects.order_by().filter(either_end)),
            has_common_names=Exists(called.filter(work=OuterRef("pk"))),
            **links,
        )

    def in_force(self):
        """Keep works with an edition that ITU lists as in force."""
        return self.filter(state__in=IN_FORCE_STATES)

    def current(self):
        """Keep works in force and those whose latest version is presumed current."""
        return self.filter(state__in=CURRENT_STATES)

    def of_entry(self, entry: Series | StudyGroup):
        """Keep the works of a series or a group; of some groups those of its series."""
        if isinstance(entry, Series):
            return self.filter(series=entry)
        if entry.works_by_series:
            return self.filter(series__in=entry.series_keys)
        return self.filter(study_group=entry)

    def naming_group(self, group: StudyGroup):
        """Keep the works that name a group themselves."""
        return self.filter(study_group=group)

    def only_by_series(self, group: StudyGroup):
        """Keep the works that belong to a group only by their series; they name none."""
        return self.filter(study_group=None, series__in=group.series_keys)

    def supplementing(self, series: Series):
        """Keep the supplements that go with a whole series (rule 6.1)."""
        return self.filter(supplemented_series__series=series)

    def without_series(self):
        """Keep the works that are in no series."""
        return self.filter(series=None)

    def without_supplements(self):
        """Leave out supplements."""
        return self.exclude(kind=Kind.SUPPLEMENT)

    def facts_for_topics(self):
        """Return of each work its key and what rules of topics ask for, as `Facts` has it.

        The title is that of the standing edition, or what stands in the place of a doubted one.
        """
        columns = ("study_group__key", "series__letters", "undoubted_name")
        group, letters, undoubted = (Coalesce(column, Value("")) for column in columns)
        title = Case(
            When(~Q(undoubted_name=""), then=undoubted),
            When(current_edition__title__gt="", then="current_edition__title"),
            default="name",
            output_field=models.TextField(),
        )
        return self.order_by().values_list(
            "pk", "identifier", title, "sector__code", letters, "kind", group, "family__key"
        )

    def landmarks(self):
        """Keep the works that editors describe: in force first, then those with most names."""
        named = (
            self.filter(from_source=False)
            .exclude(purpose="")
            .annotate(names_in_use=Count("common_names", distinct=True))
        )
        is_in_force = Case(When(state__in=IN_FORCE_STATES, then=0), default=1)
        return named.order_by(is_in_force, "-names_in_use", "sort_key")

    def dated(self):
        """Keep the works of which the year of the standing edition is known."""
        return self.exclude(year=None)

    def newest_first(self):
        """Order by the date of the standing edition, the newest first, undated works last."""
        return self.order_by(STANDING_DATE.desc(nulls_last=True), "sort_key")

    def oldest_first(self):
        """Order by the date of the standing edition, the oldest first, undated works last."""
        return self.order_by(STANDING_DATE.asc(nulls_last=True), "sort_key")

    def best_first(self):
        """Order current works before others, then by number."""
        return self.order_by(
            models.Case(
                models.When(state__in=IN_FORCE_STATES, then=0),
                models.When(state=State.PRESUMED_CURRENT, then=1),
                default=2,
                output_field=models.IntegerField(),
            ),
            "sort_key",
        )

    def with_edition_on(self, day: datetime.date):
        """Keep the works with an edition approved by a day, and say which was the newest.

        Annotates `edition_on_id`, `edition_on_identifier` and `edition_on_state_known`: whether
        that edition is known to have been in force on the day, as `catalog.works.on_day` says it
        for one work.
        """
        known = Edition.objects.filter(publication=OuterRef("pk")).known_on(day)
        return self.annotate(
            edition_on_id=Subquery(known.values("pk")[:1]),
            edition_on_identifier=Subquery(known.values("identifier")[:1]),
            edition_on_state_known=Subquery(
                known.with_state_known().values("state_known")[:1],
                output_field=models.BooleanField(),
            ),
        ).filter(edition_on_id__isnull=False)

    def posted_after(self, day: datetime.date):
        """Keep the works without an edition known by a day, of which one may have stood then.

        Of such a one only the day of posting is known, which may be years after the approval.
        """
        own = Edition.objects.filter(publication=OuterRef("pk"))
        return self.filter(Exists(own.only_posted()), ~Exists(own.known_on(day)))

    def count_by_state_known(self) -> dict[bool, int]:
        """Return the number of `with_edition_on` works by whether the state of then is known."""
        rows = self.order_by().values_list("edition_on_state_known")
        return dict(rows.annotate(works=Count("pk")))

    def count_by_sector(self) -> list[tuple[str, int, int]]:
        """Return (sector code, works, works in force) for each Sector that has works."""
        rows = (
            self.order_by()
            .values("sector__code")
            .annotate(works=Count("pk"), in_force=Count("pk", filter=Q(state__in=IN_FORCE_STATES)))
        )
        return list(rows.values_list("sector__code", "works", "in_force"))

    def count_by_series(self) -> list[tuple[str, str, str, int]]:
        """Return (key, Sector, letters, works) of each series that has works, the largest first."""
        columns = ("series__key", "series__sector__short_name", "series__letters")
        rows = self.order_by().exclude(series=None).values_list(*columns)
        return list(rows.annotate(works=Count("pk")).order_by("-works", *columns))

    def count_by_collection(self) -> list[tuple[str, str, int]]:
        """Return (key, name, works) of each collection that has works, the largest first."""
        columns = ("family__key", "family__name")
        rows = self.order_by().values_list(*columns)
        return list(rows.annotate(works=Count("pk")).order_by("-works", *columns))

    def count_by_year_and_state(self) -> list[tuple[int | None, str, int]]:
        """Return (year of the standing edition, state, works) for each pair that occurs.

        The year is None where no date is known; the state is empty for works without one.
        """
        rows = self.order_by().values_list("year", "state")
        return list(rows.annotate(Count("pk")))

    def count_by_state(self) -> dict[str, int]:
        """Return the number of works by state; the empty word stands for works without one."""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))
