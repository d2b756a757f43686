"""An editor at the desk: opens forms, fills them in as a browser would, reads what comes back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cached_property

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.identifiers import compact
from catalog.models import Change, Edition, ImportRun, Publication, SourceRecord
from catalog.writing import corrections
from catalog.writing.edit import editing

WRONG_TITLE = "Part 01 - Month 01"
NOT_SENT = {"submit", "button", "file", "reset"}


class Form:
    """The fields of an admin form with what a browser would send for them."""

    def __init__(self, form: Tag):
        self.data: dict[str, list[str]] = {}
        for field in form.select("input[name], textarea[name], select[name]"):
            if "__prefix__" in field["name"] or field.has_attr("disabled"):
                continue
            values = list(_values(field))
            if values:
                self.data.setdefault(field["name"], []).extend(values)

    def fill(self, **values: object) -> Form:
        """Write values into fields; a list stands for several choices."""
        for name, value in values.items():
            many = value if isinstance(value, list) else [value]
            self.data[name] = [str(item) for item in many]
        return self

    def fill_row(self, table: str, number: int, **values: object) -> Form:
        """Write values into one row of a table."""
        return self.fill(**{f"{table}-{number}-{name}": value for name, value in values.items()})

    def add_row(self, table: str, **values: object) -> int:
        """Add a row to a table, as the button does; return its number."""
        number = int(self.data[f"{table}-TOTAL_FORMS"][0])
        self.data[f"{table}-TOTAL_FORMS"] = [str(number + 1)]
        self.fill_row(table, number, **values)
        return number

    def row_of(self, table: str, instance: models.Model) -> int:
        """Return the number of the row that shows this instance."""
        return next(
            number
            for number in range(int(self.data[f"{table}-TOTAL_FORMS"][0]))
            if self.data.get(f"{table}-{number}-id") == [str(instance.pk)]
        )


def _values(field: Tag) -> Iterable[str]:
    if field.name == "select":
        chosen = field.select("option[selected]")
        if not chosen and not field.has_attr("multiple"):
            chosen = field.select("option")[:1]
        yield from (option.get("value", "") for option in chosen)
    elif field.name == "textarea":
        yield field.text.removeprefix("\r").removeprefix("\n")
    elif field.get("type") in ("checkbox", "radio"):
        if field.has_attr("checked"):
            yield field.get("value", "on")
    elif field.get("type") not in NOT_SENT:
        yield field.get("value", "")


class Page:
    """An answer of the desk as an editor reads it."""

    def __init__(self, response):
        self.response = response

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The parsed page."""
        return BeautifulSoup(self.response.content, "lxml")

    @property
    def saved(self) -> bool:
        """Whether the form was taken."""
        return self.response.status_code == 302

    def form(self) -> Form:
        """Return the main form, ready to be filled in."""
        return Form(self.soup.select_one("#content-main form"))

    def said_at(self, field: str, row: str = "") -> str:
        """Return the refusals at a field, of the entry or of one row of a table."""
        place = f"#{row} .field-{field}" if row else f".form-row.field-{field}"
        return " ".join(item.get_text(" ") for item in self.soup.select(f"{place} .errorlist li"))

    @property
    def refusals(self) -> str:
        """All refusals of the page."""
        return " ".join(item.get_text(" ") for item in self.soup.select(".errorlist li"))

    @property
    def text(self) -> str:
        """The words of the page."""
        return self.soup.get_text(" ", strip=True)


class Desk:
    """The admin as one editor uses it."""

    def __init__(self, client: Client):
        self.client = client

    def open(self, address: str) -> Page:
        """Read a page of the desk."""
        return Page(self.client.get(address))

    def send(self, address: str, form: Form) -> Page:
        """Press ‘Save’."""
        return Page(self.client.post(address, {**form.data, "_save": "Save"}))

    def answer(self, address: str, form: Form) -> Page:
        """Press the one button of a page that asks."""
        return Page(self.client.post(address, form.data))

    def change(self, instance: models.Model, **values: object) -> Page:
        """Open the form of an entry, fill in values, press ‘Save’."""
        address = change_address(instance)
        return self.send(address, self.open(address).form().fill(**values))

    def delete(self, instance: models.Model, **values: object) -> Page:
        """Delete an entry, confirming it, with a reason unless another one is given."""
        values = {"reason": "Recorded twice.", **values}
        address = reverse(admin_name(type(instance), "delete"), args=[instance.pk])
        question = self.open(address)
        if question.soup.select_one("#content-main form") is None:
            return Page(self.client.post(address, {"post": "yes"}))
        return self.answer(address, question.form().fill(**values))

    def ask(self, model: type[models.Model], action: str, rows: Iterable[models.Model]) -> Page:
        """Choose rows of a list and an action; return the page that asks before it is done."""
        chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
        return Page(self.client.post(reverse(admin_name(model, "changelist")), chosen))

    def act(
        self, model: type[models.Model], action: str, rows: Iterable[models.Model], **values: object
    ) -> Page:
        """Choose rows of a list and an action, and confirm it."""
        form = self.ask(model, action, rows).form()
        if "reason" in form.data:
            form.fill(reason="Recorded twice.")
        form.fill(**values)
        return self.answer(reverse(admin_name(model, "changelist")), form)


