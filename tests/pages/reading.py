"""Read a page as a reader would: parsed, not sliced."""

from __future__ import annotations

import itertools
import re
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
from bs4 import BeautifulSoup


def page(response) -> BeautifulSoup:
    """Return the parsed page of a response."""
    return BeautifulSoup(response.content, "lxml")


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
        "a named nav": all(nav.get("aria-label") for nav in soup.find_all("nav")),
    }
    faults += [name for name, holds in checks.items() if not holds]
    canonical = soup.find("link", rel="canonical")
    expected = f"http://testserver{path.split('?')[0]}"
    if canonical is None or canonical["href"] != expected:
        faults.append(f"canonical is {canonical}")
    for tag in soup.find_all(["script", "img", "link", "source", "iframe"]):
        source = tag.get("src") or (tag.get("href") if tag.get("rel") == ["stylesheet"] else "")
        if source and urlsplit(source).netloc:
            faults.append(f"request to another host: {source}")
    return faults
