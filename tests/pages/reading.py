"""Read a page as a reader would: parsed, not sliced."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import html5lib
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

BLANKS = re.compile(r"[ \t\n\r\f]+")
BLOCKS = frozenset(
    [
        "html",
        "head",
        "title",
        "body",
        "header",
        "nav",
        "main",
        "footer",
        "section",
        "search",
        "article",
        "hgroup",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "div",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "legend",
        "label",
        "details",
        "summary",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "desc",
        "text",
        "option",
    ]
)
# Stand in a line like a word.
BOXES = frozenset(["svg", "button", "input", "select"])
AS_WRITTEN = frozenset(["pre", "textarea", "script", "style"])


def page(response) -> BeautifulSoup:
    """Return the parsed page of a response, its blanks as a browser shows them."""
    soup = BeautifulSoup(response.content, "lxml")
    show_blanks(soup)
    return soup


def show_blanks(soup: BeautifulSoup) -> None:
    """Make one blank of several, and none where a block begins or ends."""
    line: list[NavigableString] = []
    for node in [*in_order(soup), None]:
        if isinstance(node, NavigableString):
            text = BLANKS.sub(" ", node)
            if text.startswith(" ") and (not line or line[-1].endswith(" ")):
                text = text[1:]
            shown = NavigableString(text)
            node.replace_with(shown)
            if text:
                line.append(shown)
        elif node in BOXES:
            line.append(NavigableString("\N{OBJECT REPLACEMENT CHARACTER}"))
        else:
            if line and line[-1].endswith(" ") and line[-1].parent:
                line[-1].replace_with(NavigableString(line[-1][:-1]))
            line = []


def in_order(tag: Tag) -> Iterator[NavigableString | str]:
    """Yield the texts inside, and the names of the blocks and boxes where they begin and end."""
    edge = tag.name if tag.name in BLOCKS or tag.name in BOXES else ""
    if edge:
        yield edge
    for child in list(tag.children):
        if isinstance(child, Tag):
            if child.name not in AS_WRITTEN:
                yield from in_order(child)
        elif not isinstance(child, PreformattedString):
            yield child
    if edge:
        yield edge


def main_text(response) -> str:
    """Return the words of the page's main part, blanks collapsed."""
    return " ".join(page(response).find("main").get_text(" ").split())


def internal_links(soup: BeautifulSoup, base: str) -> set[str]:
    """Return the addresses on this site that a page links to, without fragments."""
    found = set()
    for link in soup.find_all(["a", "link"], href=True):
        url = urldefrag(urljoin(base, link["href"])).url
        parts = urlsplit(url)
        if parts.netloc in ("", "testserver"):
            found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def html_faults(response) -> list[str]:
    """Return what a strict HTML parser finds wrong, doubled ids and gaps between headings."""
    text = response.content.decode()
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    faults = [f"{code} at line {line}: {data}" for (line, _column), code, data in parser.errors]
    soup = page(response)
    ids = [element["id"] for element in soup.find_all(id=True)]
    faults += [f"id {name} twice" for name in {i for i in ids if ids.count(i) > 1}]
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile(r"^h[1-6]$"))]
    faults += [
        f"heading level {after} after {before}"
        for before, after in itertools.pairwise(levels)
        if after > before + 1
    ]
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        for element in soup.find_all(attrs={attribute: True}):
            value = element[attribute]
            names = value if isinstance(value, list) else value.split()
            faults += [f"{attribute} names {name}" for name in names if name not in ids]
    return faults


def frame_faults(response, soup: BeautifulSoup, path: str) -> list[str]:
    """Return what is wrong with the frame that every page must have."""
    faults = []
    navigations = soup.find_all("nav")
    checks = {
        "one h1": len(soup.find_all("h1")) == 1,
        "a language": soup.html.get("lang") == "en",
        "a description": bool(
            (soup.find("meta", attrs={"name": "description"}) or {}).get("content")
        ),
        "one main": len(soup.find_all("main")) == 1,
        "no inline style": not soup.find_all(style=True) and not soup.find_all("style"),
        "no inline script": not [tag for tag in soup.find_all("script") if not tag.get("src")],
        "no event handlers": not re.search(rb"<[a-z]+[^>]*\son[a-z]+=", response.content),
        "a nav": bool(navigations),
        "a named nav": all(nav.get("aria-label") for nav in navigations),
    }
    faults += [name for name, holds in checks.items() if not holds]
    canonical = soup.find("link", rel="canonical")
    address, _mark, query = path.partition("?")
    own = parse_qsl(query) if dict(parse_qsl(query)).get("page", "1") != "1" else []
    href, _mark, query = (canonical or {"href": ""})["href"].partition("?")
    if href != f"http://testserver{address}" or sorted(parse_qsl(query)) != sorted(own):
        faults.append(f"canonical is {canonical}")
    for tag in soup.find_all(["script", "img", "link", "source", "iframe"]):
        source = tag.get("src") or (tag.get("href") if tag.get("rel") == ["stylesheet"] else "")
        if source and urlsplit(source).netloc:
            faults.append(f"request to another host: {source}")
    return faults
