"""The one thing that script adds: copying a citation."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenContext


@pytest.mark.parametrize("kind", ["dated", "undated"])
def test_a_citation_is_copied_and_the_page_says_so(open_context: OpenContext, kind: str):
    """The clipboard holds what is shown, and the status tells those who cannot see it."""
    context = open_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/itu-t/g.711/")
    status = page.get_by_role("status")
    expect(status).to_be_empty()
    page.get_by_role("button", name=f"Copy {kind} citation", exact=True).click()
    expect(status).to_have_text("Copied.")
    shown = page.locator(f"[data-copy-source={kind}]").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == shown
    assert shown.startswith("ITU-T G.711")
