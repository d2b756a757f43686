"""Tables that fold on narrow screens stay tables for those who hear them.

Style sheets lay their parts out as blocks, which must not take away what the parts are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import send_lines

# One page with each kind of table that folds.
FOLDED: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "editions": ("/itu-t/g.709/?on=2020-01-01", None),
    "meetings": ("/conferences/wrc/", None),
    "which one": ("/go/?id=BT.2020", None),
    "lines of a batch": ("/go/batch/", send_lines),
    "outcomes and addresses": ("/about/api/", None),
    "two types of membership": ("/membership/?a=associate&b=academia", None),
}
# What stands in the page, in the browser's words for it.
IN_THE_PAGE = """() => {
  const found = {};
  const count = (role, selector) => {
    found[role] = document.querySelectorAll(`main :is(${selector})`).length;
  };
  count("table", "table");
  count("row", "tr");
  count("columnheader", "th[scope=col]");
  count("rowheader", "th[scope=row], th[scope=rowgroup]");
  count("cell", "td");
  return found;
}"""


@pytest.mark.parametrize(("path", "prepare"), FOLDED.values(), ids=FOLDED)
def test_a_folded_table_keeps_its_rows_headers_and_cells(
    narrow_page: Page, path: str, prepare: Callable[[Page], None] | None
):
    narrow_page.goto(path)
    if prepare:
        prepare(narrow_page)
    assert folds(narrow_page)
    expected = narrow_page.evaluate(IN_THE_PAGE)
    assert all(expected[role] for role in ("table", "row", "columnheader", "cell"))
    nodes = heard(narrow_page)
    roles = Counter(role_of(node) for node in nodes.values())
    assert {role: roles[role] for role in expected} == expected
    in_row = [node for node in nodes.values() if role_of(node) in ("cell", "rowheader")]
    assert {ancestor(node, nodes, "row") for node in in_row} != {None}
    assert None not in {ancestor(node, nodes, "row") for node in in_row}
    rows = [node for node in nodes.values() if role_of(node) == "row"]
    assert None not in {ancestor(node, nodes, "table") for node in rows}


def folds(page: Page) -> bool:
    """Tell whether the rows of the first table are laid out in another way than as a table's."""
    return page.locator("main tbody tr").first.evaluate(
        "row => getComputedStyle(row).display !== 'table-row'"
    )


def heard(page: Page) -> dict[str, dict[str, Any]]:
    """Return the nodes of the accessibility tree by their ids, without what is ignored."""
    session = page.context.new_cdp_session(page)
    try:
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    return {node["nodeId"]: node for node in nodes}


def role_of(node: dict[str, Any]) -> str:
    """Return the role of a node; nothing for one that is ignored."""
    return "" if node.get("ignored") else node["role"]["value"]


def ancestor(node: dict[str, Any], nodes: dict[str, dict[str, Any]], role: str) -> str | None:
    """Return the id of the nearest node above with a role, if there is any."""
    while node := nodes.get(node.get("parentId", "")):
        if role_of(node) == role:
            return node["nodeId"]
    return None
