"""Check templates, style sheets, icons and scripts against the house rules for pages.

Run by `make lint`; prints every fault and exits with 1 if there is any.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KB = 1024
# Gzipped, as readers get them: indentation and long names cost them next to nothing.
BUDGETS = {
    "static/portal.css": 12.0,
    "static/icons.svg": 1.0,
    "static/copy.js": 0.5,
}
FONT_KB = 30  # woff2 is compressed already
STYLE_SHEET = "static/portal.css"
LAYERS = "@layer reset, tokens, base, layout, components, utilities, print;"
LINE_LENGTH = 160  # characters of a template's line; a tag of Django cannot be broken
PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b"
    r"|(?:^|[;{\s])(?:left|right|top|bottom)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
# The first !important of a rule, with the selector of the rule.
IMPORTANT = re.compile(r"(?P<selector>[^{};]*)\{[^{}]*?(?P<force>!important)")
INLINE = re.compile(r"<(?!svg|rect|line|text)[a-z]+[^>]*\s(?:style|on[a-z]+)\s*=", re.IGNORECASE)
INLINE_BLOCK = re.compile(r"<style\b|<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE)
FOREIGN = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")
# Templates are read without their indentation (`itu_portal/templates.py`).
SHOWN_BLANKS = re.compile(r"<(?:pre|textarea)\b", re.IGNORECASE)
VAGUE_LINK = re.compile(r">\s*(?:here|more|click here|read more)\s*</a>", re.IGNORECASE)


def main() -> int:
    """Print the faults; return the exit status."""
    faults = [*check_budgets(), *check_style_sheets(), *check_templates(), *check_frame()]
    for fault in faults:
        print(fault)
    print(
        f"Pages: {len(faults)} faults."
        if faults
        else "Pages: templates and style sheets are in order."
    )
    return 1 if faults else 0


def check_budgets() -> Iterator[str]:
    """Yield files that weigh more than their budget."""
    for name, limit in BUDGETS.items():
        size = gzipped(ROOT / name)
        if size > limit * KB:
            yield f"{name}: {size} bytes gzipped, at most {limit * KB:.0f}"
    for path in (ROOT / "static/fonts").glob("*.woff2"):
        if path.stat().st_size > FONT_KB * KB:
            yield f"{path.name}: {path.stat().st_size} bytes, at most {FONT_KB * KB}"


def gzipped(path: Path) -> int:
    """Return how many bytes a file has as the server sends it."""
    return len(gzip.compress(path.read_bytes()))


def check_style_sheets() -> Iterator[str]:
    """Yield physical directions, id selectors and !important outside their places."""
    text = (ROOT / STYLE_SHEET).read_text()
    print_begins = text.index("@layer print {")
    for match in IMPORTANT.finditer(text):
        if match.start("force") < print_begins and match["selector"].strip() != ".vh":
            number = text.count("\n", 0, match.start("force")) + 1
            yield f"{STYLE_SHEET}:{number}: !important outside print and .vh"
    for number, line in enumerate(text.splitlines(), 1):
        place = f"{STYLE_SHEET}:{number}"
        if PHYSICAL.search(line):
            yield f"{place}: physical direction; use logical properties"
        if re.match(r"\s*#[a-z]", line):
            yield f"{place}: id selector"
        if "@import" in line or ("url(" in line and "fonts/" not in line):
            yield f"{place}: the style sheet loads nothing but its font"
    if LAYERS not in text:
        yield f"{STYLE_SHEET}: it must declare the layers in order"


def check_templates() -> Iterator[str]:
    """Yield long lines, inline code, foreign hosts, vague links, partials that name no inputs."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        name = path.relative_to(ROOT)
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > LINE_LENGTH:
                yield f"{name}:{number}: {len(line)} characters, at most {LINE_LENGTH}"
        for pattern, reason in (
            (INLINE, "inline style or event handler"),
            (INLINE_BLOCK, "inline style or script block"),
            (SHOWN_BLANKS, "element that shows the blanks of the template"),
            (FOREIGN, "link to another host in the frame"),
            (VAGUE_LINK, "link text that does not say the target"),
        ):
            for match in pattern.finditer(text):
                yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {reason}"
        if path.parent.name == "partials" and not text.startswith("{# needs:"):
            yield f"{name}: a partial names its inputs in the first line"


def check_frame() -> Iterator[str]:
    """Yield frames that link anything but the one style sheet."""
    for path in (ROOT / "templates/catalog/base.html", *(ROOT / "templates").glob("*.html")):
        if re.findall(r"[\w/]+\.css", path.read_text()) != ["portal.css"]:
            yield f"{path.relative_to(ROOT)}: pages have one style sheet, portal.css"


if __name__ == "__main__":
    sys.exit(main())
