"""Which file holds which model, in the order in which plain `loaddata` needs them."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import models

from catalog.models import (
    Body,
    CommonName,
    Component,
    Conference,
    Edition,
    EntryRelation,
    Goal,
    Initiative,
    Meeting,
    MembershipRight,
    MembershipType,
    OthersName,
    Partner,
    Publication,
    PublicationFamily,
    PublicationName,
    Right,
    Sector,
    Series,
    SeriesRange,
    Source,
    SourceUse,
    StudyGroup,
    Successor,
    TextFamily,
    Topic,
    TopicChoice,
    TopicRule,
)
from catalog.writing.values import kept_links

# What only imports write: whether a row is theirs, and since when its source is silent.
OF_IMPORTS = ("from_source", "left_source")
# What the one door to the content keeps of each row.
OF_WRITING = ("row_version", "added", "changed")


@dataclass(frozen=True)
class FixtureFile:
    """The rows of one model; `order` names the columns by which they are sorted.

    A long one is cut into parts that people can open: each of `cuts` is where the next part
    begins, compared with the first column of the order. Cuts are fixed, so an edit moves no rows
    from part to part.
    """

    name: str
    model: type[models.Model]
    order: tuple[str, ...] = ("key",)
    is_sorted_by_text: bool = False
    cuts: tuple[str, ...] = ()

    @property
    def parts(self) -> list[str]:
        """The names of its files: `topics.yaml`; `editions-1.yaml`, `editions-2.yaml` …"""
        stem, dot, ending = self.name.partition(".")
        numbers = range(1, len(self.cuts) + 2)
        return [f"{stem}-{n}{dot}{ending}" for n in numbers] if self.cuts else [self.name]

    @property
    def label(self) -> str:
        """The model as fixtures name it: `catalog.topic`."""
        return self.model._meta.label_lower

    @property
    def fields(self) -> list[models.Field]:
        """The columns that are curated, many-to-many ones last."""
        meta = self.model._meta
        derived = getattr(self.model, "derived_fields", ())
        columns = [
            field
            for field in meta.concrete_fields
            if not field.primary_key and field.name not in (*derived, *OF_IMPORTS, *OF_WRITING)
        ]
        return [*columns, *kept_links(self.model)]


FILES = (
    FixtureFile("groups.yaml", Group, ("name",)),
    FixtureFile("sources.yaml", Source, cuts=("itu-e", "record-itu-t")),
    FixtureFile("goals.yaml", Goal, ("number",)),
    FixtureFile("sectors.yaml", Sector, ("position",)),
    FixtureFile("topics.yaml", Topic),
    FixtureFile("study_groups.yaml", StudyGroup, ("sector__position", "position", "code")),
    FixtureFile("series.yaml", Series, ("sector__position", "letters")),
    FixtureFile("series_ranges.yaml", SeriesRange, ("series__key", "first", "level")),
    FixtureFile("bodies.yaml", Body),
    FixtureFile("publication_families.yaml", PublicationFamily),
    FixtureFile("publications.yaml", Publication, cuts=("itu-t",)),
    FixtureFile("publication_names.yaml", PublicationName, ("publication__key", "name")),
    FixtureFile(
        "editions.yaml",
        Edition,
        ("publication__key", "position", "slug"),
        cuts=("itu-r-p", "itu-t-e", "itu-t-h"),
    ),
    FixtureFile(
        "components.yaml", Component, ("publication__key", "position", "slug"), cuts=("itu-t-i",)
    ),
    FixtureFile("partners.yaml", Partner),
    FixtureFile("initiatives.yaml", Initiative),
    FixtureFile("conferences.yaml", Conference),
    FixtureFile("meetings.yaml", Meeting),
    FixtureFile("membership_types.yaml", MembershipType, ("position",)),
    FixtureFile("rights.yaml", Right, ("position",)),
    FixtureFile(
        "membership_rights.yaml", MembershipRight, ("membership_type__position", "right__position")
    ),
    FixtureFile("topic_rules.yaml", TopicRule, ("topic__key", "position")),
    FixtureFile(
        "topic_choices.yaml", TopicChoice, ("topic__key", "reference"), is_sorted_by_text=True
    ),
    FixtureFile(
        "common_names.yaml", CommonName, ("name", "reference"), is_sorted_by_text=True, cuts=("J",)
    ),
    FixtureFile("others_names.yaml", OthersName, ("name",), is_sorted_by_text=True),
    FixtureFile("text_families.yaml", TextFamily),
    FixtureFile(
        "successors.yaml",
        Successor,
        ("reference", "position", "successor_reference"),
        is_sorted_by_text=True,
    ),
    FixtureFile(
        "entry_relations.yaml",
        EntryRelation,
        ("subject_key", "position", "verb", "target_key"),
        is_sorted_by_text=True,
    ),
    FixtureFile(
        "source_uses.yaml",
        SourceUse,
        ("entry_key", "position", "source"),
        is_sorted_by_text=True,
        cuts=("itu-r",),
    ),
)
