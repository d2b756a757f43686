"""One page of each type, and the few that are awkward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Address:
    """A page under test.

    `status` is the answer it must give; `has_state` says that its heading must be followed by
    the state line; `prepare` does on the page what leads to the state under test.
    """

    name: str
    path: str
    status: int = 200
    has_state: bool = False
    prepare: Callable[[Page], None] | None = None


def send_bad_report(page: Page) -> None:
    """Send a report that names another site, so that the form comes back with its error."""
    page.get_by_label("Page:").fill("https://www.example.org/")
    page.get_by_label("What is wrong?").fill("The address is not of this site.")
    page.get_by_role("button", name="Send report").click()
    page.get_by_role("alert").wait_for()


BATCH = """https://www.itu.int/rec/T-REC-G.711-198410-S
404 https://www.itu.int/rec/T-REC-H.264-202108-S/en (linked from index.html)

BT.2020
OB.1096
Report ITU-R BT.2020-1
a-line-without-a-blank-that-is-longer-than-any-narrow-screen-and-holds-nothing-of-itu
"""


def send_lines(page: Page) -> None:
    """Look up lines of every outcome."""
    page.get_by_label("Identifiers or links").fill(BATCH)
    page.get_by_role("button", name="Look up", exact=True).click()
    page.get_by_role("heading", name="6 lines").wait_for()


def send_no_lines(page: Page) -> None:
    """Send blanks, so that the form comes back with its error."""
    page.get_by_label("Identifiers or links").fill("  ")
    page.get_by_role("button", name="Look up", exact=True).click()
    page.get_by_role("alert").wait_for()


# What the portal of the tests changes and deletes before they begin, so that there is history.
CHANGED, DELETED = "g.653", "e.123"
HISTORY = f"/id/itu-t-{CHANGED}/history/"

PAGES = (
    Address("home", "/"),
    Address("publications", "/publications/"),
    Address(
        "publications filtered", "/publications/?sector=itu-t&state=withdrawn&series=itu-t-series-c"
    ),
    Address("publications none", "/publications/?sector=itu-d&state=withdrawn&year_from=2026"),
    Address("initiatives", "/initiatives/"),
    Address("partners", "/partners/"),
    Address("conferences", "/conferences/"),
    Address("topics", "/topics/"),
    Address("claims", "/fact-check/"),
    Address("changes", "/changes/"),
    Address("search with hits", "/search/?q=fax&sort=best"),
    Address("search without hits", "/search/?q=zzyzx"),
    Address("search empty", "/search/"),
    Address("sectors", "/sectors/"),
    Address("sector", "/itu-t/"),
    Address("series with ranges", "/itu-t/d/"),
    Address("series of ITU-R", "/itu-r/bt/"),
    Address("series on a day", "/itu-t/g/?on=2005-05-01"),
    Address("series on no day", "/itu-t/g/?on=yesterday", status=400),
    Address("study group", "/itu-t/sg15/"),
    Address("ended study group", "/itu-t/sg9/"),
    Address("family", "/itu-t/recommendations/"),
    Address("families of texts", "/families/"),
    Address("family of texts", "/families/g-72x-series/"),
    Address("work with components", "/itu-t/g.709/", has_state=True),
    Address("work with many editions", "/itu-t/g.711/", has_state=True),
    Address("superseded work", "/itu-t/b.18/", has_state=True),
    Address("withdrawn work", "/itu-t/b.15/", has_state=True),
    Address("work not in force", "/itu-t/q.501/", has_state=True),
    Address("pre-published work", "/itu-t/k.21/", has_state=True),
    Address("edition in force", "/itu-t/g.711/1988-11/", has_state=True),
    Address("superseded edition", "/itu-t/g.711/1972-12/", has_state=True),
    Address("component", "/itu-t/g.711/2009-08/amd1/", has_state=True),
    Address("work with a doubted title", "/itu-r/p.835/", has_state=True),
    Address("edition with a doubted title", "/itu-r/p.835/7/", has_state=True),
    Address("history of a record", HISTORY),
    Address("deleted work", f"/itu-t/{DELETED}/", status=410),
    Address("ITU-R Recommendation", "/itu-r/bt.601/", has_state=True),
    Address("ITU-R Report", "/itu-r/report/bo.2397/", has_state=True),
    Address("ITU-D work", "/itu-d/pub/recommendation-6/", has_state=True),
    Address("Union treaty", "/itu/pub/itu-constitution-convention/", has_state=True),
    Address("which one", "/go/?id=BT.2020"),
    Address("work opened from a search", "/itu-t/g.711/?q=G.711+(12/1988)", has_state=True),
    Address("component opened from a search", "/itu-t/x.509/2021-10/cor1/?q=X.509+Cor.+1"),
    Address("search understood", "/search/?q=G.7111"),
    Address("search for what is not held", "/search/?q=OB.1096"),
    Address("search for a name in use", "/search/?q=x265"),
    Address("search for a text by others", "/search/?q=MP3"),
    Address("work opened by its name", "/itu-t/h.265/?q=HEVC", has_state=True),
    Address("go", "/go/"),
    Address("go with an error", "/go/?id=a&id=b", status=400),
    Address("go to what is not held", "/go/?id=OB.1096", status=404),
    Address("go to what is not known", "/go/?id=G.7111", status=404),
    Address("batch", "/go/batch/"),
    Address("batch with its table", "/go/batch/", prepare=send_lines),
    Address("batch with errors", "/go/batch/", status=400, prepare=send_no_lines),
    Address("API and data", "/about/api/"),
    Address("bodies", "/bodies/"),
    Address("body", "/bodies/itu-council/"),
    Address("initiative checked", "/initiatives/ai-for-good/"),
    Address("initiative corrected", "/initiatives/broadband-commission/"),
    Address("initiative misattributed", "/initiatives/egdi/"),
    Address("initiative not found", "/initiatives/5g-for-humanity/"),
    Address("summit meeting", "/initiatives/ai-for-good-global-summit/2023/"),
    Address("topic", "/topics/5g/"),
    Address("goals", "/sdgs/"),
    Address("goal", "/sdgs/9/"),
    Address("partner", "/partners/unesco/"),
    Address("conference", "/conferences/wrc/"),
    Address("meeting", "/conferences/wrc/2023/"),
    Address("membership compared", "/membership/"),
    Address("membership of two", "/membership/?a=associate&b=academia"),
    Address("membership type", "/membership/sector-member/"),
    Address("legend of states", "/about/states/"),
    Address("legend of verification", "/about/verification/"),
    Address("about", "/about/"),
    Address("accessibility statement", "/about/accessibility/"),
    Address("report form", "/report/?page=/itu-t/g.711/"),
    Address("report form with errors", "/report/", status=400, prepare=send_bad_report),
    Address("not found", "/itu-t/g.711/1988-12/", status=404),
    Address("not found, a link of ITU", "/rec/T-REC-G.711-198811-I/en", status=404),
    Address("not found, not held", "/itu-t/ob.1096/", status=404),
    Address("bad filter", "/publications/?state=valid", status=400),
    Address("login", "/admin/login/"),
)
