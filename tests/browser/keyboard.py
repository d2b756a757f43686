"""What a reader with nothing but a keyboard does and sees."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

MOST_STOPS = 400

# Describes the element that has the focus, and remembers it; nothing if it was met before.
NEXT_STOP = """() => {
  window.stops ??= [];
  const element = document.activeElement;
  if (element === document.body || window.stops.includes(element)) return null;
  const before = window.stops.at(-1);
  window.stops.push(element);
  const style = getComputedStyle(element);
  const box = element.getClientRects()[0];
  const middle = (start, end, room) => (Math.max(start, 0) + Math.min(end, room)) / 2;
  const hit = box && document.elementFromPoint(
    middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
  return {
    html: element.outerHTML.slice(0, 160),
    ring: element.matches(":focus-visible") && style.outlineStyle !== "none"
      ? parseFloat(style.outlineWidth) : 0,
    is_seen: Boolean(hit) && (element.contains(hit) || hit.contains(element)
      || element.labels?.[0]?.contains(hit) === true),
    is_in_order: !before || Boolean(
      before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}"""

# What can be used with a mouse but was not met on the way.
LEFT_OUT = """() => [...document.querySelectorAll(
    "a[href], button:enabled, input:enabled, select, textarea, summary, [tabindex='0']")]
  .filter(element => element.checkVisibility() && element.type !== "hidden")
  .filter(element => element.tabIndex >= 0 && !window.stops.includes(element))
  .map(element => element.outerHTML.slice(0, 160))"""

HAS_FOCUS = "element => element === document.activeElement"
HOLDS_FOCUS = "element => element.contains(document.activeElement)"


@dataclass(frozen=True)
class Stop:
    """An element that the Tab key reaches, as it looks with the focus on it."""

    html: str
    ring: float
    is_seen: bool
    is_in_order: bool


def all_stops(page: Page) -> list[Stop]:
    """Press Tab until the page begins again, and return the stops."""
    stops = []
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(NEXT_STOP)) is None:
            return stops
        stops.append(Stop(**stop))
    raise AssertionError(f"After {MOST_STOPS} stops the page has not ended: {stops[-1].html}")


def left_out(page: Page) -> list[str]:
    """Return what `all_stops` did not meet though a mouse can use it."""
    return page.evaluate(LEFT_OUT)


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if has_focus(target):
            return
    raise AssertionError(f"{MOST_STOPS} presses of Tab do not reach {target}")


def has_focus(target: Locator) -> bool:
    """Tell whether this very element has the focus."""
    return target.evaluate(HAS_FOCUS)


def holds_focus(target: Locator) -> bool:
    """Tell whether the focus is on the element or inside it."""
    return target.evaluate(HOLDS_FOCUS)
