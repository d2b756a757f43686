"""What stands for a work today and on a day, on rows that no database holds."""

from __future__ import annotations

import datetime

import pytest

from catalog.models import Component, Edition, Publication, PublicationFamily, Sector, Series
from catalog.terms import Precision, State
from catalog.works.on_day import Basis, OnDay, on_day
from catalog.works.standing import (
    derive,
    first_number,
    name_in_place,
    number_in_address,
    standing_edition,
)

DAY = datetime.date(2010, 5, 20)
SUPERSEDED, IN_FORCE = State.SUPERSEDED, State.IN_FORCE


def edition(position: int, state: str = "in-force", **fields) -> Edition:
    """Return an edition approved in the year 2000 + position; its position is its key too."""
    approved = datetime.date(2000 + position, 3, 1)
    return Edition(pk=position, position=position, state=state, **{"approved": approved} | fields)


def component(of: int, state: str, pk: int = 1, **fields) -> Component:
    """Return a component of the edition with a key."""
    return Component(
        pk=pk, edition_id=of, state=state, approved=datetime.date(2005, 1, 1), **fields
    )


def test_the_newest_edition_in_force_stands_for_the_work():
    old, new, newest = edition(1), edition(2), edition(3, "withdrawn")
    assert standing_edition([]) is None
    assert standing_edition(iter([old, newest, new])) is new
    assert standing_edition([edition(1, "superseded"), newest]) is newest
    assert standing_edition([old, edition(2, "pre-published")]).position == 2


def test_what_left_the_source_stands_only_if_nothing_else_is_left():
    old, gone = edition(1, "superseded"), edition(2, left_source=DAY)
    assert standing_edition([old, gone]) is old
    assert standing_edition([gone]) is gone


@pytest.mark.parametrize(
    ("identifier", "series", "number"),
    [
        ("ITU-T G.711", "G", 711),
        ("ITU-T H.13/O.71", "O", 71),
        ("ITU-R BT.2020", "BT", 2020),
        ("ITU-R BT.2020", "T", None),
        ("ITU-T G Suppl. 39", "G", None),
        ("ITU-T G.711", "", None),
    ],
)
def test_a_work_is_found_by_the_number_in_its_series(identifier, series, number):
    assert first_number(identifier, series) == number


@pytest.mark.parametrize(
    ("slug", "numbers", "number"),
    [
        ("g.641-1988", ["g.641"], "g.641"),
        ("g.641-1988", ["g.64", "g.641"], "g.641"),
        ("g.641-1988", ["g.641-1988"], "g.641-1988"),
        ("q.120-q.139", ["q.120"], "q.120-q.139"),
        ("g.641-198", ["g.641"], "g.641-198"),
        ("g.641", ["g.641"], "g.641"),
    ],
)
def test_the_year_of_a_shared_number_is_no_part_of_it(slug, numbers, number):
    editions = [edition(n, number_slug=slug) for n, slug in enumerate(numbers)]
    assert number_in_address(Publication(slug=slug), editions) == number


def work(name: str = "A title", **fields) -> Publication:
    """Return a work of ITU-T with a number in the series G."""
    return Publication(
        **{
            "identifier": "ITU-T G.711",
            "name": name,
            "sector": Sector(code="itu-t", short_name="ITU-T", position=2),
            "series": Series(letters="G"),
            "family": PublicationFamily(states_published=True),
        }
        | fields
    )


def in_place(name: str, *editions: Edition, fixed: bool = False, marks: str = "") -> str:
    """Return what stands in place of a name."""
    return name_in_place(work(name, doubted_fields=marks), editions, name_is_fixed=fixed)


def test_a_doubted_name_gives_way_to_the_best_title_that_is_known():
    first, second, third = edition(1, title="First"), edition(2), edition(3, title="Third")
    assert in_place("A title", first) == ""
    assert in_place("Void", first, fixed=True) == ""
    assert in_place("Void", first, fixed=True, marks="name") == "First"
    assert in_place("Void", first, second) == "First"
    # The standing edition first, then those before it, then those after it.
    second.title, third.state = "Second", "withdrawn"
    assert in_place("Void", first, second, third) == "Second"
    second.title = ""
    assert in_place("Void", third, second, first) == "First"
    first.state = "superseded"
    first.title = "Void"
    assert in_place("Void", first, second, third) == "Third"
    assert in_place("Void", second) == in_place("Void") == "ITU-T G.711"
    # What is marked is not called so again.
    assert in_place("First", edition(1, title="First"), marks="name") == "ITU-T G.711"


