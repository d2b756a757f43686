"""Every component in every state on one page: sound at all widths, in light and dark.

The page exists in the tests only; the portal under test gives it its style sheet and its signs.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.template import engines
from django.test import RequestFactory

from catalog.charts.years_by_status import years_by_status
from catalog.pages.frame import Frame
from catalog.terms import Entitlement, State, Verification
from catalog.wording.state_lines import StateLine
from tests.browser.audit import ALL_RULES, STICKING_OUT, THEMES
from tests.browser.conftest import OpenContext
from tests.browser.server import Portal

TEMPLATE = Path(__file__).parent / "templates" / "components.html"
WIDTHS = (320, 768, 1280)
COUNTS = [
    (year, state.value, 5 + place)
    for place, state in enumerate(State)
    for year in range(1960, 2026, 3)
]


def components() -> str:
    """Return the page as HTML."""
    lines = [StateLine(state.value, f"{state.label}. What is to be said of it.") for state in State]
    doubted = StateLine("in-force", "The status is doubted. In force.", is_doubted=True)
    context = {
        "frame": Frame(title="Components", description="Every component in every state."),
        "menu": [("Publications", "/publications/", True), ("Sectors", "/sectors/", False)],
        "canonical": "/components/",
        "report_url": "/report/",
        "data_line": "Facts of a test.",
        "states": [state.value for state in State],
        "doubted": SimpleNamespace(state="in-force", state_doubted=True),
        "verifications": [mark.value for mark in Verification],
        "answers": [answer.value for answer in Entitlement],
        "lines": [*lines, StateLine("", "Nothing is known of its status."), doubted],
        "external": "https://www.itu.int/rec/T-REC-G.711-198811-I",
        "instead": SimpleNamespace(url="/itu-t/g.711/", name="ITU-T G.711"),
        "changes": ["ITU-T X.1 (11/1988): approved 25 November 1988."],
        "citation": "ITU-T G.711 (11/1988), Pulse code modulation. /itu-t/g.711/1988-11/",
        "years": years_by_status(COUNTS),
    }
    template = engines["django"].from_string(TEMPLATE.read_text())
    return template.render(context, RequestFactory().get("/components/"))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_sound(open_context: OpenContext, site: Portal, width: int, theme: str):
    html = components()
    page = open_context(color_scheme=theme).new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.route("**/components/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(site.address("/components/"))
    assert page.locator(".tag").count() >= 2 * len(State)
    assert page.evaluate(STICKING_OUT) == []
    page.evaluate(AXE_SCRIPT)
    # One page of the portal has one status line; here are all of them.
    rules = {**ALL_RULES, "rules": {**ALL_RULES["rules"], "landmark-unique": {"enabled": False}}}
    found = page.evaluate("options => axe.run(document, options)", rules)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
