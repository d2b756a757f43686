"""Every task in a browser that runs no script."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.found import some


def test_from_the_home_page_down_to_an_edition(plain_page: Page):
    """Home, sector, series, work, edition: each step is a link that says where it leads."""
    main = plain_page.get_by_role("main")
    plain_page.goto("/")
    for link, path in (
        (r"ITU-T$", "/itu-t/"),
        (r"G( series)?\b", "/itu-t/g/"),
    ):
        main.get_by_role("link", name=re.compile(f"^{link}")).first.click()
        plain_page.wait_for_url(path)
    plain_page.goto("/publications/?series=itu-t-series-g&q=g.711")
    main.get_by_role("link", name=re.compile(r"^ITU-T G\.711\b")).first.click()
    plain_page.wait_for_url("/itu-t/g.711/")
    main.get_by_role("link", name="ITU-T G.711 (11/1988)", exact=True).first.click()
    plain_page.wait_for_url("/itu-t/g.711/1988-11/")
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("ITU-T G.711 (11/1988)")
    expect(plain_page.get_by_role("region", name="Status")).to_contain_text("In force")


def test_from_the_home_page_to_an_initiative_that_was_not_found(plain_page: Page):
    """The list is filtered by its mark, and the entry says the mark in words."""
    plain_page.goto("/")
    plain_page.get_by_role("navigation", name="Main").get_by_role(
        "link", name="Initiatives"
    ).click()
    plain_page.get_by_role("checkbox", name="Not found").check()
    plain_page.get_by_role("button", name="Apply").first.click()
    plain_page.wait_for_url(re.compile(r"verification=not-found.*#results$"))
    plain_page.get_by_role("link", name="5G for Humanity").click()
    plain_page.wait_for_url("/initiatives/5g-for-humanity/")
    expect(plain_page.get_by_role("region", name="Verification")).to_contain_text("Not found")


def test_two_types_of_membership_are_compared(plain_page: Page):
    """The form shows the two chosen columns and keeps the choice."""
    plain_page.goto("/membership/")
    plain_page.get_by_label("Compare", exact=True).select_option("associate")
    plain_page.get_by_label("with", exact=True).select_option("academia")
    plain_page.get_by_role("button", name="Show").click()
    plain_page.wait_for_url(re.compile("a=associate&b=academia"))
    expect(plain_page.get_by_role("columnheader")).to_have_text(
        ["Right or duty", "Associates", "Academia"]
    )
    expect(plain_page.get_by_label("with", exact=True)).to_have_value("academia")


def test_a_problem_is_reported_from_the_page_that_has_it(plain_page: Page):
    """The page's address is filled in; the reader is thanked."""
    plain_page.goto("/itu-t/g.711/")
    plain_page.get_by_role("link", name="Report a problem with this page").click()
    expect(plain_page.get_by_label("Page:")).to_have_value("/itu-t/g.711/")
    plain_page.get_by_label("What is wrong?").fill("A test of the form, nothing is wrong.")
    plain_page.get_by_role("button", name="Send report").click()
    expect(plain_page.get_by_role("main")).to_contain_text("Thank you.")


def test_an_identifier_leads_to_its_page_and_back_to_the_other_results(plain_page: Page):
    """What can only mean one thing is opened; the other results are one link away."""
    plain_page.goto("/")
    box = plain_page.get_by_role("searchbox", name="Number, title, topic or itu.int link")
    box.fill("G.711")
    plain_page.get_by_role("button", name="Search").last.click()
    plain_page.wait_for_url(re.compile(r"/itu-t/g\.711/"))
    plain_page.get_by_role("link", name=re.compile("other results?")).click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text("G.711")
    expect(plain_page.get_by_text("Exact match")).to_be_visible()


def test_a_link_of_itu_is_opened(plain_page: Page):
    """From the footer to the form, and from an old link to the edition that it names."""
    plain_page.goto("/")
    plain_page.get_by_role("link", name="Look up an identifier or link").click()
    plain_page.get_by_label("Identifier or itu.int link").fill(
        "https://www.itu.int/rec/T-REC-G.711-198410-S"
    )
    plain_page.get_by_role("button", name="Look up", exact=True).click()
    plain_page.wait_for_url(re.compile(r"/itu-t/g\.711/1984-10/"))
    expect(plain_page.get_by_role("region", name="Status")).to_contain_text("Superseded")
    expect(plain_page.get_by_role("main")).to_contain_text("Opened from your search for")


def test_links_are_repaired_in_one_go_and_taken_away_as_csv(plain_page: Page):
    """The table says what each line is, and the same comes as a file."""
    plain_page.goto("/")
    plain_page.get_by_role("link", name="Check links").click()
    lines = plain_page.get_by_label("Identifiers or links")
    lines.fill("https://www.itu.int/rec/T-REC-G.711-198410-S\nOB.1096")
    plain_page.get_by_role("button", name="Look up", exact=True).click()
    rows = plain_page.get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("ITU-T G.711 (10/1984)")
    expect(rows.nth(2)).to_contain_text("Operational Bulletin")
    with plain_page.expect_download() as download:
        plain_page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "itu-links.csv"


def test_several_texts_are_offered_and_one_is_chosen(plain_page: Page):
    """A number of two texts asks; the choice is a link, the last one searches."""
    plain_page.goto("/go/?id=BT.2020")
    table = plain_page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(4)
    table.get_by_role("link", name="Report ITU-R BT.2020").click()
    plain_page.wait_for_url("/itu-r/report/bt.2020/")
    plain_page.go_back()
    plain_page.get_by_role("link", name="None of these").click()
    expect(plain_page.locator(".hits > li").first).to_be_visible()


def test_words_are_searched_and_found(plain_page: Page):
    """The search box in the head of any page works, and says what it looked for."""
    plain_page.goto("/itu-t/")
    box = plain_page.get_by_role("searchbox", name="Number, title, topic or itu.int link")
    box.fill("video coding")
    plain_page.get_by_role("button", name="Search").last.click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text("video coding")
    expect(plain_page.locator(".hits > li").first).to_be_visible()


def test_there_are_no_dead_copy_buttons(plain_page: Page):
    """Without script the buttons are absent; the citation can be selected."""
    plain_page.goto("/itu-t/g.711/")
    buttons = plain_page.locator("[data-copy]")
    assert buttons.count() == 2
    for button in some(buttons.all()):
        expect(button).to_be_hidden()
    expect(plain_page.locator(".cite-text").first).to_be_visible()
