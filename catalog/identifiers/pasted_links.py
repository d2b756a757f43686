"""Addresses at itu.int, live or dead, whole or cut off: what they name.

Also those that ITU used before the present ones, and beside them. The status letter says nothing
that lasts, so it is not part of the key of a link (rule 1.7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from catalog.identifiers.characters import plain
from catalog.identifiers.keys import MAX_KEY
from catalog.terms import Kind, SectorCode

# What ends at a host name from the right: `www.`, `https://`. It is looked for backwards, so that
# a long row of letters and dots is gone through once and not anew from each of its characters.
_BEFORE_HOST = re.compile(r"(?:\.[a-z0-9-]+)*(?:/{0,2}:s?ptth)?", re.IGNORECASE)
_HOST = r"(?:https?:/{0,2})?(?:[a-z0-9-]+\.)*itu\.int"
_AFTER_HOST = r"(?:[/?:#]\S*|(?=$|\s))"
_AT_HOST = re.compile(rf"itu\.int{_AFTER_HOST}", re.IGNORECASE)
_FILE_OR_HANDLE = r"\b[TR]-(?:REC|REP|HDB|RES|QUE)-\S+|\b(?:hdl:)?11\.1002/1000/\d+\S*"
_WITHOUT_HOST = re.compile(_FILE_OR_HANDLE, re.IGNORECASE)
_LINK = re.compile(rf"(?:{_HOST}{_AFTER_HOST}|{_FILE_OR_HANDLE})", re.IGNORECASE)
_BREAK_IN_LINK = re.compile(
    r"(?<=[-/!.%=&?_])\s++(?=[\w!%./-])|(?<!\s)\s++(?=[-!%=&])",
)
# Twice as long as any number or part in the data set. Only the first place is tried at which a
# number begins. Else the time to look at a text of many beginnings would grow with the square of
# its length.
_NUMBER = r"(?P<number>[^!/&?#;\s]{1,80}?)"
_PART = r"(?:!(?P<part>[^!/&?#;.\s]{0,80}))?"
_END = r"(?:!|[/&?#;]|\.(?:pdf|zip|doc|html?)|-{0,9}$)"
_STANDARD_BEGINS = re.compile(r"T-REC-(?=[^!/&?#;\s])", re.IGNORECASE)
_STANDARD = re.compile(
    rf"T-REC-{_NUMBER}(?:-(?P<month>\d{{4,8}}))?(?:-(?P<letter>[A-Z]))?{_PART}{_END}",
    re.IGNORECASE,
)
_RADIO_BEGINS = re.compile(r"R-(?:REC|REP|HDB|RES|QUE)-(?=[^!/&?#;\s])", re.IGNORECASE)
_RADIO = re.compile(
    rf"R-(?P<kind>REC|REP|HDB|RES|QUE)-{_NUMBER}{_PART}{_END}",
    re.IGNORECASE,
)
# The rest of a longer one is not read; what names a text stands before it.
MAX_LINK = 400
_FILE_ENDING = re.compile(
    r"(?:-OAS)?(?:-R\d+)?(?:-(?:PDF|MSW|SOFT|TOC|ZPF|HTM|ZIP|EPB)[A-Z_-]*\d*)?(?:-[EFSRAC])?$",
    re.IGNORECASE,
)
_RADIO_NUMBER = re.compile(
    r"(?P<code>(?:[A-Z]{1,3}\.)?0*(?P<n>\d+)|SG\d+\.\d+)(?:-(?P<version>\d{1,2})(?!\d{2,4}(?:-|$)))?"
    r"(?:-?(?P<month>(?:19|20)\d{2}(?:0[1-9]|1[0-2])?))?(?:-(?P<letter>[A-Z]))?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"11\.1002/1000/(?P<number>\d+)", re.IGNORECASE)
# Of a page such as recommendation.aspx?rec=911; `rec` stands before the question mark too.
_PAGE_WITH_QUERY = re.compile(r"\.aspx?\?(?P<query>[^#]*)", re.IGNORECASE)
_REC_PARAMETER = re.compile(r"(?:^|&)rec=(?P<number>[^&]+)", re.IGNORECASE)
_IN_PARAMETER = re.compile(r"[?&](?:parent|id|rec|ref)=(?P<text>[^&#]+)", re.IGNORECASE)
_MONTH_IN_FILE = re.compile(
    r"-(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])(?=\.[a-z]+$|$)", re.IGNORECASE
)
_KINDS = {
    "rec": frozenset({Kind.RECOMMENDATION}),
    "rep": frozenset({Kind.REPORT}),
    "hdb": frozenset({Kind.HANDBOOK}),
    "res": frozenset({Kind.RESOLUTION}),
    "que": frozenset({Kind.QUESTION}),
}


@dataclass(frozen=True)
class LinkTarget:
    """What a link names: its key, and the text that is spelled in it, to be read as typed."""

    key: str
    text: str = ""
    sector: SectorCode | None = None
    kinds: frozenset[Kind] = frozenset()


def find_link(text: str) -> str:
    """Return the itu.int address, file name or handle in a plain text; "" if there is none.

    A link that a line break cut is joined again.
    """
    if "itu.int" not in text.lower() and not re.search(
        r"[TR]-RE[CPS]-|R-HDB-|R-QUE-|11\.1002/", text, re.I
    ):
        return ""
    start = _start_of_link(text)
    if start is None:
        return ""
    link = _LINK.match(_BREAK_IN_LINK.sub("", text[start:])) or _LINK.match(text, start)
    return plain(unquote(link[0][:MAX_LINK])).replace(" ", "").rstrip(".,;:)]}>'\"\\")


def _start_of_link(text: str) -> int | None:
    """Return where the first link in a text begins."""
    starts = []
    if host := _AT_HOST.search(text):
        before = _BEFORE_HOST.match(text[: host.start()][::-1])
        starts.append(host.start() - before.end())
    if other := _WITHOUT_HOST.search(text):
        starts.append(other.start())
    return min(starts, default=None)


def link_key(link: str) -> str:
    """Return the key of a link: the same for http and https, every status letter and language."""
    if match := _first(_STANDARD_BEGINS, _STANDARD, link):
        return _key("t-rec", match["number"], match["month"], match["part"])
    if match := _first(_RADIO_BEGINS, _RADIO, link):
        number = _FILE_ENDING.sub("", match["number"])
        number = re.sub(r"(?<=\d{6})-[A-Z]$", "", number, flags=re.IGNORECASE)
        return _key(f"r-{match['kind']}", number, None, match["part"])
    if match := _HANDLE.search(link):
        return f"link:handle/{match['number']}"
    bare = re.sub(r"^(?:https?:/*)?(?:www\.)?", "", link, flags=re.IGNORECASE)
    bare = re.sub(r"[?&#](?:utm_\w+|fbclid|gclid|src|ref)=[^&#]*", "", bare, flags=re.IGNORECASE)
    return f"link:{bare.rstrip('/').lower()}"[:MAX_KEY]


def read_link_text(link: str) -> LinkTarget:
    """Return what a link names, spelled as a person would, so that one grammar reads both."""
    key = link_key(link)
    if match := _first(_STANDARD_BEGINS, _STANDARD, link):
        words = [match["number"].replace("Ser", " series "), _part_words(match["part"])]
        return LinkTarget(key, " ".join([*words, _month_words(match["month"])]), SectorCode.ITU_T)
    if match := _first(_RADIO_BEGINS, _RADIO, link):
        return _radio(key, match)
    if number := _rec_number(link):
        handle = f"link:handle/{int(number)}" if number.isascii() and number.isdigit() else key
        return LinkTarget(handle, "" if handle != key else number)
    if _HANDLE.search(link):
        return LinkTarget(key)
    if (match := _IN_PARAMETER.search(link)) and not match["text"].isdigit():
        return LinkTarget(key, match["text"])
    return LinkTarget(key, _last_part(link))


def _first(beginning: re.Pattern[str], pattern: re.Pattern[str], link: str) -> re.Match | None:
    """Return the match of a pattern at the first place where its beginning stands."""
    start = beginning.search(link)
    return pattern.match(link, start.start()) if start else None


def _rec_number(link: str) -> str:
    """Return the number by which a page of ITU asks for a text: 911 of `rec.aspx?rec=911`."""
    page = _PAGE_WITH_QUERY.search(link)
    if page is None or "rec" not in link[: page.start()].lower():
        return ""
    numbers = _REC_PARAMETER.findall(page["query"])
    return numbers[-1] if numbers else ""


def _radio(key: str, match: re.Match[str]) -> LinkTarget:
    kind = match["kind"].lower()
    number = _RADIO_NUMBER.match(_FILE_ENDING.sub("", match["number"]))
    if number is None:
        return LinkTarget(key, match["number"], SectorCode.ITU_R, _KINDS[kind])
    code = number["code"]
    # Resolutions are filed as R.1.
    if kind in ("res", "hdb"):
        code = number["n"]
    version = f"-{int(number['version'])}" if number["version"] else ""
    word = next(iter(_KINDS[kind])).label
    words = [word, f"{code}{version}", _part_words(match["part"]), _month_words(number["month"])]
    return LinkTarget(key, " ".join(words), SectorCode.ITU_R, _KINDS[kind])


def _key(prefix: str, number: str, month: str | None, part: str | None) -> str:
    key = f"link:{prefix.lower()}-{number.lower()}"
    if month:
        key += f"-{month}"
    if part:
        key += f"!{part.lower()}"
    return key[:MAX_KEY]


def _part_words(part: str | None) -> str:
    """Return the part of a link as words: `AnnC1-Cor1` as `AnnC1 Cor1`."""
    return (part or "").replace("-", " ")


def _month_words(month: str | None) -> str:
    """Return the month of a link: `(1988-11)`; a cut one gives its year; "" for less."""
    if not month or len(month) < 4:
        return ""
    if len(month) >= 6 and 1 <= int(month[4:6]) <= 12:
        return f"({month[:4]}-{month[4:6]})"
    return f"({month[:4]})"


def _last_part(link: str) -> str:
    """Return the last part of a path that may be a number: `X.690-0207.pdf` as X.690 (2002-07)."""
    path = re.sub(rf"^{_HOST}", "", link, flags=re.IGNORECASE)
    path = re.split(r"[?#]", path)[0].rstrip("/")
    parts = [
        part for part in path.split("/") if part and part.lower() not in ("en", "e", "index.html")
    ]
    if not parts or not re.search(r"\d", parts[-1]):
        return ""
    last = parts[-1]
    if match := _MONTH_IN_FILE.search(last):
        century = 19 if int(match["year"]) > 39 else 20
        last = f"{last[: match.start()]} ({century}{match['year']}-{match['month']})"
    return re.sub(r"\.(?:pdf|html?|zip|docx?|aspx?)$", "", last, flags=re.IGNORECASE)
