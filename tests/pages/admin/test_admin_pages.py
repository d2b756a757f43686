"""Every page of the desk opens, in a fixed number of queries, for editors and nobody else."""

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import (
    Change,
    Component,
    Correction,
    DeletedEntry,
    Edition,
    ImportRun,
    LoadedRow,
    ProblemReport,
    Publication,
    SearchEntry,
    Series,
    SourceRecord,
    StudyGroup,
    Topic,
)
from catalog.writing.edit import editing
from tests.found import some

pytestmark = pytest.mark.many

HEADINGS = [
    "Publications",
    "Structure",
    "Activities",
    "Membership",
    "Subjects",
    "Sources",
    "Desk",
]
ADMINS = {
    model: model_admin
    for model, model_admin in admin.site._registry.items()
    if model._meta.app_label == "catalog" and model is not SearchEntry
}


def named(model):
    return model._meta.model_name


# Readers, imports and the forms of texts write these; everything else editors add by hand.
NOT_ADDED = (ProblemReport, Correction, DeletedEntry, ImportRun, Change, SourceRecord)
# What imports did is only read, and so is what was deleted.
READ_ONLY = (Correction, DeletedEntry, ImportRun, Change, SourceRecord)


@pytest.fixture
def report(run):
    # Named by no other entry, so that it is soon deleted.
    with editing() as edit:
        edit.save(topic := Topic(key="deleted-soon", name="Deleted soon"))
    with editing() as edit:
        edit.delete(topic)
    return ProblemReport.objects.create(page="/itu-t/g.711/", message="The title is wrong.")


@pytest.mark.parametrize("model", ADMINS, ids=named)
def test_every_list_opens_and_reads_the_same_number_of_queries_for_any_number_of_rows(
    desk, address_of, monkeypatch, report, model
):
    address = address_of(model, "changelist")
    assert desk.open(address).response.status_code == 200

    counts = []
    for rows in (1, 50):
        monkeypatch.setattr(ADMINS[model], "list_per_page", rows)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = desk.open(address)
        counts.append(len(queries))
        shown = len(page.soup.select("#result_list tbody tr"))
        assert shown == min(rows, model._default_manager.count())
    assert counts[0] == counts[1]
    assert counts[1] < 20


@pytest.mark.parametrize("model", ADMINS, ids=named)
def test_every_form_opens(desk, address_of, change_address_of, report, model):
    new = desk.open(address_of(model, "add"))
    assert new.response.status_code == (403 if model in NOT_ADDED else 200)

    if instance := model._default_manager.first():
        assert desk.open(change_address_of(instance)).response.status_code == 200


@pytest.mark.parametrize("model", ADMINS, ids=named)
def test_every_list_can_be_searched(desk, address_of, model):
    page = desk.open(f"{address_of(model, 'changelist')}?q=telecommunication")
    assert page.response.status_code == 200


@pytest.mark.parametrize("model", READ_ONLY, ids=named)
def test_what_imports_did_is_read_and_not_written(desk, change_address_of, report, model):
    instance = model.objects.first()
    before = model.objects.values().get(pk=instance.pk)
    page = desk.open(change_address_of(instance))
    assert not page.soup.select("#content-main input:not([type=hidden])")

    answer = desk.client.post(change_address_of(instance), {"identifier": "x", "_save": "Save"})

    assert answer.status_code == 403
    assert model.objects.values().get(pk=instance.pk) == before


@pytest.mark.slow
def test_a_form_saved_as_it_stands_is_taken(desk, change_address_of, told_edition):
    assert desk.change(told_edition).saved
    assert desk.change(told_edition.publication).saved
    for model in ADMINS:
        if model not in READ_ONLY and (instance := model._default_manager.first()):
            page = desk.change(instance)
            assert page.saved, f"{instance}: {page.refusals}"


def test_the_start_page_groups_what_can_be_edited_by_purpose(desk):
    page = desk.open(reverse("admin:index"))

    groups = {
        module.caption.get_text(strip=True): [row.get_text(strip=True) for row in module("th")]
        for module in page.soup.select("#content-main .module")
    }
    assert list(groups) == HEADINGS
    words = " ".join(name for names in groups.values() for name in names)
    assert "Recommendations" in words
    assert "Initiatives" in words
    assert "Entries of any kind" not in words
    assert page.soup.h1.get_text(strip=True) != "Site administration"
    assert "What would you like to edit?" in page.text


def test_the_page_of_an_app_leads_to_the_start_page(desk):
    answer = desk.open(reverse("admin:app_list", args=["catalog"])).response
    assert answer.url == reverse("admin:index")


def test_no_page_of_the_desk_holds_inline_script_or_style(desk, change_address_of):
    work = Publication.objects.get(key="itu-t-g.711")
    for address in (reverse("admin:index"), change_address_of(work)):
        page = desk.open(address)
        assert not page.soup.select("style, [style], [onclick]")
        assert all(script.has_attr("src") for script in some(page.soup("script")))


def test_what_was_loaded_is_not_for_editing():
    assert not admin.site.is_registered(LoadedRow)


def test_entries_of_any_kind_are_found_for_choosing_and_cannot_be_edited(desk):
    answer = desk.client.get(
        reverse("admin:autocomplete"),
        {
            "term": "G.711",
            "app_label": "catalog",
            "model_name": "entryrelation",
            "field_name": "target",
        },
    )
    found = {row["text"]: row["id"] for row in answer.json()["results"]}
    assert found["ITU-T G.711 (Publication)"] == "itu-t-g.711"

    row = SearchEntry.objects.first()
    assert desk.client.get(reverse("admin:catalog_searchentry_add")).status_code == 403
    change = reverse("admin:catalog_searchentry_change", args=[row.pk])
    assert desk.client.post(change, {"title": "x"}).status_code == 403
    delete = reverse("admin:catalog_searchentry_delete", args=[row.pk])
    assert desk.client.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", [User, Group], ids=named)
