"""Check templates, style sheets, signs and scripts against the page design.

Run by `make lint`; prints every fault and exits with 1 if there is any.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KB = 1024
BUDGETS = {
    "static/css/tokens.css": 3.0,
    "static/css/base.css": 4.0,
    "static/css/layout.css": 3.0,
    "static/css/components.css": 8.0,
    "static/css/print.css": 2.0,
    "static/icons.svg": 4.0,
    "static/copy.js": 2.0,
}
CSS_TOTAL = 20.0
LINK_ORDER = ["tokens", "base", "layout", "components", "print"]
PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b"
    r"|(?:^|[;{\s])(?:left|right|top|bottom)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
INLINE = re.compile(r"<(?!svg|rect|line|text)[a-z]+[^>]*\s(?:style|on[a-z]+)\s*=", re.IGNORECASE)
INLINE_BLOCK = re.compile(r"<style\b|<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE)
FOREIGN = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")
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
    """Yield files that weigh more than the page design allows."""
    for name, limit in BUDGETS.items():
        size = (ROOT / name).stat().st_size
        if size > limit * KB:
            yield f"{name}: {size} bytes, at most {limit * KB:.0f}"
    total = sum(path.stat().st_size for path in (ROOT / "static/css").glob("*.css"))
    if total > CSS_TOTAL * KB:
        yield f"static/css: {total} bytes together, at most {CSS_TOTAL * KB:.0f}"


def check_style_sheets() -> Iterator[str]:
    """Yield physical directions, id selectors and !important outside their places."""
    for path in sorted((ROOT / "static/css").glob("*.css")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            place = f"{path.relative_to(ROOT)}:{number}"
            if PHYSICAL.search(line):
                yield f"{place}: physical direction; use logical properties"
            if "!important" in line and path.name != "print.css" and not line.startswith(".vh "):
                yield f"{place}: !important outside print and .vh"
            if re.match(r"\s*#[a-z]", line):
                yield f"{place}: id selector"
            if "@import" in line or "url(" in line:
                yield f"{place}: style sheets load nothing"
    first = (ROOT / "static/css/tokens.css").read_text().splitlines()[0]
    if not first.startswith("@layer reset, tokens, base, layout, components, utilities, print"):
        yield "static/css/tokens.css: the first line must declare the layers in order"


def check_templates() -> Iterator[str]:
    """Yield inline code, foreign hosts, vague links and partials that do not name their inputs."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        name = path.relative_to(ROOT)
        for pattern, reason in (
            (INLINE, "inline style or event handler"),
            (INLINE_BLOCK, "inline style or script block"),
            (FOREIGN, "link to another host in the frame"),
            (VAGUE_LINK, "link text that does not say the target"),
        ):
            for match in pattern.finditer(text):
                yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {reason}"
        if path.parent.name == "partials" and not text.startswith("{# needs:"):
            yield f"{name}: a partial names its inputs in the first line"


def check_frame() -> Iterator[str]:
    """Yield style sheets that are not linked in the order of their layers."""
    text = (ROOT / "templates/catalog/base.html").read_text()
    if re.findall(r"css/([a-z]+)\.css", text) != LINK_ORDER:
        yield f"templates/catalog/base.html: style sheets must be linked in order {LINK_ORDER}"


if __name__ == "__main__":
    sys.exit(main())
