"""What must hold on one page of each type, narrow and wide, in the light and in the dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from tests.browser.addresses import PAGES, Address
from tests.browser.audit import NARROW, THEMES, WIDE, Auditor
from tests.browser.conftest import OpenContext
from tests.found import some

every_page = pytest.mark.parametrize("address", PAGES, ids=lambda address: address.name)
every_width = pytest.mark.parametrize("width", [NARROW, WIDE])
works = pytest.mark.parametrize(
    "address",
    [address for address in PAGES if address.has_state],
    ids=lambda address: address.name,
)


@every_width
@every_page
def test_the_page_answers_with_its_status(auditor: Auditor, address: Address, width: int):
    """Later findings would mean nothing if another page had come."""
    assert auditor.visit(address, width).status == address.status


@pytest.mark.parametrize("theme", THEMES)
@every_width
@every_page
def test_axe_finds_nothing(auditor: Auditor, address: Address, width: int, theme: str):
    """WCAG 2.2 A and AA by axe-core, with the size of targets, headings and landmarks."""
    findings = auditor.visit(address, width).findings[theme]
    assert not findings, "\n".join([address.path, *findings])


@every_width
@every_page
def test_nothing_scrolls_sideways(auditor: Auditor, address: Address, width: int):
    """320 px is also 1,280 px at 400 per cent; only matrices scroll, inside their own region."""
    sticking_out = auditor.visit(address, width).sticking_out
    assert not sticking_out, "\n".join([address.path, *sticking_out])


@every_width
@every_page
def test_nothing_comes_from_another_host(auditor: Auditor, address: Address, width: int):
    """No font, script, picture or counter of others."""
    foreign = auditor.visit(address, width).foreign
    assert not foreign, "\n".join([address.path, *foreign])


@every_width
@every_page
def test_the_browser_has_nothing_to_complain_about(auditor: Auditor, address: Address, width: int):
    """No error or warning on the console, and nothing that the content policy had to stop."""
    complaints = auditor.visit(address, width).complaints
    assert not complaints, "\n".join([address.path, *complaints])


@every_width
@every_page
def test_nothing_moves_while_the_page_loads(auditor: Auditor, address: Address, width: int):
    """The layout shift is nought, as far as it is usually told."""
    assert round(auditor.visit(address, width).layout_shift, 2) == 0


@every_width
@every_page
def test_names_and_descriptions_are_there(auditor: Auditor, address: Address, width: int):
    """What labels or describes a field or a section exists; axe leaves this to a person."""
    broken_references = auditor.visit(address, width).broken_references
    assert not broken_references, "\n".join([address.path, *broken_references])


@every_width
@works
def test_the_state_line_comes_first_after_the_heading(
    auditor: Auditor, address: Address, width: int
):
    """Whoever opens a work, an edition or a component reads its state before all else."""
    assert not auditor.visit(address, width).before_state_line


@pytest.mark.parametrize(("width", "at_least"), [(NARROW, 1), (WIDE, 10)])
def test_columns_stay_where_they_are_while_rows_arrive(auditor: Auditor, width: int, at_least: int):
    """A table may be painted before all of its rows are read; what follows must not move it."""
    tables = [(page.path, table) for page in PAGES for table in auditor.visit(page, width).columns]
    for path, (whole, begun) in some(tables, at_least=at_least):
        assert begun == whole, path


@pytest.mark.parametrize("width", [NARROW, 768, WIDE])
@pytest.mark.parametrize("path", ["/", "/topics/"])
def test_the_head_stays_where_it_is_while_the_menu_arrives(
    open_context: OpenContext, path: str, width: int
):
    """A page may be painted before all of the menu is read; what follows must not move it."""
    page = open_context().new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    head = page.locator(".site-bar > *")
    complete = places(head)
    entries = page.locator(".site-nav li")
    assert entries.count() > 1
    entries.evaluate_all("""entries => {
      entries[0].textContent = "P";
      entries.slice(1).forEach(entry => entry.remove());
    }""")
    # Half a pixel is the height of a line of other letters, and no shift.
    assert places(head) == pytest.approx(complete, abs=0.5)


def places(parts: Locator) -> list[float]:
    """Return where the parts begin, x and y of one after the other, in px."""
    boxes = some((part.bounding_box() for part in parts.all()), at_least=2)
    return [box[side] for box in boxes for side in ("x", "y")]