def admin_name(model: type[models.Model], page: str) -> str:
    """Return the name of an admin address."""
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"


def change_address(instance: models.Model) -> str:
    """Return the address of the form of an entry."""
    return reverse(admin_name(type(instance), "change"), args=[instance.pk])


def choices(page):
    """Return the pairs of values that a page puts side by side, by the name of their boxes."""
    return {
        box.select_one("input[type=radio]")["name"].removesuffix("-keep"): [
            " ".join(side.get_text(" ").split()) for side in box.select("dd")
        ]
        for box in page.soup.select("fieldset.decide")
    }


def resend(desk, address, page, **values):
    """Send a form again that came back, with further values."""
    return desk.send(address, page.form().fill(**values))


@pytest.fixture
def editor(db):
    """An account in the group of editors."""
    user = get_user_model().objects.create_user("anna", password="Kx7-hullabaloo", is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def desk(client, editor) -> Desk:
    """The desk, with the editor logged in."""
    client.force_login(editor)
    return Desk(client)


@pytest.fixture
def publisher(editor):
    """An account that may delete texts of the data set, too."""
    editor.groups.add(Group.objects.get(name="Publishers"))
    return editor


@pytest.fixture
def login_page(client, editor) -> Page:
    """The page on which the editor logs in."""
    return Page(client.get(reverse("admin:login")))


@pytest.fixture
def change_address_of():
    """Give tests the address of the form of an entry."""
    return change_address


@pytest.fixture
def address_of():
    """Give tests the address of another page of the desk, by model and name of the page."""
    return lambda model, page: reverse(admin_name(model, page))


@pytest.fixture
def maria(db):
    """The other editor."""
    return get_user_model().objects.create_user("maria", is_staff=True)


@pytest.fixture
def change(maria):
    """Change a row as the other editor does."""

    def write(row, **values):
        row = type(row)._base_manager.get(pk=row.pk)
        with editing(maria, reason="Seen at ITU") as edit:
            edit.watch(row)
            for name, value in values.items():
                setattr(row, name, value)
            edit.save(row)

    return write


def add_record(identifier: str, **fields) -> SourceRecord:
    """Return a record of the data set, as an import would note it."""
    form = compact(identifier)
    fields = {"role": "edition", "file": f"data/{form}.yaml", "checksum": 1, **fields}
    return SourceRecord.objects.create(identifier=identifier, search_form=form, **fields)


@pytest.fixture
def told_edition(db) -> Edition:
    """The edition ITU-R P.835-7 as the source tells of it, with a wrong title."""
    work = Publication.objects.get(key="itu-r-p.835")
    for edition in work.editions.all():
        add_record(edition.identifier, publication=work, edition=edition)
    edition = work.editions.get(slug="7")
    edition.title = WRONG_TITLE
    edition.abstract = "First line.\nSecond line."
    edition.save()
    return edition


@pytest.fixture
def correction(told_edition, editor):
    """A correction of the wrong title."""
    return corrections.correct(
        told_edition,
        "title",
        "Reference standard atmospheres",
        "The record has the title of a data file.",
        "ITU page of P.835-7, seen 24 November 2026",
        editor,
    )


@pytest.fixture
def run(correction) -> ImportRun:
    """An import with a report in which every part has something to say."""
    now = timezone.now()
    run = ImportRun.objects.create(
        started=now,
        finished=now,
        source="snapshot.zip",
        checksum="a1" * 32,
        contents="b2" * 32,
        snapshot_date=datetime.date(2026, 8, 22),
        changed=True,
        warnings=3,
        counts={"works": {"new": 4711}},
        report={
            "figures": {"works": {"itu_t": 7093, "itu_r": 2764}},
            "problems": [
                {
                    "code": "thin",
                    "label": "Records that lack almost everything",
                    "count": 231,
                    "examples": ["ITU-T X.1500 (2011) Amd. 10", "<b>odd</b>"],
                }
            ],
            "rejected": [{"file": "data/broken.yaml", "reason": "no mapping"}],
            "conflicts": [
                {
                    "thing": "ITU-R P.835-7",
                    "field": "title",
                    "value": "Reference standard atmospheres",
                    "source_value": "Part 02",
                    "reason": "The record has the title of a data file.",
                }
            ],
        },
    )
    for position in range(3):
        Change.objects.create(
            run=run,
            position=position,
            kind="retitled",
            publication=correction.edition.publication,
            identifier=f"ITU-R P.835-{position}",
            title="Atmospheres",
            before="Old words",
            after="New words",
        )
    return run
