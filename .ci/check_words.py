"""Check what readers and editors see against the words of this portal.

`docs/words.md` is the one list: its column “Not” holds the phrases that this refuses, its column
“Fine” those in which a refused word may stand. Looked at are the visible text and attributes of
templates, strings in the code that hold words, and the documents. Names in code, docstrings,
CSS classes, addresses and everything in backticks are not. Run by `make lint`; prints every fault
and exits with 1 if there is any.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs/words.md"
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
# Attributes that are read out or shown; an option's value goes to the server.
SHOWN = re.compile(r"(?:title|alt|placeholder|content|label|aria-[a-z]+)\Z")
TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
# What holds no words for anybody: comments and code of templates; code and links of documents.
TEMPLATE_TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TEMPLATE_COMMENT = re.compile(r"\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
TRANSLATE = re.compile(r"\{% *(?:trans|translate) +(?P<quote>[\"'])(?P<text>.*?)(?P=quote)")
IN_TAG = re.compile(r"_\((?P<quote>[\"'])(?P<text>.*?)(?P=quote)\)")
HTML_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
CODE_ELEMENT = re.compile(r"<code>.*?</code>", re.DOTALL)
ATTRIBUTE = re.compile(r"(?P<name>[a-z-]+)=(?P<quote>[\"'])(?P<text>.*?)(?P=quote)", re.DOTALL)
CODE_IN_DOCUMENT = re.compile(
    r"^```.*?^```|^    .*?$|`[^`\n]*`|\]\([^)]*\)", re.DOTALL | re.MULTILINE
)
# Pieces of code inside strings: addresses, parameters, names with underscores.
CODE_IN_STRING = re.compile(r"\S*[/=_&?<>]\S*|%\([a-z_]+\)s|[a-z]+__?[a-z_]+")


@dataclass(frozen=True)
class Refused:
    """A phrase that is not used, the better one, and where it is fine all the same."""

    pattern: re.Pattern[str]
    phrase: str
    better: str
    fine: re.Pattern[str] | None


def main() -> int:
    """Print the faults; return the exit status."""
    refused = read_list(LIST.read_text())
    faults = [fault for path in files() for fault in check(path, refused)]
    for fault in faults:
        print(fault)
    print(f"Words: {len(faults)} faults." if faults else "Words: every text uses ours.")
    return 1 if faults else 0


def read_list(text: str) -> list[Refused]:
    """Return the phrases that the tables of a document with columns “We say”, “Not”, “Fine” refuse.

    Phrases in a cell stand between commas. Raises ValueError if there are none.
    """
    refused = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 4 or cells[1] in ("Not", "---", ""):
            continue
        better, phrases, fine, _why = cells
        refused += [
            Refused(as_pattern([phrase]), phrase, better, as_pattern(split(fine)) if fine else None)
            for phrase in split(phrases)
        ]
    if not refused:
        raise ValueError("docs/words.md refuses no phrase: is its table intact?")
    return refused


def split(cell: str) -> list[str]:
    """Return the phrases of a cell."""
    return [phrase.strip() for phrase in cell.split(",") if phrase.strip()]


def as_pattern(phrases: list[str]) -> re.Pattern[str]:
    """Return a pattern for whole words of the phrases, whatever their capitals and line breaks."""
    alternatives = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)


def files() -> Iterator[Path]:
    """Yield the files that are looked at."""
    yield from (ROOT / name for name in DOCUMENTS)
    yield from sorted(path for path in (ROOT / "docs").glob("*.md") if path != LIST)
    yield from sorted(
        path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")
    )
    yield from sorted(
        path
        for folder in ("catalog", "itu_portal")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def check(path: Path, refused: list[Refused]) -> Iterator[str]:
    """Yield a line for each refused phrase of a file: file, line, phrase, better phrase."""
    text = path.read_text()
    for number, words in PIECES[path.suffix](text):
        for one in refused:
            allowed = [match.span() for match in one.fine.finditer(words)] if one.fine else []
            for match in one.pattern.finditer(words):
                if any(start <= match.start() < end for start, end in allowed):
                    continue
                line = number + words.count("\n", 0, match.start())
                place = f"{path.relative_to(ROOT)}:{line}"
                yield f"{place}: “{' '.join(match[0].split())}”: we say “{one.better}”"


def in_template(text: str) -> Iterator[tuple[int, str]]:
    """Yield (first line, words) of the visible text and attributes of a template."""
    text = blank(TEMPLATE_COMMENT, text)
    for pattern in (TRANSLATE, IN_TAG):
        for match in pattern.finditer(text):
            yield line_at(text, match.start("text")), match["text"]
    text = blank(CODE_ELEMENT, blank(TEMPLATE_TAG, text))
    for tag in HTML_TAG.finditer(text):
        for match in ATTRIBUTE.finditer(tag[0]):
            if SHOWN.match(match["name"]) and " " in match["text"].strip():
                yield line_at(text, tag.start() + match.start("text")), match["text"]
    yield 1, blank(HTML_TAG, text)


def in_document(text: str) -> Iterator[tuple[int, str]]:
    """Yield (first line, words) of a document without its code and the targets of its links."""
    yield 1, blank(CODE_IN_DOCUMENT, text)


def in_code(text: str) -> Iterator[tuple[int, str]]:
    """Yield (first line, words) of strings that hold words: translated ones, and any with a blank.

    Docstrings are for programmers and not looked at.
    """
    tree = ast.parse(text)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    translated = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in TRANSLATED
        for argument in node.args
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) in docstrings or not (id(node) in translated or " " in node.value.strip()):
            continue
        yield node.lineno, blank(CODE_IN_STRING, node.value)


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Return the text with blanks where the pattern matches, so that lines keep their numbers."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def line_at(text: str, position: int) -> int:
    """Return the number of the line at a position."""
    return text.count("\n", 0, position) + 1


PIECES = {".html": in_template, ".txt": in_template, ".md": in_document, ".py": in_code}

if __name__ == "__main__":
    sys.exit(main())
