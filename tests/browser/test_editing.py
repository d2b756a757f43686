"""What an editor does from a public page, and what other readers do not see."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.server import Portal

ENTRY = "/bodies/cct/"
WORDS = "This sentence was written by an editor in a test of the whole portal."


def log_in(page: Page, site: Portal) -> None:
    """Log in as the editor."""
    page.goto("/admin/login/")
    page.get_by_label("Username:").fill(site.editor.name)
    page.get_by_label("Password:").fill(site.editor.password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("/admin/")


def test_an_editor_changes_an_entry_and_sees_it_on_the_site(
    site: Portal, open_context: OpenContext
):
    """Open the page, follow its link, change the description, save, look at it; so do others."""
    page = open_context().new_page()
    log_in(page, site)
    page.goto(ENTRY)
    page.get_by_role("link", name="Edit this entry").click()
    page.get_by_label("Description:").fill(WORDS)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.get_by_role("link", name="View on site").click()
    page.wait_for_url(ENTRY)
    expect(page.get_by_role("main")).to_contain_text(WORDS)

    reader = open_context().new_page()
    reader.goto(ENTRY)
    expect(reader.get_by_role("main")).to_contain_text(WORDS)


def test_readers_are_offered_no_editing(page: Page):
    """Nobody who has not logged in is led into the admin of an entry."""
    page.goto(ENTRY)
    expect(page.get_by_role("contentinfo")).to_contain_text("Report a problem with this page")
    expect(page.get_by_role("link", name="Edit this entry")).to_have_count(0)


def test_a_wrong_password_is_refused_in_words(page: Page, site: Portal):
    """The login says what is wrong and lets nobody in."""
    page.goto("/admin/login/")
    page.get_by_label("Username:").fill(site.editor.name)
    page.get_by_label("Password:").fill("not the password")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(".errornote")).to_be_visible()
    page.goto(ENTRY)
    expect(page.get_by_role("link", name="Edit this entry")).to_have_count(0)