def test_an_editor_cannot_open_accounts(desk, address_of, model):
    assert desk.open(address_of(model, "changelist")).response.status_code == 403
    assert desk.open(address_of(model, "add")).response.status_code == 403


def test_a_superuser_finds_accounts_on_the_start_page(client, db):
    client.force_login(User.objects.create_superuser("root", password="Kx7-hullabaloo"))
    answer = client.get(reverse("admin:index"))
    assert "Accounts" in answer.content.decode()
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 200


@pytest.mark.parametrize("model", ADMINS, ids=named)
def test_a_stranger_is_led_to_the_login(client, db, address_of, model):
    address = address_of(model, "changelist")
    assert client.get(address).url == f"{reverse('admin:login')}?next={address}"
    # Nor is anything taken from strangers.
    assert client.post(address_of(model, "add"), {"name": "x"}).status_code == 302


def test_a_reader_without_the_right_to_edit_is_not_let_in(client, db):
    client.force_login(User.objects.create_user("reader", password="Kx7-hullabaloo"))
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_eleventh_guess_of_a_password_is_not_even_tried(client, editor):
    login = reverse("admin:login")
    answers = [
        client.post(login, {"username": "anna", "password": f"guess {number}"})
        for number in range(10)
    ]
    assert {answer.status_code for answer in answers[:9]} == {200}

    answer = client.post(login, {"username": "anna", "password": "Kx7-hullabaloo"})

    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session


def test_the_right_password_opens_the_desk(client, login_page):
    form = login_page.form().fill(username="anna", password="Kx7-hullabaloo")
    answer = client.post(reverse("admin:login"), form.data, follow=True)
    assert "What would you like to edit?" in answer.content.decode()


def test_nothing_is_saved_by_following_a_link(desk, change_address_of):
    topic = Topic.objects.get(key="5g")
    address = change_address_of(topic)
    form = desk.open(address).form().fill(name="Changed by a link")

    desk.client.get(address, {**form.data, "_save": "Save"})
    desk.client.get(reverse("admin:catalog_topic_delete", args=[topic.pk]), {"post": "yes"})

    topic.refresh_from_db()
    assert topic.name != "Changed by a link"


def test_a_form_from_another_site_is_refused(editor, change_address_of):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    topic = Topic.objects.get(key="5g")

    answer = client.post(change_address_of(topic), {"name": "Forged", "_save": "Save"})

    assert answer.status_code == 403
    assert not Topic.objects.filter(name="Forged").exists()


def test_a_report_is_read_and_marked_as_handled(desk, change_address_of, report):
    page = desk.open(change_address_of(report))
    assert page.soup.select_one(".field-page_link a")["href"] == "/itu-t/g.711/"
    assert "The title is wrong." in page.text

    desk.client.post(
        reverse("admin:catalog_problemreport_changelist"),
        {"action": "mark_handled", "_selected_action": [report.pk]},
    )

    report.refresh_from_db()
    assert report.handled


def test_a_page_that_is_not_ours_is_not_linked(desk, change_address_of, db):
    report = ProblemReport.objects.create(page="javascript:alert(1)", message="Click it.")
    page = desk.open(change_address_of(report))
    assert "javascript:alert(1)" in page.text
    assert not page.soup.select('a[href^="javascript"]')


LONG_TABLES = (Publication, Edition, Component, StudyGroup, Series, SourceRecord, Change)


def forms_of_the_desk():
    """Yield every page and every table of the desk."""
    for model, model_admin in ADMINS.items():
        yield pytest.param(model_admin, id=named(model))
        inlines = dict.fromkeys([*model_admin.inlines, *getattr(model_admin, "source_inlines", [])])
        for inline in inlines:
            name = f"{named(model)}-{inline.__name__}"
            yield pytest.param(inline(model, admin.site), id=name)


@pytest.mark.parametrize("page", list(forms_of_the_desk()))
def test_no_form_offers_a_long_table_in_a_select_box(rf, editor, page):
    request = rf.get("/")
    request.user = editor
    if isinstance(page, admin.ModelAdmin):
        form, can_add = page.get_form(request), page.has_add_permission(request)
    else:
        form, can_add = page.get_formset(request).form, page.has_add_permission(request, None)
    is_written = can_add or page.has_change_permission(request)
    if not is_written:
        return
    # The table of changes of an import has none.
    for name, field in some(form.base_fields.items()):
        model = getattr(getattr(field, "queryset", None), "model", None)
        # The editions in the table of components are those of the work; see `ComponentFormSet`.
        if model in LONG_TABLES and (page.model, name) != (Component, "edition"):
            widget = getattr(field.widget, "widget", field.widget)
            assert isinstance(widget, AutocompleteMixin), name


def test_who_may_only_look_sees_texts_from_the_source(client, correction, change_address_of):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)
    edition = correction.edition
    for thing in (edition, edition.publication, correction):
        answer = client.get(change_address_of(thing))
        assert answer.status_code == 200
        assert client.post(change_address_of(thing), {"title": "x"}).status_code == 403
    assert correction.reason in client.get(change_address_of(edition)).content.decode()
