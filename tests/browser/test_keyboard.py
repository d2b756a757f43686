"""Every task with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import all_stops, has_focus, holds_focus, left_out, tab_to
from tests.found import some

THINNEST_RING = 2  # CSS pixels
WALKED = (
    "/",
    "/publications/?sector=itu-r",
    "/itu-t/g.711/",
    "/membership/",
    "/report/",
    "/go/",
    "/go/?id=BT.2020",
    "/go/batch/",
    "/search/?q=fax&sort=best",
    "/about/states/",
)

# Answers as soon as the region has moved.
HAS_SCROLLED = """region => region.scrollLeft > 0 || new Promise(
  done => region.addEventListener("scroll", done, {once: true}))"""

every_walk = pytest.mark.parametrize("path", WALKED)


@every_walk
def test_every_stop_shows_its_ring_in_reading_order_and_none_is_left_out(page: Page, path: str):
    """The ring is visible and uncovered at every stop, and Tab leaves the page at its end."""
    page.goto(path)
    stops = some(all_stops(page))
    assert [stop.html for stop in stops if stop.ring < THINNEST_RING] == []
    assert [stop.html for stop in stops if not stop.is_seen] == []
    assert [stop.html for stop in stops if not stop.is_in_order] == []
    assert left_out(page) == []


@every_walk
def test_every_stop_shows_its_ring_on_a_narrow_screen(narrow_page: Page, path: str):
    """Nothing is covered or cut off where the page has one column."""
    narrow_page.goto(path)
    stops = some(all_stops(narrow_page))
    assert [stop.html for stop in stops if stop.ring < THINNEST_RING or not stop.is_seen] == []
    assert left_out(narrow_page) == []


@pytest.mark.parametrize("path", ["/", "/itu-t/g.711/", "/publications/"])
def test_the_first_stop_skips_to_the_content(page: Page, path: str):
    """The skip link comes first, is seen, and moves the focus into the content."""
    page.goto(path)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    assert has_focus(skip)
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    main = page.get_by_role("main")
    expect(main).to_be_focused()
    page.keyboard.press("Tab")
    assert holds_focus(main)


def test_the_jump_box_is_the_first_control_after_the_navigation_of_the_home_page(page: Page):
    """Whoever comes to look something up need not pass all sectors first."""
    page.goto("/")
    tab_to(page, page.get_by_role("navigation", name="Main").get_by_role("link").last)
    page.keyboard.press("Tab")
    assert has_focus(page.get_by_role("searchbox", name="Number, title, topic or itu.int link"))


def test_a_list_is_filtered_by_keyboard_and_lands_on_its_results(page: Page):
    """From the skip link to the filters, over a check box, to the results."""
    page.goto("/publications/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert has_focus(page.get_by_role("link", name="Skip to filters"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    filters = page.get_by_role("region", name="Filters")
    assert holds_focus(filters)
    tab_to(page, filters.get_by_role("checkbox", name="Superseded"))
    page.keyboard.press("Space")
    tab_to(page, filters.get_by_role("button", name="Apply").last)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"state=superseded.*#results$"))
    results = page.locator("#results")
    expect(page.get_by_role("heading", level=2).first).to_be_in_viewport()
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("Superseded")
    page.keyboard.press("Tab")
    assert holds_focus(results)


def test_a_filter_is_removed_by_keyboard(page: Page):
    """A chip is a link: Enter takes its filter away and leaves the other."""
    page.goto("/publications/?sector=itu-t&state=superseded")
    chips = page.get_by_role("list", name="Active filters")
    tab_to(page, chips.get_by_role("link", name=re.compile("Superseded.*remove this filter")))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"sector=itu-t#results$"))
    expect(chips).not_to_contain_text("Superseded")
    expect(chips).to_contain_text("ITU-T")


def test_the_rest_of_a_long_filter_opens_by_keyboard(page: Page):
    """Enter opens what is folded away, Space closes it."""
    page.goto("/publications/")
    folded = page.locator("#filters details").first
    summary = folded.locator("summary")
    hidden = folded.get_by_role("checkbox").first
    expect(hidden).to_be_hidden()
    tab_to(page, summary)
    page.keyboard.press("Enter")
    expect(hidden).to_be_visible()
    page.keyboard.press("Space")
    expect(hidden).to_be_hidden()


def test_the_matrix_of_membership_scrolls_by_keyboard_inside_its_region(narrow_page: Page):
    """The one thing that may be wider than the screen can be reached without a mouse."""
    narrow_page.goto("/membership/")
    narrow_page.get_by_role("link", name="Show all kinds side by side").click()
    matrix = narrow_page.get_by_role("region", name="Rights and duties by membership type")
    tab_to(narrow_page, matrix)
    narrow_page.keyboard.press("ArrowRight")
    matrix.evaluate(HAS_SCROLLED)


@pytest.mark.parametrize("path", ["/membership/", "/membership/?a=member-state&b=academia"])
def test_two_types_of_membership_fit_a_narrow_screen(narrow_page: Page, path: str):
    """Compared with each other they need no scrolling at all; two are shown before all are."""
    narrow_page.goto(path)
    matrix = narrow_page.get_by_role("region", name="Rights and duties by membership type")
    assert matrix.evaluate("region => region.scrollWidth - region.clientWidth") <= 0


def test_a_refused_report_puts_the_focus_on_what_is_wrong(page: Page):
    """The summary has the focus, and its link leads to the field; what was written is kept."""
    page.goto("/report/")
    page.get_by_label("Page:").fill("elsewhere")
    page.get_by_label("What is wrong?").fill("The year is not the one ITU gives.")
    tab_to(page, page.get_by_role("button", name="Send report"))
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Error:")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.get_by_label("Page:")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Error:"))
    expect(page.get_by_label("What is wrong?")).to_have_value("The year is not the one ITU gives.")
