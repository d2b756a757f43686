"""Works of every kind, with their names, editions and components in one form."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from catalog.admin import searching
from catalog.admin.correctable import CorrectableAdmin, CorrectableForm, locked_words
from catalog.admin.entries import EntryAdmin
from catalog.admin.forms import EditorForm, EntryForm
from catalog.admin.formsets import ComponentFormSet
from catalog.admin.parts import ComponentForm, EditionForm
from catalog.admin.rows import RowsInline
from catalog.admin.successors import SuccessionLinks
from catalog.models import (
    Component,
    Edition,
    Handbook,
    Publication,
    PublicationFamily,
    PublicationName,
    PublicationRelation,
    Question,
    Recommendation,
    Regulation,
    Report,
    Resolution,
    SeriesSupplement,
    Supplement,
    TopicOfWork,
)
from catalog.terms import Kind, NameKind
from catalog.wording.topic_grounds import grounds_words


class FamilyForm(EntryForm):
    address_parts = {"slug": "family"}


@admin.register(PublicationFamily)
class PublicationFamilyAdmin(EntryAdmin):
    """The kinds of publications of each Sector."""

    form = FamilyForm
    list_display = ["name", "sector", "slug", "states_published", "verification"]
    list_filter = ["sector", "states_published", "verification"]
    list_select_related = ["sector"]
    search_fields = ["name", "slug", "aliases", "key", "sector__short_name"]
    what = ("sector", "slug", "position", "states_published")


class NameForm(EditorForm):
    """One further name of a work, in the table of its form."""

    address_parts = {"slug": "publication"}

    def clean(self) -> dict:
        """Make a name that an editor changed the editors' own: imports leave it alone."""
        cleaned = super().clean()
        if self.has_changed():
            self.instance.from_source = False
        return cleaned


class NameInline(RowsInline):
    """Former numbers, second numbers, twins at ISO/IEC."""

    model = PublicationName
    form = NameForm
    fields = ("kind", "name", "slug")
    sizes = {"name": 40}


class EditionInline(RowsInline):
    """The editions of a work; the full form of each is one link away."""

    model = Edition
    form = EditionForm
    show_change_link = True
    fields = (
        "identifier",
        "slug",
        "version",
        "approved",
        "approved_precision",
        "state",
        "state_grounds",
        "position",
    )
    sizes = {"identifier": 24, "slug": 7, "state_grounds": 16}


class ComponentInline(RowsInline):
    """The amendments, corrigenda and other components of a work."""

    model = Component
    form = ComponentForm
    formset = ComponentFormSet
    show_change_link = True
    fields = (
        "type",
        "identifier",
        "slug",
        "edition",
        "approved",
        "approved_precision",
        "state",
        "state_grounds",
        "position",
    )
    sizes = {"identifier": 24, "slug": 11, "state_grounds": 10}


class SourceRowsInline(RowsInline):
    """Editions or components of a work from the source: shown here, corrected on their own page.

    So a correction always has its reason. Rows that the source lacks can be added.
    """

    show_change_link = False

    def get_queryset(self, request):
        """Read the rows with what their columns show."""
        return super().get_queryset(request).prefetch_related("corrections")

    def has_change_permission(self, request, obj=None):
        """Leave changes to the page of the row."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Leave deleting to the page of the row, which says that an import brings it back."""
        return False

    def get_fields(self, request, obj=None):
        """Show the way to the row and its locked fields beside the others."""
        return ("own_page", *super().get_fields(request, obj), "locked")

    def get_readonly_fields(self, request, obj=None):
        """Show what is no field."""
        return ("own_page", *super().get_readonly_fields(request, obj), "locked")

    @admin.display(description=_("form"))
    def own_page(self, part: Edition | Component) -> str:
        """Return the link to the form of the row."""
        if part.pk is None:
            return ""
        name = f"admin:catalog_{part._meta.model_name}_change"
        words = _("Correct %(text)s") % {"text": part.identifier}
        return format_html('<a href="{}">{}</a>', reverse(name, args=[part.pk]), words)

    @admin.display(description=_("locked fields"))
    def locked(self, part: Edition | Component) -> str:
        return locked_words(part) if part.pk else ""


class SourceEditionInline(SourceRowsInline, EditionInline):
    """The editions of a work from the source, in the table of `SourceRowsInline`."""


class SourceComponentInline(SourceRowsInline, ComponentInline):
    def get_queryset(self, request):
        """Read the components with their editions."""
        return super().get_queryset(request).select_related("edition")


class RelationForm(EditorForm):
    """A row of the works to which a work stands in a relation."""

    def clean_target(self) -> Publication:
        """Return the other work; in a table Django does not ask the database's rule for it."""
        target = self.cleaned_data["target"]
        if target.pk == self.instance.subject_id:
            raise ValidationError(_("A text cannot be related to itself."))
        return target


class RelationInline(RowsInline):
    """Works to which this one is a supplement, or as which it was published too."""

    model = PublicationRelation
    fk_name = "subject"
    form = RelationForm
    fields = ("kind", "target")
    autocomplete_fields = ("target",)
    verbose_name = _("relation to another text")
    verbose_name_plural = _("relations to other texts, set by editors")

    def get_queryset(self, request):
        """Leave out the relations that imports write."""
        return super().get_queryset(request).select_related("target").filter(from_source=False)


