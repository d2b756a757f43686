"""Visiting a page and writing down all that can be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.browser.addresses import Address

NARROW = 320
WIDE = 1280
HEIGHTS = {NARROW: 640, WIDE: 900}
THEMES = ("light", "dark")

AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    # The first is off in axe unless named; the others are ours beyond WCAG.
    "rules": {
        name: {"enabled": True}
        for name in (
            "target-size",
            "heading-order",
            "page-has-heading-one",
            "landmark-one-main",
            "landmark-unique",
            "landmark-no-duplicate-banner",
            "landmark-no-duplicate-contentinfo",
        )
    },
}

# The width a page needs, and what sticks out of it.
STICKING_OUT = """() => {
  const room = document.documentElement.clientWidth;
  const needed = document.documentElement.scrollWidth;
  if (needed <= room) return [];
  const scrolls = element => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };
  const name = element => element.tagName.toLowerCase()
    + (element.id ? "#" + element.id : "")
    + [...element.classList].map(word => "." + word).join("");
  const wide = [...document.body.querySelectorAll("*")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > room + 1 || box.left < -1) && !scrolls(element);
  });
  return [`the page needs ${needed} px of ${room}`, ...wide.slice(-3).map(
    element => `${name(element)}: “${element.textContent.trim().slice(0, 60)}”`)];
}"""

# What stands between the heading and the state line: nothing may.
AFTER_HEADING = """() => {
  const heading = document.querySelector("main h1");
  const next = (heading.closest("hgroup") ?? heading).nextElementSibling;
  return next.matches("section.state-line") ? "" : next.outerHTML.slice(0, 200);
}"""

LAYOUT_SHIFT = """() => new Promise(done => {
  const observer = new PerformanceObserver(() => {});
  observer.observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(
    observer.takeRecords().reduce((sum, entry) => sum + entry.value, 0))));
})"""

WATCH_POLICY = """
  window.policyViolations = [];
  document.addEventListener("securitypolicyviolation", event =>
    window.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


@dataclass
class Visit:
    """What one page showed at one width."""

    status: int = 0
    findings: dict[str, list[str]] = field(default_factory=dict)
    sticking_out: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    before_state_line: str = ""
    layout_shift: float = 0.0


class Auditor:
    """A browser page of one width that visits each address once and remembers what it saw."""

    def __init__(self, context: BrowserContext, site_url: str) -> None:
        """Open the page and listen to its requests and its console."""
        self._site_url = site_url
        self._host = urlsplit(site_url).netloc
        self._visits: dict[Address, Visit] = {}
        self._current = Visit()
        self._responses: list[int] = []
        context.add_init_script(WATCH_POLICY)
        self._page = context.new_page()
        self._page.on("request", lambda request: self._note_host(request.url))
        self._page.on("console", self._note_console)
        self._page.on("pageerror", lambda error: self._current.complaints.append(str(error)))
        self._page.on("response", self._note_response)

    def visit(self, address: Address) -> Visit:
        """Return what the page shows; look at it the first time only."""
        if address not in self._visits:
            self._visits[address] = self._look_at(address)
        return self._visits[address]

    def _look_at(self, address: Address) -> Visit:
        page = self._page
        self._current = visit = Visit()
        page.emulate_media(color_scheme="light")
        page.goto(self._site_url + address.path)
        if address.prepare:
            address.prepare(page)
        page.wait_for_load_state()
        visit.status = self._responses[-1]
        visit.layout_shift = page.evaluate(LAYOUT_SHIFT)
        visit.sticking_out = page.evaluate(STICKING_OUT)
        if address.has_state:
            visit.before_state_line = page.evaluate(AFTER_HEADING)
        visit.complaints += page.evaluate("window.policyViolations")
        # Whatever axe itself provokes must not count as the page's.
        self._current = Visit()
        page.evaluate(AXE_SCRIPT)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            visit.findings[theme] = axe_findings(page)
        return visit

    def _note_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self._host:
            self._current.foreign.append(url)

    def _note_response(self, response) -> None:
        if response.request.is_navigation_request():
            self._responses.append(response.status)

    def _note_console(self, message: ConsoleMessage) -> None:
        """Keep errors and warnings; that a page answers 404 as it should is no error."""
        if message.type not in ("error", "warning"):
            return
        if message.text.startswith("Failed to load resource") and self._is_own_status(message):
            return
        self._current.complaints.append(f"{message.type}: {message.text}")

    def _is_own_status(self, message: ConsoleMessage) -> bool:
        return message.location["url"] == self._page.url and self._responses[-1:] > [399]


def axe_findings(page: Page) -> list[str]:
    """Return axe's violations, one line per element, on a page that has axe's script."""
    results = page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}\n    {why(node)}\n    {node['html']}"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]


def why(node: dict) -> str:
    """Return axe's reason for one element in one line."""
    checks = node["any"] + node["all"] + node["none"]
    return "; ".join(check["message"] for check in checks)
