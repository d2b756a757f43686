"""What people call texts: names in use, names of texts by others, families of texts."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.admin.content import ContentAdmin
from catalog.admin.forms import EditorForm
from catalog.models import CommonName, OthersName, Publication, Source, TextFamily
from catalog.models.common_names import validate_family_pattern
from catalog.models.fields import lines
from catalog.resolver import Answer, resolve, resolve_many


class SourcedAdmin(ContentAdmin):
    """A page of the desk for rows with a source, which is found by typing."""

    def get_autocomplete_fields(self, request):
        """Name the source where sources have pages of their own to be looked up on."""
        return ["source"] if self.admin_site.is_registered(Source) else []


def reference_to(answer: Answer) -> str:
    """Return the identifier of the work that was found, or its key; the query if none was."""
    work = answer.found
    return (work.identifier or work.key) if isinstance(work, Publication) else answer.query


class CommonNameForm(EditorForm):
    """A name of a work; a number in any spelling becomes the identifier."""

    def clean_reference(self) -> str:
        """Return the identifier as the catalogue spells it; of a work that is not here as typed."""
        reference = self.cleaned_data["reference"]
        if Publication.objects.named([reference]).exists():
            return reference
        return reference_to(resolve(reference))


@admin.register(CommonName)
class CommonNameAdmin(SourcedAdmin):
    """Names by which people call works of the catalogue."""

    form = CommonNameForm
    list_display = ["name", "reference", "relation", "ambiguous_with", "source"]
    list_filter = ["relation"]
    list_select_related = ["source"]
    search_fields = ["name", "reference", "note"]
    fields = ("name", "reference", "relation", "ambiguous_with", "note", "source")
    # It stands on the page of its work.
    view_on_site = False


class OthersNameForm(EditorForm):
    """The name of a text by others; the nearest texts in any spelling become identifiers."""

    def clean_nearest(self) -> str:
        """Return the identifiers as the catalogue spells them, each once."""
        typed = lines(self.cleaned_data["nearest"])
        known = Publication.objects.named(typed).values_list("identifier", "key")
        here = {name for pair in known for name in pair}
        answers = {answer.query: answer for answer in resolve_many(typed)}
        found = (name if name in here else reference_to(answers[name]) for name in typed)
        return "\n".join(dict.fromkeys(found))


@admin.register(OthersName)
class OthersNameAdmin(SourcedAdmin):
    """Names of texts by others, for which people look here."""

    form = OthersNameForm
    list_display = ["name", "owner", "nearest", "source"]
    list_select_related = ["source"]
    search_fields = ["name", "owner", "nearest"]
    fields = ("name", "owner", "nearest", "source")
    # It has no page; searches answer with it.
    view_on_site = False


class TextFamilyForm(EditorForm):
    """A family of texts; its pattern must fit something that is here."""

    def clean_pattern(self) -> str:
        """Refuse a pattern that cannot be used, or fits no text of the catalogue."""
        pattern = self.cleaned_data["pattern"]
        validate_family_pattern(pattern)
        if not Publication.objects.with_identifiers_like(pattern).exists():
            raise ValidationError(_("No text of this catalogue has an identifier that fits."))
        return pattern


@admin.register(TextFamily)
class TextFamilyAdmin(SourcedAdmin):
    """Families of texts that people call by one name."""

    form = TextFamilyForm
    list_display = ["__str__", "covers", "pattern"]
    list_select_related = ["source"]
    search_fields = ["names", "covers", "pattern", "key"]
    fields = ("key", "names", "covers", "pattern", "source")

    def get_readonly_fields(self, request, obj=None):
        """Fix the key of a family that exists: it is its address."""
        return ["key"] if obj else []
