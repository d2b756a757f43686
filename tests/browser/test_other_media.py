"""The pages on paper, in forced colours, mirrored, and with the reader's own letters."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.audit import COLOUR_RULES, STICKING_OUT
from tests.found import some

STATES = (
    "In force",
    "In force, pre-published",
    "Superseded",
    "Withdrawn",
    "Not in force",
    "Presumed current",
)
READ = (
    "/",
    "/itu-t/g.711/",
    "/itu-t/g.709/",
    "/itu-t/g/",
    "/publications/?sector=itu-t",
    "/initiatives/5g-for-humanity/",
    "/membership/",
    "/report/",
    "/search/?q=video&sort=best",
)
every_read = pytest.mark.parametrize("path", READ)

# What the reader sets by WCAG 1.4.12; a constructed sheet is the reader's, not the page's.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; }
  p { margin-block-end: 2em !important; }"""
DOUBLE = "html { font-size: 200% !important; }"
ADD_SHEET = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}"""

# Text that its box cuts off: hidden words for screen readers are cut off on purpose.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(element => {
  const style = getComputedStyle(element);
  if (style.overflowX !== "hidden" && style.overflowX !== "clip") return false;
  if (style.clipPath !== "none" || element.closest(".vh, .skip, svg")) return false;
  return element.scrollWidth > element.clientWidth + 1
    || element.scrollHeight > element.clientHeight + 1;
}).map(element => element.outerHTML.slice(0, 160))"""


def test_a_work_is_printed_with_its_state_and_citation_and_without_controls(page: Page):
    """What can be pressed is gone; what tells the reader where the paper comes from is there."""
    page.goto("/itu-t/g.711/")
    page.emulate_media(media="print")
    for name in ("Main", "All sections"):
        expect(page.locator(f"nav[aria-label='{name}']")).to_be_hidden()
    for selector in ("search", "button", ".skip", ".jumps", ".foot-report", ".foot-about"):
        for control in some(page.locator(selector).all()):
            expect(control).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Breadcrumb")).to_be_visible()
    expect(page.get_by_role("region", name="Status")).to_be_visible()
    citation = page.locator("[data-copy-source=dated]")
    expect(citation).to_be_visible()
    expect(citation).to_contain_text(page.url)
    expect(page.get_by_text("snapshot of").last).to_be_visible()
    expect(page.get_by_text("Independent catalogue, not an ITU site")).to_be_visible()


def test_a_list_is_printed_without_its_filters_but_says_which_were_set(page: Page):
    """The reader of the paper must know what was left out."""
    page.goto("/publications/?sector=itu-t&state=superseded")
    page.emulate_media(media="print")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".sorts")).to_be_hidden()
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("Superseded")
    expect(page.locator(".rows > li").first).to_be_visible()


@pytest.mark.parametrize("path", ["/itu-t/g.711/", "/publications/", "/membership/"])
def test_the_dark_theme_is_printed_black_on_white(page: Page, path: str):
    """Nobody prints a dark page, nor light letters on paper."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(path)
    colours = page.evaluate(
        "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    page.evaluate(AXE_SCRIPT)
    results = page.evaluate("options => axe.run(document, options)", COLOUR_RULES)
    assert [node["html"] for rule in results["violations"] for node in rule["nodes"]] == []


def test_an_external_link_is_printed_with_its_address(page: Page):
    """On paper an arrow leads nowhere."""
    page.goto("/itu-t/g.711/")
    page.emulate_media(media="print")
    after = page.locator("a.external").first.evaluate("a => getComputedStyle(a, '::after').content")
    assert "attr(href)" in after or "https://" in after


def test_the_editions_are_printed_with_their_parts(page: Page):
    """What is folded on the screen stands on paper: nobody can open it there."""
    page.goto("/itu-t/g.711/")
    page.emulate_media(media="print")
    folds = page.locator("#editions > details")
    assert folds.count() == 5
    for fold in some(folds.all()):
        expect(fold.locator(".when")).to_be_visible()
        expect(fold.locator(".fold-body a").first).to_be_visible()


def test_states_are_told_apart_in_forced_colours(page: Page):
    """Word and shape remain when the reader's own colours replace ours."""
    page.emulate_media(forced_colors="active")
    page.goto("/about/states/")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    shapes = set()
    for state in STATES:
        tag = page.locator("main .tag", has_text=re.compile(rf"^\s*{state}( \(.*\))?\s*$")).first
        expect(tag).to_be_visible()
        shapes.add(tag.locator("use").get_attribute("href"))
    assert len(shapes) == len(STATES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_work_is_read_in_forced_colours(page: Page, scheme: str):
    """The state line, its icon and its edge take the reader's colours."""
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto("/itu-t/b.18/")
    line = page.get_by_role("region", name="Status")
    expect(line).to_contain_text("Superseded")
    text, icon, edge = line.evaluate(
        """line => [getComputedStyle(line).color, getComputedStyle(line.querySelector("svg")).fill,
          getComputedStyle(line).borderInlineStartColor]"""
    )
    assert text == icon == edge


@pytest.mark.parametrize("width", ["narrow", "wide"])
@every_read
def test_a_page_mirrored_for_arabic_does_not_scroll_sideways(
    page: Page, narrow_page: Page, path: str, width: str
):
    """The style sheets name no side; identifiers and citations keep their own direction."""
    screen = narrow_page if width == "narrow" else page
    screen.goto(path)
    screen.evaluate("document.documentElement.dir = 'rtl'")
    assert screen.evaluate(STICKING_OUT) == []


def test_identifiers_keep_their_direction_on_a_mirrored_page(page: Page):
    """The heading hangs on the other side, and the citation still runs from left to right."""
    page.goto("/itu-t/g.711/")
    page.evaluate("document.documentElement.dir = 'rtl'")
    heading = page.get_by_role("heading", level=1)
    assert heading.evaluate("element => getComputedStyle(element).direction") == "rtl"
    for left_to_right in (heading.locator("bdi"), page.locator(".cite-text").first):
        assert left_to_right.evaluate("e => getComputedStyle(e).direction") == "ltr"


@every_read
def test_wider_letters_and_lines_lose_nothing(narrow_page: Page, path: str):
    """The reader's own spacing (WCAG 1.4.12) neither cuts text off nor widens the page."""
    narrow_page.goto(path)
    narrow_page.evaluate(ADD_SHEET, SPACED)
    assert narrow_page.evaluate(STICKING_OUT) == []
    assert narrow_page.evaluate(CUT_OFF) == []


@every_read
def test_letters_of_twice_the_size_lose_nothing(page: Page, path: str):
    """Text alone can be enlarged to 200 per cent."""
    page.goto(path)
    page.evaluate(ADD_SHEET, DOUBLE)
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate(CUT_OFF) == []
