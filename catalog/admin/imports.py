"""What imports did: their runs and reports, what they changed, the records of the data set."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from catalog.admin import searching
from catalog.admin.content import EditorAdmin
from catalog.admin.read_only import ReadOnly
from catalog.models import Change, ImportRun, SourceRecord
from catalog.models.publications import Publication
from catalog.terms import RecordNote, RecordRole

SHOWN_CHANGES = 200

# Of the keys of a report, those that say too little by themselves.
NAMES_OF_FIGURES = {
    "records_accepted": _("records read"),
    "records_left_out": _("of these, not texts of their own"),
    "files_rejected": _("files refused"),
    "thin_itu_t": _("ITU-T, with hardly any fields"),
    "twin_pairs_itu_t": _("ITU-T, two records for one edition"),
    "twin_pairs_itu_r": _("ITU-R, two records for one edition"),
    "works_spot": _("samples"),
    "gone": _("no longer in the source"),
}


class ReadOnlyAdmin(ReadOnly, EditorAdmin):
    """Rows that only imports write: the desk shows them and changes none."""

    view_on_site = False


def figure_rows(figures: dict, above: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield (name, value) in words for every figure of nested groups, the groups named first."""
    for name, value in figures.items():
        place = (*above, _name_of_figure(str(name)))
        if isinstance(value, dict):
            yield from figure_rows(value, place)
        elif value is None:
            yield ": ".join(place), translated("none")
        else:
            yield ": ".join(place), f"{value:,}" if isinstance(value, int) else str(value)


def _name_of_figure(key: str) -> str:
    if key in NAMES_OF_FIGURES:
        return str(NAMES_OF_FIGURES[key])
    words = key.replace("_", " ")
    return words.replace("itu t", "ITU-T").replace("itu r", "ITU-R")


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """Each import with its report."""

    list_display = ["started", "by", "source", "snapshot_date", "changed", "warnings", "figures"]
    list_filter = ["changed", "started"]
    list_select_related = ["by"]
    search_fields = ["source", "checksum", "contents"]
    fields = (
        "started",
        "finished",
        "by",
        "source",
        "snapshot_date",
        "changed",
        "warnings",
        "checksum",
        "contents",
    )

    @admin.display(description=_("counts"))
    def figures(self, run: ImportRun) -> str:
        """Return the counts of the run in one line, those of zero left out."""
        rows = figure_rows(run.counts)
        return ", ".join(f"{name} {value}" for name, value in rows if value != "0")

    def get_queryset(self, request):
        """Leave the reports, which are long, to the page of the run."""
        return super().get_queryset(request).defer("report")

    def get_urls(self):
        """Add the report as a file."""
        view = self.admin_site.admin_view(self.report_view)
        name = "catalog_importrun_report"
        return [path("<int:pk>/report.json", view, name=name), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a run with its report and its first changes."""
        run = self.get_object(request, object_id)
        extra = extra_context or {}
        if run is not None:
            extra = {**extra, **report_context(run)}
        return super().change_view(request, object_id, form_url, extra)

    def report_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Return the run with its whole report as JSON."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = get_object_or_404(ImportRun, pk=pk)
        content = {
            "source": run.source,
            "checksum": run.checksum,
            "contents": run.contents,
            "snapshot_date": run.snapshot_date,
            "started": run.started,
            "finished": run.finished,
            "changed": run.changed,
            "warnings": run.warnings,
            "counts": run.counts,
            "report": run.report,
        }
        name = f"import-{run.snapshot_date}-{run.pk}.json"
        return JsonResponse(
            content,
            json_dumps_params={"indent": 2, "ensure_ascii": False},
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def report_context(run: ImportRun) -> dict:
    """Return what the page of a run shows of its report."""
    report = run.report or {}
    changes = list(run.changes.all()[: SHOWN_CHANGES + 1])
    return {
        "counts": list(figure_rows(report.get("counts") or run.counts or {})),
        "report_figures": list(figure_rows(report.get("figures") or {})),
        "problems": report.get("problems") or [],
        "rejected": report.get("rejected") or [],
        "conflicts": report.get("conflicts") or [],
        "changes": changes[:SHOWN_CHANGES],
        "changes_address": f"{reverse('admin:catalog_change_changelist')}?run__id__exact={run.pk}",
        "has_more_changes": len(changes) > SHOWN_CHANGES,
    }


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """What imports changed, one row for each thing."""

    list_display = ["identifier", "kind", "title", "before", "after", "run", "work"]
    list_filter = ["kind", "run"]
    list_select_related = ["run", "publication"]
    search_fields = ["identifier", "title"]
    fields = ("run", "kind", "identifier", "title", "before", "after", "work")
    readonly_fields = ("work",)

    @admin.display(description=_("publication"))
    def work(self, change: Change) -> str:
        return work_link(change.publication)


class NoteFilter(admin.SimpleListFilter):
    """Filters records by their known problems."""

    title = _("known problems")
    parameter_name = "note"

    def lookups(self, request, model_admin):
        return [(note.value, translated(note.label)) for note in RecordNote]

    def queryset(self, request, queryset):
        """Keep the records with the note that was chosen."""
        chosen = self.value()
        if chosen in [note.value for note in RecordNote]:
            return queryset.with_note(RecordNote(chosen))
        return queryset


class LeftOutFilter(admin.SimpleListFilter):
    """Filters records by whether they were left out."""

    title = _("in the catalogue")
    parameter_name = "left-out"

    def lookups(self, request, model_admin):
        return [("yes", _("Left out")), ("no", _("Taken in"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.left_out()
        if self.value() == "no":
            return queryset.filter(role__in=[role for role in RecordRole if not role.is_left_out])
        return queryset


@admin.register(SourceRecord)
class SourceRecordAdmin(ReadOnlyAdmin):
    """All records of the data set, those that were left out too, with the reason."""

    list_display = ["identifier", "role", "work", "why", "left_source"]
    list_filter = [
        "role",
        LeftOutFilter,
        NoteFilter,
        ("left_source", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["publication"]
    # Searched by `catalog.admin.searching`; the column stands for Django, which asks for one.
    search_fields = ["search_form"]
    search_help_text = _("An identifier in any spelling: g711, G 711 amd 1, ITU-T G.711 (11/1988).")
    fields = (
        "identifier",
        "file",
        "role",
        "why",
        "work",
        "edition_link",
        "component_link",
        "left_source",
    )
    readonly_fields = ("why", "work", "edition_link", "component_link")

    def get_search_results(self, request, queryset, search_term):
        """Return the records with this identifier, however it is spelt."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(searching.records(search_term)), False

    @admin.display(description=_("publication"), ordering="publication__sort_key")
    def work(self, record: SourceRecord) -> str:
        return work_link(record.publication)

    @admin.display(description=_("edition"))
    def edition_link(self, record: SourceRecord) -> str:
        """Return the edition as a link to its form."""
        return _link("edition", record.edition)

    @admin.display(description=_("component"))
    def component_link(self, record: SourceRecord) -> str:
        """Return the component as a link to its form."""
        return _link("component", record.component)

    @admin.display(description=_("known problems, or why it was left out"))
    def why(self, record: SourceRecord) -> str:
        """Return the known problems of a record, and why it was left out if it was."""
        notes = [translated(note.label) for note in record.note_list]
        return " ".join(filter(None, [record.reason, *notes]))


def work_link(work: Publication | None) -> str:
    """Return a work as a link to its form; a dash if it no longer exists."""
    return _link("publication", work)


def _link(name: str, row) -> str:
    if row is None:
        return "–"
    address = reverse(f"admin:catalog_{name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, row)
