"""What every page of the admin is guarded by: keys and filters that no database can look up.

Django asks the database for whatever a form or an address names; `1e9` is no number for it, and
a number of 23 digits overflows its columns, in the middle of a page. `catalog.editors_site` puts
this in front of every admin class, those of other apps too.
"""

from __future__ import annotations

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError, models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.models.validators import LONGEST_KEY, validate_key

LARGEST_KEY = models.BigAutoField.MAX_BIGINT
DIGITS = len(str(LARGEST_KEY))


def is_key(value: object) -> bool:
    """Return whether a value from outside can be the primary key of a row."""
    text = str(value)
    is_number = text.isascii() and text.isdecimal() and len(text) <= DIGITS
    return is_number and int(text) <= LARGEST_KEY


class _KeysAlone:
    """Shows what was sent again, without what cannot be a row; the field has refused that."""

    def optgroups(self, name, value, attrs=None):
        """Return the options that are chosen."""
        return super().optgroups(name, [key for key in value if is_key(key)], attrs)


class ChooseOne(_KeysAlone, AutocompleteSelect):
    """Choosing a row by typing."""


class ChooseSeveral(_KeysAlone, AutocompleteSelectMultiple):
    """Choosing rows by typing."""


class ChooseByKey(AutocompleteSelect):
    """Choosing an entry by typing; what is sent is its key."""

    @staticmethod
    def is_key(value: object) -> bool:
        """Return whether a value from outside can be the key of an entry."""
        try:
            validate_key(str(value))
        except ValidationError:
            return False
        return len(str(value)) <= LONGEST_KEY

    def optgroups(self, name, value, attrs=None):
        """Return the option that is chosen; what can be no key has been refused."""
        return super().optgroups(name, [key for key in value if self.is_key(key)], attrs)


class SeveralField(forms.ModelMultipleChoiceField):
    """Rows that are chosen; what cannot be a row is refused before the database is asked."""

    def clean(self, value):
        """Return the rows; raise ValidationError for anything that is not one."""
        for key in value if isinstance(value, list | tuple) else ():
            if not is_key(key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": str(key)[:DIGITS]},
                )
        return super().clean(value)


class GuardedFields:
    """Gives forms and tables the fields and boxes of this module; mixed into admin classes."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Return the field of a row that is chosen."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Return the field of rows that are chosen."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseSeveral(db_field, self.admin_site))
        kwargs.setdefault("form_class", SeveralField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class _GuardedResults:
    """A list whose filters may hold what no database can compare."""

    def get_results(self, request: HttpRequest) -> None:
        """Read the rows; raise IncorrectLookupParameters if a filter makes no sense."""
        try:
            super().get_results(request)
        except (ValueError, OverflowError, IndexError, DataError) as error:
            raise IncorrectLookupParameters(error) from error


class Guarded(GuardedFields):
    """Guards the pages of one model; mixed into every admin class."""

    def get_changelist(self, request: HttpRequest, **options) -> type[ChangeList]:
        """Return the list of the admin class, guarded."""
        plain = super().get_changelist(request, **options)
        return type(plain.__name__, (_GuardedResults, plain), {})

    def response_action(self, request: HttpRequest, queryset) -> HttpResponse | None:
        """Do what was chosen with the rows that were chosen; refuse what can be no row."""
        is_number = isinstance(self.opts.pk, models.IntegerField)
        if is_number and not all(map(is_key, request.POST.getlist("_selected_action"))):
            raise BadRequest(
                _("The choice is not a row of this list. Reload the list and choose again.")
            )
        return super().response_action(request, queryset)
