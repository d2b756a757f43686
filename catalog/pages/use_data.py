"""How programs ask, and how they build an address from an identifier."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from catalog.addresses import absolute

# (what it is, the address in words, an identifier, its address)
ADDRESSES = (
    (gettext_lazy("ITU-T work"), "/itu-t/number/", "ITU-T G.711", "/itu-t/g.711/"),
    (
        gettext_lazy("with a dual number: only the first one"),
        "/itu-t/number/",
        "ITU-T G.709/Y.1331",
        "/itu-t/g.709/",
    ),
    (
        gettext_lazy("ITU-T edition with a suffix"),
        "/itu-t/number/year-month/",
        "ITU-T V.25 ter (08/1995)",
        "/itu-t/v.25ter/1995-08/",
    ),
    (
        gettext_lazy("supplement"),
        "/itu-t/number.supN/",
        "ITU-T G Suppl. 39",
        "/itu-t/g.sup39/",
    ),
    (
        gettext_lazy("older text that had the number"),
        "/itu-t/number-year/",
        "ITU-T G.641 (1988)",
        "/itu-t/g.641-1988/",
    ),
    (
        gettext_lazy("ITU-T edition"),
        "/itu-t/number/year-month/",
        "ITU-T G.711 (11/1988)",
        "/itu-t/g.711/1988-11/",
    ),
    (
        gettext_lazy("component of it, under its own month"),
        "/itu-t/number/year-month/part/",
        "ITU-T G.711 (1988) Amd. 1 (08/2009)",
        "/itu-t/g.711/2009-08/amd1/",
    ),
    (
        gettext_lazy("component of a component"),
        "/itu-t/number/year-month/part-part/",
        "ITU-T G.729 Annex C+ (2000) Cor. 1 (03/2001)",
        "/itu-t/g.729/2001-03/anncplus-cor1/",
    ),
    (gettext_lazy("ITU-R Recommendation"), "/itu-r/number/", "ITU-R P.835", "/itu-r/p.835/"),
    (gettext_lazy("a version of it"), "/itu-r/number/version/", "ITU-R P.835-6", "/itu-r/p.835/6/"),
    (
        gettext_lazy("ITU-R Report"),
        "/itu-r/report/number/version/",
        "Report ITU-R BT.2020-1",
        "/itu-r/report/bt.2020/1/",
    ),
    (
        gettext_lazy("ITU-R Handbook"),
        "/itu-r/handbook/number/year/",
        "Handbook ITU-R 43 (2013)",
        "/itu-r/handbook/43/2013/",
    ),
    (
        gettext_lazy("ITU-R Resolution"),
        "/itu-r/resolution/number/version/",
        "Resolution ITU-R 1-9",
        "/itu-r/resolution/1/9/",
    ),
    (
        gettext_lazy("ITU-R Question"),
        "/itu-r/question/number/sgN/version/",
        "Question ITU-R 203-8/3",
        "/itu-r/question/203/sg3/8/",
    ),
)

# (outcome, status of GET, what it means)
OUTCOMES = (
    ("work", 200, gettext_lazy("A work was found; in_force is its edition in force.")),
    ("edition", 200, gettext_lazy("An edition was found; work is the work it belongs to.")),
    ("component", 200, gettext_lazy("A component was found; edition is the one it changes.")),
    (
        "candidates",
        300,
        gettext_lazy(
            "Several texts match, or texts that people call so, even if it is one; none is chosen. "
            "Each says why and what took its place; families leads to the page of a family."
        ),
    ),
    (
        "not-held",
        404,
        gettext_lazy(
            "Known, but not in this catalogue; elsewhere says where ITU keeps it or whose it is, "
            "and near has the nearest texts of ITU."
        ),
    ),
    ("unknown", 404, gettext_lazy("Not known; near has works with similar numbers.")),
)

# (how sure it is what took the place of a text, what that means)
CERTAINTIES = (
    ("stated", gettext_lazy("A source says so.")),
    ("same-title", gettext_lazy("Both texts have the same title, and the later one followed.")),
    (
        "same-number",
        gettext_lazy("The later text has the same number under another letter."),
    ),
    (
        "inferred",
        gettext_lazy("It follows from titles, dates and statuses; no source says so."),
    ),
    ("general-knowledge", gettext_lazy("It is known in the field; no source says so.")),
)


@dataclass(frozen=True)
class UseDataPage:
    """How programs ask, in examples, and how they build an address from an identifier."""

    addresses = ADDRESSES
    outcomes = OUTCOMES
    certainties = CERTAINTIES

    @property
    def _resolve(self) -> str:
        return absolute(reverse("api-resolve"))

    @property
    def ask_one(self) -> str:
        """A command that asks for one text."""
        return f"curl '{self._resolve}?{urlencode({'q': 'G.711 (11/88)'})}'"

    @property
    def ask_many(self) -> str:
        """A command that asks for two texts."""
        query = '{"q": ["G.711", "https://www.itu.int/rec/T-REC-G.711"]}'
        return f"curl '{self._resolve}' --json '{query}'"

    @property
    def example(self) -> str:
        """An address that answers."""
        return f"{reverse('api-resolve')}?{urlencode({'q': 'ITU-T G.711'})}"
