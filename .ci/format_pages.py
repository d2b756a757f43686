"""Format templates and style sheets; with --check only say which of them are not formatted.

djade sets what stands inside Django's tags, djhtml the indentation: neither moves a line break,
so no white space appears where a reader would see it. Run by `make format` and `make lint`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cssbeautifier

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
DJANGO = "5.2"
INDENT = 2


def main(arguments: list[str]) -> int:
    """Format or check everything; return 1 if something is not formatted."""
    check = arguments == ["--check"]
    if arguments and not check:
        print("usage: format_pages.py [--check]")
        return 2
    unformatted = format_templates(check) | format_style_sheets(check)
    if check and unformatted:
        print("Pages: run `make format`.")
    return 1 if check and unformatted else 0


def format_templates(check: bool) -> bool:
    """Return whether a template was not formatted; the tools print which."""
    names = sorted(str(path) for path in (ROOT / "templates").rglob("*.html"))
    option = ["--check"] if check else []
    done = [
        subprocess.run([BIN / tool, *options, *option, *names], capture_output=True, text=True)
        for tool, options in (
            ("djade", ["--target-version", DJANGO]),
            ("djhtml", ["--tabwidth", str(INDENT)]),
        )
    ]
    failed = [run for run in done if run.returncode]
    for run in failed:
        print(run.stdout + run.stderr, end="")
    return bool(failed)


def format_style_sheets(check: bool) -> bool:
    """Return whether a style sheet was not formatted; print which."""
    options = cssbeautifier.default_options()
    options.indent_size = INDENT
    options.end_with_newline = True
    options.space_around_combinator = True
    unformatted = []
    for path in sorted((ROOT / "static").rglob("*.css")):
        text = path.read_text()
        formatted = cssbeautifier.beautify(text, options)
        if formatted != text:
            unformatted.append(path)
            if not check:
                path.write_text(formatted)
    for path in unformatted:
        print(f"{path.relative_to(ROOT)}: {'not formatted' if check else 'formatted'}")
    return bool(unformatted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
