"""The desk: names in use, names of texts by others, families of texts, references that wait."""

from __future__ import annotations

import pytest
from django.urls import reverse

from catalog.models import CommonName, OthersName, TextFamily
from tests.found import some
from tests.pages.admin.conftest import admin_name

pytestmark = pytest.mark.django_db


def add(desk, model, **values):
    """Fill in an empty form and press ‘Save’."""
    address = reverse(admin_name(model, "add"))
    return desk.send(address, desk.open(address).form().fill(**values))


def test_a_name_is_added_and_opens_its_work_at_once(desk, client):
    page = add(desk, CommonName, name="Plovercode", reference="g 711", relation="is")
    assert page.saved, page.refusals
    row = CommonName.objects.get(name="Plovercode")
    assert (row.reference, row.work.key) == ("ITU-T G.711", "itu-t-g.711")
    assert client.get("/search/?q=plovercode")["Location"].startswith("/itu-t/g.711/")
    assert desk.change(row, ambiguous_with="a bird").saved
    assert client.get("/search/?q=plovercode").status_code == 200


def test_the_name_of_a_work_that_is_not_here_is_kept_as_typed_and_listed(desk):
    page = add(desk, CommonName, name="Plovercode", reference="ITU-T G.99990", relation="is")
    assert page.saved, page.refusals
    start = desk.open("/admin/")
    waiting = CommonName.objects.waiting().count()
    assert f"Names in use: {waiting}" in start.soup.select_one("#waiting").get_text()
    listed = desk.open(start.soup.select_one("#waiting a")["href"])
    assert listed.response.status_code == 200
    (found,) = [
        row for row in listed.soup.select("#content-main li") if "Plovercode" in row.get_text()
    ]
    assert "ITU-T G.99990" in found.get_text()
    assert desk.open(found.a["href"]).response.status_code == 200


def test_the_nearest_texts_become_identifiers(desk):
    page = add(
        desk, OthersName, name="Plovercode", owner="The birds", nearest="g711\nG.99990\nG.722"
    )
    assert page.saved, page.refusals
    nearest = OthersName.objects.get(name="Plovercode").nearest_list
    assert nearest == ["ITU-T G.711", "G.99990", "ITU-T G.722"]


def test_a_pattern_that_cannot_be_used_is_refused_at_its_field(desk):
    for pattern, reason in some(
        [
            (r"^ITU-T (\d+)+$", "Only ? may stand after a group"),
            (r"^ITU-T Q\.99\d\d\d$", "No text of this catalogue"),
        ]
    ):
        page = add(desk, TextFamily, key="family-birds", names="Birds", pattern=pattern)
        assert not page.saved
        assert reason in str(page.refusals)
    page = add(desk, TextFamily, key="family-birds", names="Birds", pattern=r"^ITU-T G\.71\d$")
    assert page.saved, page.refusals


def test_who_may_not_see_names_sees_no_list_of_what_waits(client, django_user_model):
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    client.force_login(user)
    assert client.get("/admin/waiting/").status_code == 403
    assert b'id="waiting"' not in client.get("/admin/").content
