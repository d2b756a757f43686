"""What the browser tests share: one portal, one Chromium, pages for different readers.

Nothing here touches Django in this process; the portal runs in its own, on its own database.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.audit import HEIGHTS, NARROW, WIDE, Auditor
from tests.browser.server import Portal, ServerError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds that a step may take on a slow machine

expect.set_options(timeout=PATIENCE)

OpenContext = Callable[..., BrowserContext]


def give_up(reason: str) -> NoReturn:
    """End the whole run as failed: without browser or portal each test would say the same."""
    pytest.exit(reason, returncode=1)


def find_chromium() -> str:
    """Return the path of Chromium; fail, never skip, if there is none."""
    if asked := os.environ.get("BROWSER"):
        if path := shutil.which(asked):
            return path
        give_up(f"BROWSER names {asked}, which is not a program here.")
    for name in NAMES:
        if path := shutil.which(name):
            return path
    give_up(
        "No Chromium found. Install it (on Debian: apt install chromium) or set "
        "BROWSER=/path/to/chromium."
    )


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the browser's program."""
    return find_chromium()


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Serve the portal from a database of its own; the server must not have failed in between.

    The browser is asked for first: without it nobody need wait for the portal.
    """
    portal = Portal(tmp_path_factory.mktemp("portal"))
    try:
        portal.fill()
        portal.start()
    except ServerError as error:
        give_up(str(error))
    yield portal
    portal.stop()
    if "Traceback" in (log := portal.log()):
        pytest.fail(f"The server failed during the tests. Its log:\n{log}", pytrace=False)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=Path(chromium), args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def auditor(site: Portal, browser: Browser) -> Iterator[Auditor]:
    """Return who looks at the pages; what was seen is kept for all tests."""
    contexts = {width: new_context(browser, site, width) for width in HEIGHTS}
    yield Auditor(contexts, site.url)
    for context in contexts.values():
        context.close()


@pytest.fixture
def open_context(site: Portal, browser: Browser) -> Iterator[OpenContext]:
    """Return a function that opens a context; what it opened is closed after the test."""
    opened: list[BrowserContext] = []

    def open_one(width: int = WIDE, **options) -> BrowserContext:
        opened.append(new_context(browser, site, width, **options))
        return opened[-1]

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def windows(site: Portal, browser: Browser) -> Iterator[dict[str, Page]]:
    """Return one page for each kind of reader; to open a new one for each test takes longer."""
    contexts = {
        "wide": new_context(browser, site, WIDE),
        "narrow": new_context(browser, site, NARROW),
        "plain": new_context(browser, site, WIDE, java_script_enabled=False),
    }
    yield {name: context.new_page() for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def page(windows: dict[str, Page]) -> Page:
    """Return a page on a wide screen."""
    return as_new(windows["wide"])


@pytest.fixture
def narrow_page(windows: dict[str, Page]) -> Page:
    """Return a page of 320 px, which is also 1,280 px at 400 per cent."""
    return as_new(windows["narrow"])


@pytest.fixture
def plain_page(windows: dict[str, Page]) -> Page:
    """Return a page that runs no script."""
    return as_new(windows["plain"])


def as_new(page: Page) -> Page:
    """Undo what the last test may have done to the page."""
    page.goto("about:blank")
    page.context.clear_cookies()
    page.emulate_media(media="null", color_scheme="null", forced_colors="null")
    return page


def new_context(browser: Browser, site: Portal, width: int, **options) -> BrowserContext:
    """Open a context in which paths are taken to be of the portal."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": HEIGHTS[width]},
        locale="en-GB",
        **options,
    )
    context.set_default_timeout(PATIENCE)
    return context