class SourceRelationInline(RelationInline):
    """Relations from the source: shown, and changed only by imports."""

    verbose_name_plural = _("relations to other texts, from the data set")
    max_num = 0
    autocomplete_fields = ()

    def get_queryset(self, request):
        """Keep the relations that imports write."""
        rows = admin.TabularInline.get_queryset(self, request)
        return rows.select_related("target").filter(from_source=True)

    def has_change_permission(self, request, obj=None):
        return False

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class SeriesSupplementInline(RowsInline):
    """The series that a supplement goes with."""

    model = SeriesSupplement
    fields = ("series",)
    autocomplete_fields = ("series",)


class SourceSeriesInline(SeriesSupplementInline):
    """The series that the source says a supplement goes with; imports write them."""

    has_change_permission = SourceRelationInline.has_change_permission
    has_add_permission = SourceRelationInline.has_add_permission
    has_delete_permission = SourceRelationInline.has_delete_permission
    autocomplete_fields = ()


class PublicationForm(CorrectableForm, EntryForm):
    address_parts = {"slug": "publication"}


@admin.register(Publication)
class PublicationAdmin(SuccessionLinks, CorrectableAdmin, EntryAdmin):
    form = PublicationForm
    inlines = [
        NameInline,
        EditionInline,
        ComponentInline,
        RelationInline,
        SeriesSupplementInline,
    ]
    # The same tables for a work from the source.
    source_inlines = [
        NameInline,
        SourceEditionInline,
        SourceComponentInline,
        RelationInline,
        SourceRelationInline,
        SourceSeriesInline,
    ]
    list_display = ["label", "name", "kind", "sector", "state", "year", "verification"]
    list_filter = ["sector", "kind", "state", "verification", "series"]
    list_select_related = ["sector"]
    # Searched by `catalog.admin.searching`; the column stands for Django, which asks for one.
    search_fields = ["identifier"]
    search_help_text = _("A number in any spelling (g711, ITU-T G.711), a name, or a key.")
    autocomplete_fields = ["family", "series", "study_group", "goals"]
    what = ("identifier", "kind", "sector", "family", "slug", "series", "study_group")
    words = ("purpose", "used_in", "keywords")
    links = ("topics_and_why", "goals")
    # Keys of works keep the dots of their numbers (itu-t-g.711), which proposals would drop.
    key_from = ()

    def save_model(self, request, obj, form, change):
        """Save; the number of the address that a work leaves stays a name of it."""
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            left = form.initial["slug"]
            name = form.initial.get("identifier", "").removeprefix("ITU-T ") or left
            if not obj.names.filter(name=name).exists():
                former = PublicationName(
                    publication=obj, name=name, kind=NameKind.FORMER, slug=left
                )
                request.edit.save(former)

    def get_readonly_fields(self, request, obj=None):
        """Show the topics, which follow from rules and choices."""
        return [*super().get_readonly_fields(request, obj), "topics_and_why"]

    @admin.display(description=_("topics"))
    def topics_and_why(self, work: Publication) -> str:
        """Return the topics of a work with the reason of each, and the way to its form."""
        links = TopicOfWork.objects.of_work(work.pk) if work.pk else []
        lines = format_html_join("", "<li>{}</li>", ([self._topic_and_why(link)] for link in links))
        words = _("They follow from the rules and choices in the form of each topic.")
        return format_html("<ul>{}</ul><p>{}</p>", lines, words)

    def _topic_and_why(self, link: TopicOfWork) -> str:
        form = reverse("admin:catalog_topic_change", args=[link.topic_id])
        why = grounds_words(link) or _("not worked out yet")
        return format_html('<a href="{}">{}</a>: {}', form, link.topic.name, why)

    @admin.display(description=_("publication"), ordering="sort_key")
    def label(self, work: Publication) -> str:
        """Return the identifier, else the title."""
        return work.label

    def get_inlines(self, request, obj):
        """Return the tables of the form; what imports write is corrected elsewhere."""
        tables = super().get_inlines(request, obj)
        is_of_source = obj is not None and obj.source_records.exists()
        return [*self.source_inlines, *tables[len(self.inlines) :]] if is_of_source else tables

    def get_search_results(self, request, queryset, search_term):
        """Return the works with this number, however it is spelt, or with these words."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=searching.works(search_term)), False

    def _create_formsets(self, request, obj, change):
        # The only place where Django has all tables of a form together.
        formsets, inlines = super()._create_formsets(request, obj, change)
        by_model = {formset.model: formset for formset in formsets}
        if components := by_model.get(Component):
            components.editions = by_model.get(Edition)
        return formsets, inlines


class KindAdmin(PublicationAdmin):
    """Works of the kinds of one proxy; no other kind can be chosen there."""

    list_filter = ["sector", "state", "verification", "series"]

    def get_list_display(self, request):
        """Leave the kind out where all works of the list have the same."""
        columns = super().get_list_display(request)
        return columns if len(self.model.kinds) > 1 else [c for c in columns if c != "kind"]

    def get_list_filter(self, request):
        """Offer the kind as a filter where there are several."""
        filters = super().get_list_filter(request)
        return ["kind", *filters] if len(self.model.kinds) > 1 else filters

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Limit the kind to those of the list, the usual one chosen."""
        if db_field.name == "kind":
            kinds: tuple[Kind, ...] = self.model.kinds
            kwargs["choices"] = [(kind.value, _(kind.label)) for kind in kinds]
            kwargs["initial"] = kinds[0].value
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Recommendation, Supplement, Question, Resolution)
class SingleKindAdmin(KindAdmin):
    """Works of one kind, which is therefore no column and no filter."""


@admin.register(Report, Handbook, Regulation)
class SeveralKindsAdmin(KindAdmin):
    """Works of a few kinds that belong together."""
