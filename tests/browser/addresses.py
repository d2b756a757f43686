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
    Address("claims", "/claims/"),
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
    Address("work with components", "/itu-t/g.709/", has_state=True),
    Address("work with many editions", "/itu-t/g.711/", has_state=True),
    Address("superseded work", "/itu-t/b.18/", has_state=True),
    Address("withdrawn work", "/itu-t/b.15/", has_state=True),
    Address("work not in force", "/itu-t/q.501/", has_state=True),
    Address("pre-published work", "/itu-t/k.21/", has_state=True),
    Address("edition in force", "/itu-t/g.711/1988-11/", has_state=True),
    Address("superseded edition", "/itu-t/g.711/1972-12/", has_state=True),
    Address("component", "/itu-t/g.711/2009-08/amd1/", has_state=True),
    Address("ITU-R Recommendation", "/itu-r/bt.601/", has_state=True),
    Address("ITU-R Report", "/itu-r/report/bo.2397/", has_state=True),
    Address("ITU-D work", "/itu-d/pub/recommendation-6/", has_state=True),
    Address("Union treaty", "/itu/pub/itu-constitution-convention/", has_state=True),
    Address("which one", "/itu-t/i.441/"),
    Address("bodies", "/bodies/"),
    Address("body", "/bodies/itu-council/"),
    Address("initiative confirmed", "/initiatives/ai-for-good/"),
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
    Address("bad filter", "/publications/?state=valid", status=400),
    Address("login", "/admin/login/"),
)