def test_a_name_is_doubted_if_all_editions_so_called_are():
    doubted = edition(1, title="A title", doubted_fields="title")
    assert in_place("A title", doubted) == "ITU-T G.711"
    assert in_place("A title", doubted, edition(2, title="A title")) == ""
    assert in_place("A title", doubted, edition(2, title="Other")) == "Other"
    assert in_place("A title") == ""


def test_what_lists_know_of_a_work_follows_from_its_editions():
    found = work("Old", from_source=True)
    newest = edition(3, title="New", doubted_fields="state")
    assert derive(found, [edition(1, "superseded", title="Old"), newest], name_is_fixed=False)
    assert (found.name, found.state, found.year, found.number) == ("New", "in-force", 2003, 711)
    assert (found.current_edition, found.state_doubted, found.undoubted_name) == (newest, True, "")
    assert found.sort_key == "2 g.000711"
    assert not derive(found, [newest], name_is_fixed=False)
    # What left the source counts only if the work left it too.
    newest.left_source = DAY
    assert derive(found, [newest], name_is_fixed=False)
    assert (found.current_edition, found.state, found.year) == (None, "", None)
    assert not found.state_doubted
    found.left_source = DAY
    assert derive(found, [newest], name_is_fixed=False)
    assert found.current_edition == newest


@pytest.mark.parametrize(
    ("fields", "fixed", "name"),
    [
        ({"from_source": True}, False, "New"),
        ({"from_source": True}, True, "Old"),
        ({"from_source": False}, False, "Old"),
    ],
)
def test_only_the_name_of_a_work_of_the_source_follows_its_edition(fields, fixed, name):
    found = work("Old", **fields)
    derive(found, [edition(1, title="New")], name_is_fixed=fixed)
    assert found.name == name
    derive(found, [edition(1, title="")], name_is_fixed=fixed)
    assert found.name == name


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        ("ITU-T G.711", "2 g.000711"),
        ("ITU-R BT.2020", "2 bt.002020"),
        ("ITU-T G Suppl. 39", "2 gzz suppl. 000039"),
        ("ITU-T E-800 series Suppl. 9", "2 ezz-000800 series suppl. 000009"),
        ("", "2 ~ a title"),
    ],
)
def test_works_are_sorted_by_number_then_supplements_then_names(identifier, key):
    found = work(identifier=identifier, series=None)
    derive(found, [], name_is_fixed=False)
    assert (found.sort_key, found.number) == (key, None)


def then(*editions: Edition, parts: tuple[Component, ...] = (), day=DAY, **fields) -> OnDay:
    """Return a work as it stood on a day."""
    return on_day(work(**fields), editions, parts, day)


def test_a_component_has_the_state_of_the_day():
    old, new = edition(1, "superseded", version=1), edition(15, version=2)
    own, other = component(1, "in-force"), component(15, "in-force", 2)
    went, early = component(1, "superseded", 3), component(15, "superseded", 4)
    found = then(old, new, parts=(own, other, went, early))
    assert (found.basis, found.edition, found.following) == (Basis.IN_FORCE, old, new)
    assert (found.parts, found.unsure, found.editions) == ([own, went], [], [old])
    states = [found.state_of(part) for part in (own, went, other, early, old, new)]
    assert states == [IN_FORCE, IN_FORCE, "", SUPERSEDED, IN_FORCE, IN_FORCE]
    assert OnDay(DAY, Basis.NOT_YET).state_of(own) == OnDay(DAY, Basis.NOT_YET).state_of(new) == ""


def test_a_component_superseded_within_its_edition_is_not_sure():
    own, went = component(1, "in-force"), component(1, "superseded", 2)
    late = component(1, "in-force", 3)
    late.approved = DAY + datetime.timedelta(1)
    found = then(edition(1), parts=(own, went, late))
    assert (found.parts, found.unsure) == ([own], [went])
    assert [found.state_of(part) for part in (own, went)] == [IN_FORCE, ""]
    withdrawn = component(1, "withdrawn", 4)
    ended = then(edition(1, "withdrawn"), parts=(went, withdrawn))
    assert (ended.parts, ended.unsure) == ([went], [withdrawn])
    assert ended.state_of(went) == ended.state == ""


