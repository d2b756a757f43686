"""What templates ask of `page` and `frame` is there: a template shows nothing for a wrong name."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from catalog import pages
from catalog.pages.frame import Frame
from catalog.timeline.former import Gone

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "catalog"
ASKED = re.compile(r"\b(page|frame)\.(\w+)")
TAG = re.compile(r"{%.*?%}|{{.*?}}")
# Classes of other rooms.
ALSO_SHOWN = (Gone,)


def classes() -> list[type]:
    """Return the dataclasses that may stand as `page` in a template."""
    modules = [
        importlib.import_module(f"catalog.pages.{module.name}")
        for module in pkgutil.iter_modules(pages.__path__)
    ]
    found = [
        kind
        for module in modules
        for name, kind in vars(module).items()
        if name.endswith("Page") and kind.__module__ == module.__name__
    ]
    return [*found, *ALSO_SHOWN]


def names_of(kind: type) -> set[str]:
    """Return what can be asked of the objects of a class: fields and properties."""
    return {name for name in dir(kind) if name[0] != "_"} | {
        field.name for field in dataclasses.fields(kind)
    }


def asked_by(template: Path) -> dict[str, set[str]]:
    """Return the names that a template asks of `page` and of `frame`."""
    asked: dict[str, set[str]] = {"page": set(), "frame": set()}
    for tag in TAG.findall(template.read_text()):
        for whose, name in ASKED.findall(tag):
            asked[whose].add(name)
    return asked


PAGES = sorted(TEMPLATES.glob("*.html"))


def test_there_are_classes_and_templates():
    assert len(classes()) > 25
    assert len(PAGES) > 40
    assert sum(bool(asked_by(template)["page"]) for template in PAGES) > 35


@pytest.mark.parametrize("template", PAGES, ids=lambda template: template.name)
def test_one_class_answers_all_that_a_template_asks(template):
    asked = asked_by(template)
    assert any(asked["page"] <= names_of(kind) for kind in classes()), asked["page"]
    assert asked["frame"] <= names_of(Frame)


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_page_objects_are_frozen_and_say_what_they_are(kind):
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen
    assert kind.__doc__
