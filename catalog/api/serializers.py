"""What comes out, as Django REST framework writes and describes it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.addresses import absolute
from catalog.identifiers.elsewhere import Elsewhere
from catalog.models import CommonName, TextFamily
from catalog.resolver import Answer, Text, work_of
from catalog.terms import (
    DOUBTED_OF_TEXTS,
    Certainty,
    ComponentType,
    Kind,
    NameRelation,
    Outcome,
    State,
    SuccessionVerb,
)
from catalog.wording.brief import Brief, Briefs, Replacement
from catalog.wording.dates import date_machine
from catalog.wording.names_in_use import why_candidate
from catalog.works.successors import TextInChain

# Pairs of relation and name by the primary key of the work.
Names = dict[int, list[tuple[str, str]]]
# How sure a succession is, in the order of their certainty.
CERTAINTIES = gettext_lazy(
    "stated: a source says so; same-title: both texts have the same title, and the later one "
    "followed; same-number: it has the same number under another letter; inferred: it follows "
    "from titles, dates and statuses, and no source says so; general-knowledge: it is known in "
    "the field, and no source says so. The first three can be told as fact."
)


class TextOrNull(serializers.CharField):
    """A text that is null where it is empty."""

    def __init__(self, **options):
        super().__init__(read_only=True, allow_null=True, **options)

    def to_representation(self, value: str) -> str | None:
        """Return the text, or None."""
        return str(value) if value else None


class LinkOrNull(serializers.URLField):
    """A link that is null where there is none."""

    def __init__(self, **options):
        super().__init__(read_only=True, allow_null=True, **options)

    def to_representation(self, value: str) -> str | None:
        """Return the link, or None."""
        return str(value) if value else None


class StateOrNull(serializers.ChoiceField):
    """A word for a state, null for texts without one."""

    def to_representation(self, value: str) -> str | None:
        """Return the word, or None."""
        return str(value) if value else None


class TextSerializer(serializers.Serializer):
    """A work, an edition or a component in brief."""

    identifier = TextOrNull(
        help_text=gettext_lazy("As ITU prints it; null if ITU gives the text none.")
    )
    kind = serializers.ChoiceField(
        choices=list(dict([*Kind.choices(), *ComponentType.choices()])), read_only=True
    )
    state = StateOrNull(
        choices=[state.value for state in State],
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("Null for issues of a serial, which have no status."),
    )
    title = serializers.CharField(read_only=True)
    date = serializers.SerializerMethodField(
        help_text=gettext_lazy(
            "The date of approval, or else of posting, as exactly as it is known: 1988-11-25, "
            "1988-11 or 1988; for a work, that of its current edition."
        )
    )
    url = serializers.SerializerMethodField(
        help_text=gettext_lazy("The page of the text in this catalogue.")
    )
    doubted = serializers.ListField(
        child=serializers.ChoiceField(choices=[word.value for word in DOUBTED_OF_TEXTS]),
        read_only=True,
        help_text=gettext_lazy(
            "The facts in our source that we doubt. A doubted title or date is not given: "
            "the best other title, or else the identifier, takes the place of the title. A doubted "
            "status is given."
        ),
    )
    changed = serializers.DateTimeField(
        read_only=True,
        default_timezone=datetime.UTC,
        help_text=gettext_lazy(
            "When what this catalogue shows of the text last changed (RFC 3339)."
        ),
    )

    def to_representation(self, text: Brief) -> dict[str, Any]:
        """Return the text for programs, made once however many answers name it."""
        written: dict[Brief, dict[str, Any]] = self.context.setdefault("written", {})
        if text not in written:
            written[text] = super().to_representation(text)
        return written[text]

    def get_date(self, text: Brief) -> str | None:
        """Return the date for machines."""
        return date_machine(text.date, text.precision) or None

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, text: Brief) -> str:
        """Return the full address."""
        return absolute(text.url)


class ElsewhereSerializer(serializers.Serializer):
    """A kind of document that is not held, and where ITU keeps it."""

    kind = serializers.SerializerMethodField()
    what = serializers.SerializerMethodField()
    link = LinkOrNull(
        help_text=gettext_lazy("Where it is kept, or the source; null if there is none.")
    )

    def get_kind(self, elsewhere: Elsewhere) -> str:
        """Return the name of the kind."""
        return _(elsewhere.kind)

    def get_what(self, elsewhere: Elsewhere) -> str:
        """Return what it is and why it is not here."""
        return _(elsewhere.what)


class NameSerializer(serializers.Serializer):
    """What people call a work."""

    name = serializers.CharField(read_only=True)
    relation = serializers.ChoiceField(
        choices=[relation.value for relation in NameRelation],
        read_only=True,
        help_text=gettext_lazy(
            "is: a name of the text; part-of-family: of a family of texts that it belongs to; "
            "defined-in: of something that the text defines; popular-for: used for it, but not "
            "its name."
        ),
    )


class FamilySerializer(serializers.Serializer):
    """A family of texts that people call by one name."""

    name = serializers.CharField(source="__str__", read_only=True)
    covers = TextOrNull(help_text=gettext_lazy("What the texts are about."))
    url = serializers.SerializerMethodField(
        help_text=gettext_lazy("The page that lists the members.")
    )

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, family: TextFamily) -> str:
        """Return the full address of the page."""
        return absolute(family.get_absolute_url())


class OtherTextSerializer(serializers.Serializer):
    """A text that took the place of another."""

    identifier = serializers.CharField(
        source="name", read_only=True, help_text=gettext_lazy("Its title if it has no identifier.")
    )
    state = StateOrNull(
        choices=[state.value for state in State],
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("Null for a text that is not in this catalogue."),
    )
    url = serializers.SerializerMethodField(
        help_text=gettext_lazy("Its page; null if it is not in this catalogue.")
    )

    def get_url(self, text: TextInChain) -> str | None:
        """Return the full address, if the text has a page."""
        return absolute(text.url) if text.url else None


class SuccessionSerializer(serializers.Serializer):
    """One text that took the place of the work, and how that is known."""

    text = OtherTextSerializer(source="successor", read_only=True)
    verb = serializers.ChoiceField(choices=SuccessionVerb.choices(), read_only=True)
    certainty = serializers.ChoiceField(
        choices=Certainty.choices(),
        read_only=True,
        help_text=CERTAINTIES,
    )
    since = serializers.IntegerField(read_only=True, allow_null=True)
    source = TextOrNull(help_text=gettext_lazy("The source that says so."))


class ReplacementSerializer(serializers.Serializer):
    """What took the place of a work that is not current."""

    words = serializers.CharField(source="sentences", read_only=True)
    steps = SuccessionSerializer(
        many=True, read_only=True, help_text=gettext_lazy("What took its place at once.")
    )
    ends = OtherTextSerializer(
        many=True,
        read_only=True,
        help_text=gettext_lazy("What stands in its place today, at the end of the chain."),
    )
    certainty = serializers.ChoiceField(
        source="chain.certainty",
        choices=Certainty.choices(),
        read_only=True,
        help_text=gettext_lazy("That of the least sure step on the way to the ends."),
    )


@dataclass(frozen=True)
class Candidate:
    """A text that a query may mean, what the query is to it, and what took its place."""

    text: Brief
    why: str
    replacement: Replacement | None


class CandidateSerializer(TextSerializer):
    """A text that the query may mean."""

    why = TextOrNull(
        help_text=gettext_lazy(
            "What a name is to this text; null where the query is a number of it."
        )
    )
    replacement = ReplacementSerializer(
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy(
            "What took the place of its work; null if that is current, or if none is known."
        ),
    )

    def to_representation(self, candidate: Candidate) -> dict[str, Any]:
        """Return the text with what is said of it as a candidate."""
        text = TextSerializer(context=self.context).to_representation(candidate.text)
        why = self.fields["why"].to_representation(candidate.why)
        instead = candidate.replacement and self.fields["replacement"].to_representation(
            candidate.replacement
        )
        return {**text, "why": why, "replacement": instead}


class AnswerSerializer(serializers.Serializer):
    """What one text means."""

    query = serializers.CharField(read_only=True, help_text=gettext_lazy("The text as received."))
    understood = TextOrNull(help_text=gettext_lazy("The query in the spelling of ITU."))
    outcome = serializers.ChoiceField(choices=[word.value for word in Outcome], read_only=True)
    work = TextSerializer(read_only=True, allow_null=True)
    edition = TextSerializer(
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("The edition that was found, or that the component changes."),
    )
    component = TextSerializer(read_only=True, allow_null=True)
    in_force = TextSerializer(
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("The edition of the work that ITU lists as in force."),
    )
    replacement = ReplacementSerializer(
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy(
            "What took the place of the work that was found; null if it is current, or if none is "
            "known. Each candidate has its own."
        ),
    )
    candidates = CandidateSerializer(
        read_only=True,
        many=True,
        help_text=gettext_lazy(
            "The texts that match the query, at most 200: those with the number, in force first; "
            "those that people mean by the name, each with why; the members of the family. "
            "Beside a text that was found, the others with the same name or number."
        ),
    )
    note = TextOrNull(
        help_text=gettext_lazy(
            "A remark on the match, such as why it is the work and not the edition asked for."
        )
    )
    elsewhere = ElsewhereSerializer(read_only=True, allow_null=True)
    near = TextSerializer(
        read_only=True,
        many=True,
        help_text=gettext_lazy(
            "Close matches: editions and components of the work that was found instead and, if a "
            "single query found nothing, works with similar numbers; of a text by others, the "
            "nearest texts of ITU that are in this catalogue."
        ),
    )
    names = NameSerializer(
        read_only=True,
        many=True,
        help_text=gettext_lazy("What people call the work that was found."),
    )
    families = FamilySerializer(
        read_only=True,
        many=True,
        help_text=gettext_lazy(
            "The families of texts that are called as the query says, each with its page."
        ),
    )


class AnswersSerializer(serializers.Serializer):
    """The answers to many texts, in their order."""

    results = AnswerSerializer(read_only=True, many=True)


class ErrorSerializer(serializers.Serializer):
    """What is wrong with a request."""

    error = serializers.CharField(read_only=True)


def facts_of_all(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Return answers in the form that AnswerSerializer writes; one query for all names."""
    briefs = Briefs()
    works = {answer.work.pk for answer in answers if answer.work}
    names = CommonName.objects.by_work(works) if works else {}
    return [_facts_of(answer, briefs, names) for answer in answers]


def _facts_of(answer: Answer, briefs: Briefs, names: Names) -> dict[str, Any]:
    called = names.get(answer.work.pk, ()) if answer.work else ()
    return {
        "query": answer.query,
        "understood": answer.understood,
        "outcome": answer.outcome.value,
        "work": briefs.of(answer.work),
        "edition": briefs.edition(answer),
        "component": briefs.of(answer.component),
        "in_force": briefs.in_force(answer),
        "replacement": briefs.replacement(answer.work),
        "candidates": [_candidate(answer, text, briefs) for text in answer.called_so],
        "note": answer.note,
        "elsewhere": answer.elsewhere,
        "near": briefs.of_all((*answer.near, *answer.nearest)),
        "names": [{"relation": relation, "name": name} for relation, name in called],
        "families": answer.families,
    }


def _candidate(answer: Answer, text: Text, briefs: Briefs) -> Candidate:
    instead = briefs.replacement(work_of(text))
    return Candidate(briefs.of(text), why_candidate(answer, text), instead)