@pytest.mark.parametrize("state", ["withdrawn", "not-in-force", "presumed-current", ""])
def test_other_editions_keep_no_state_that_may_have_come_later(state):
    assert then(edition(1), edition(2), edition(15, state)).state_of(edition(15, state)) == ""


@pytest.mark.parametrize(
    ("state", "version", "following", "basis"),
    [
        ("in-force", None, None, Basis.IN_FORCE),
        ("pre-published", None, None, Basis.IN_FORCE),
        ("superseded", None, {}, Basis.IN_FORCE),
        ("superseded", 1, {"version": 2}, Basis.IN_FORCE),
        ("superseded", 1, {"version": 1}, Basis.IN_FORCE),
        ("superseded", 1, {"version": 3}, Basis.GAP),
        ("superseded", None, {"version": 3}, Basis.IN_FORCE),
        ("superseded", 1, {"version": None}, Basis.IN_FORCE),
        ("superseded", 1, {"version": 2, "approved": None}, Basis.GAP),
        ("superseded", None, None, Basis.END_UNKNOWN),
        ("withdrawn", 1, {"version": 2}, Basis.END_UNKNOWN),
        ("presumed-current", None, None, Basis.LATEST_KNOWN),
        ("", None, None, Basis.ISSUE),
    ],
)
def test_what_is_known_of_the_newest_edition_of_the_day(state, version, following, basis):
    editions = [edition(1, state, version=version)]
    if following is not None:
        editions.append(edition(15, **following))
    assert then(*editions).basis is basis


def test_where_no_states_are_published_the_latest_version_is_named():
    family = PublicationFamily(states_published=False)
    assert then(edition(1, "superseded"), edition(15), family=family).basis is Basis.LATEST_KNOWN
    assert then(edition(1, "withdrawn"), family=family).basis is Basis.LATEST_KNOWN
    assert then(edition(1), family=family).basis is Basis.IN_FORCE
    assert then(edition(1, ""), family=family).basis is Basis.ISSUE
    assert then(edition(15), family=family).basis is Basis.BEFORE_FIRST_HELD


@pytest.mark.parametrize(
    ("sector", "version", "fields", "basis"),
    [
        ("itu-t", None, {}, Basis.NOT_YET),
        ("itu-t", 1, {}, Basis.NOT_YET),
        ("itu-t", 2, {}, Basis.BEFORE_FIRST_HELD),
        ("itu-r", 0, {}, Basis.NOT_YET),
        ("itu-r", 1, {}, Basis.BEFORE_FIRST_HELD),
        (
            "itu-t",
            1,
            {"approved": None, "posted": datetime.date(2015, 1, 1)},
            Basis.BEFORE_FIRST_HELD,
        ),
    ],
)
def test_what_is_known_of_the_time_before(sector, version, fields, basis):
    first = edition(15, version=version, **fields)
    found = then(edition(16), first, sector=Sector(code=sector))
    assert (found.basis, found.following, found.edition) == (basis, first, None)
    assert then(edition(1, approved=None)).basis is Basis.NO_EDITION


@pytest.mark.parametrize(
    ("precision", "approved", "is_within"),
    [
        (Precision.DAY, DAY, False),
        (Precision.MONTH, datetime.date(2010, 5, 1), True),
        (Precision.MONTH, datetime.date(2010, 4, 1), False),
        (Precision.MONTH, datetime.date(2009, 5, 1), False),
        (Precision.YEAR, datetime.date(2010, 1, 1), True),
        (Precision.YEAR, datetime.date(2009, 1, 1), False),
    ],
)
def test_the_edition_may_have_come_after_the_day(precision, approved, is_within):
    found = then(edition(1, approved=approved, approved_precision=precision))
    assert found.is_within_precision is is_within
    assert not then().is_within_precision


def test_the_state_of_the_day_is_as_doubted_as_that_of_today():
    assert then(edition(1, doubted_fields="state")).state_doubted
    assert not then(edition(1)).state_doubted
    assert not then().state_doubted


def test_the_place_of_an_edition_goes_before_its_date():
    first, second = edition(1, approved=datetime.date(2009, 1, 1)), edition(2)
    assert then(second, first).edition == second
    assert then(second, first).editions == [second, first]
    assert then(first, edition(2, approved=datetime.date(2010, 5, 21))).edition == first
    assert then(first, edition(2, approved=DAY)).edition.position == 2
