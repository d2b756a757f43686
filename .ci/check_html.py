"""Check the pages with the Nu Html Checker of the W3C: `check_html.py path/to/vnu.jar`.

Renders one page of each type, those of the desk too, into a temporary folder and runs the checker
once over all of them. Prints every error and warning and exits with 1 if there is any.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.addresses import BATCH, HISTORY, PAGES  # noqa: E402
from tests.browser.server import Portal  # noqa: E402

# Pages of the desk whose markup is ours. Its forms are left out: Django's own widgets leave
# options without words and lists without choices there.
DESK = ("history", "delete")
LISTED = ("publication", "edition", "initiative", "importrun", "correction")
ERROR_TEMPLATES = ("400.html", "414.html", "500.html", "503.html")


def main(arguments: list[str]) -> int:
    """Render and check; return the exit status."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("usage: check_html.py path/to/vnu.jar")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        portal = Portal(folder)
        portal.fill()
        pages = folder / "pages"
        pages.mkdir()
        made = write_pages(portal, pages)
        faults = list(run_checker(Path(arguments[0]), pages))
    for fault in faults:
        print(fault)
    print(f"HTML: {len(faults)} faults on {made} pages.")
    return 1 if faults or not made else 0


def write_pages(portal: Portal, folder: Path) -> int:
    """Write every page as a file that is named after it; return how many there are."""
    os.environ.update(portal.environment, DJANGO_SETTINGS_MODULE="itu_portal.settings")
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    made = 0
    for name, text in rendered():
        (folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.html").write_text(text)
        made += 1
    return made


def rendered() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every page; raise AssertionError if one does not come."""
    from django.contrib.auth import get_user_model
    from django.template.loader import render_to_string
    from django.test import Client

    reader = Client(raise_request_exception=False)
    for address in PAGES:
        if address.prepare is None:
            response = reader.get(address.path)
            assert response.status_code == address.status, address.path
            yield address.name, response.content.decode()
    yield "batch with its table", reader.post("/go/batch/", {"lines": BATCH}).content.decode()
    yield "batch with errors", reader.post("/go/batch/", {"lines": " "}).content.decode()
    yield "report with errors", reader.post("/report/", {"page": "//x"}).content.decode()
    for template in ERROR_TEMPLATES:
        yield f"error {template}", render_to_string(template)
    desk = Client()
    desk.force_login(get_user_model().objects.create_superuser("html"))
    yield "page with the link to its form", desk.get(HISTORY).content.decode()
    for path in desk_paths():
        response = desk.get(path)
        assert response.status_code == 200, path
        yield f"desk {path}", response.content.decode()


def desk_paths() -> Iterator[str]:
    """Yield the addresses of pages of the desk."""
    from django.urls import reverse

    from catalog.models import Publication
    from tests.browser.addresses import CHANGED

    yield reverse("admin:index")
    yield from (reverse(f"admin:catalog_{model}_changelist") for model in LISTED)
    work = Publication.objects.get(key=f"itu-t-{CHANGED}")
    yield from (reverse(f"admin:catalog_publication_{page}", args=[work.pk]) for page in DESK)


def run_checker(jar: Path, folder: Path) -> Iterator[str]:
    """Yield every error and warning of the checker, with the page and the markup."""
    command = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    done = subprocess.run(
        [*command, *sorted(map(str, folder.glob("*.html")))],
        capture_output=True,
        text=True,
        check=True,
    )
    for message in json.loads(done.stderr)["messages"]:
        place = f"{Path(message.get('url', '?')).name}:{message.get('lastLine', '?')}"
        extract = " ".join(message.get("extract", "").split())
        kind = message.get("subType") or message["type"]
        yield f"{place}: {kind}: {message['message']} {extract}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
