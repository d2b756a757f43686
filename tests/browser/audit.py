"""Visiting a page and writing down all that can be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Response

from tests.browser.addresses import Address

NARROW = 320
WIDE = 1280
HEIGHTS = {NARROW: 640, WIDE: 900}
THEMES = ("light", "dark")

# `target-size` is off in axe unless named; the rules after it are ours beyond WCAG.
NAMED_RULES = (
    "target-size",
    "heading-order",
    "page-has-heading-one",
    "landmark-one-main",
    "landmark-unique",
    "landmark-no-duplicate-banner",
    "landmark-no-duplicate-contentinfo",
)
ALL_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "rules": {name: {"enabled": True} for name in NAMED_RULES},
}
# The dark theme differs in nothing but colours.
COLOUR_RULES = {"runOnly": ["color-contrast", "link-in-text-block"]}
RULES = {"light": ALL_RULES, "dark": COLOUR_RULES}

# Answers at once, so that the pages of all widths work at the same time.
START_AXE = """options => {
  window.axeResults = new Promise((done, failed) => setTimeout(
    () => axe.run(document, {...options, resultTypes: ["violations"]}).then(done, failed)));
}"""

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

# Names that a field or a section borrows from an element which is not there.
BROKEN_REFERENCES = """() => ["aria-describedby", "aria-labelledby", "for"].flatMap(attribute =>
  [...document.querySelectorAll(`[${attribute}]`)].flatMap(
    element => element.getAttribute(attribute).split(/\\s+/)
      .filter(id => !document.getElementById(id))
      .map(id => `${element.tagName.toLowerCase()} ${attribute}=${id}`)))"""

LAYOUT_SHIFT = """() => new Promise(done => {
  let sum = 0;
  const add = entries => entries.forEach(entry => { sum += entry.value; });
  const observer = new PerformanceObserver(list => add(list.getEntries()));
  observer.observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => { add(observer.takeRecords()); done(sum); }));
})"""

# Where the columns of each table begin, with all rows and with but one that holds next to nothing.
# It empties the tables, so it must be the last thing done on a page.
COLUMNS = """() => [...document.querySelectorAll("table")]
  .filter(table => getComputedStyle(table).display === "table" && table.tBodies.length)
  .map(table => {
    const heads = [...table.tHead.querySelectorAll("th")];
    const places = () => heads.map(head => Math.round(head.getBoundingClientRect().x));
    const whole = places();
    const [first, ...others] = [...table.tBodies].flatMap(body => [...body.rows]);
    others.forEach(row => row.remove());
    [...first.cells].forEach(cell => { cell.textContent = "x"; });
    return [whole, places()];
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
    broken_references: list[str] = field(default_factory=list)
    before_state_line: str = ""
    layout_shift: float = 0.0
    columns: list[tuple[list[int], list[int]]] = field(default_factory=list)


class Auditor:
    """Visits each address once, at all widths side by side, and remembers what it saw."""

    def __init__(self, contexts: dict[int, BrowserContext], site_url: str) -> None:
        """Open one page for each width."""
        self._windows = {width: _Window(context, site_url) for width, context in contexts.items()}
        self._visits: dict[Address, dict[int, Visit] | Error] = {}

    def visit(self, address: Address, width: int) -> Visit:
        """Return what the page shows; look at it the first time only, even if that failed."""
        if address not in self._visits:
            try:
                self._visits[address] = self._look_at(address)
            except Error as error:
                self._visits[address] = error
        seen = self._visits[address]
        if isinstance(seen, Error):
            raise seen
        return seen[width]

    def _look_at(self, address: Address) -> dict[int, Visit]:
        windows = self._windows.values()
        for window in windows:
            window.set_out(address)
        visits = {width: window.look(address) for width, window in self._windows.items()}
        for theme in THEMES:
            for window in windows:
                window.start_axe(theme)
            for width, window in self._windows.items():
                visits[width].findings[theme] = window.axe_findings()
        for width, window in self._windows.items():
            visits[width].columns = window.columns()
        return visits


class _Window:
    """A page of one width that listens to its requests and its console."""

    def __init__(self, context: BrowserContext, site_url: str) -> None:
        self._host = urlsplit(site_url).netloc
        self._visit = Visit()
        context.add_init_script(WATCH_POLICY)
        self._page = context.new_page()
        self._page.on("request", lambda request: self._note_host(request.url))
        self._page.on("response", self._note_status)
        self._page.on("console", self._note_console)
        self._page.on("pageerror", lambda error: self._visit.complaints.append(str(error)))

    def set_out(self, address: Address) -> None:
        """Ask for the page, and do not wait until all of it is there."""
        self._visit = Visit()
        self._page.emulate_media(color_scheme="light")
        self._page.goto(address.path, wait_until="commit")

    def look(self, address: Address) -> Visit:
        """Return what can be measured without axe."""
        page, visit = self._page, self._visit
        page.wait_for_load_state()
        if address.prepare:
            address.prepare(page)
            page.wait_for_load_state()
        visit.layout_shift = page.evaluate(LAYOUT_SHIFT)
        visit.sticking_out = page.evaluate(STICKING_OUT)
        visit.broken_references = page.evaluate(BROKEN_REFERENCES)
        if address.has_state:
            visit.before_state_line = page.evaluate(AFTER_HEADING)
        visit.complaints += page.evaluate("window.policyViolations")
        # Whatever axe itself provokes from here on must not count as the page's.
        self._visit = Visit()
        page.evaluate(AXE_SCRIPT)
        return visit

    def start_axe(self, theme: str) -> None:
        """Let axe begin, under the theme's rules."""
        self._page.emulate_media(color_scheme=theme)
        self._page.evaluate(START_AXE, RULES[theme])

    def columns(self) -> list[tuple[list[int], list[int]]]:
        """Return the x of the columns of each table, in px: as it is and with one short row."""
        return self._page.evaluate(COLUMNS)

    def axe_findings(self) -> list[str]:
        """Wait for axe and return its violations, three lines for each element."""
        return [
            f"{rule['id']}: {' '.join(map(str, node['target']))}\n  {why(node)}\n  {node['html']}"
            for rule in self._page.evaluate("window.axeResults")["violations"]
            for node in rule["nodes"]
        ]

    def _note_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self._host:
            self._visit.foreign.append(url)

    def _note_status(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._visit.status = response.status

    def _note_console(self, message: ConsoleMessage) -> None:
        """Keep errors and warnings; that a page answers 404 as it should is no error."""
        if message.type not in ("error", "warning"):
            return
        is_own_status = (
            message.text.startswith("Failed to load resource")
            and message.location["url"] == self._page.url
        )
        if not is_own_status:
            source = message.location["url"]
            self._visit.complaints.append(f"{message.type}: {message.text} ({source})")


def why(node: dict) -> str:
    """Return axe's reasons for one element in one line."""
    checks = node["any"] + node["all"] + node["none"]
    return "; ".join(check["message"] for check in checks)
