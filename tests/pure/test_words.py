"""The check of words: it reads docs/words.md, finds what that refuses, no more."""

from __future__ import annotations

import importlib.util
import sys

import pytest

from tests.conftest import ROOT


def _load():
    spec = importlib.util.spec_from_file_location("check_words", ROOT / ".ci" / "check_words.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


check_words = _load()
LIST = """
| We say | Not | Fine | Why |
| --- | --- | --- | --- |
| status | state, states | Member States | ITU's word. |
| subscribe | follow: | | To a feed. |
| recent changes | lately changed | | |
"""


def found(tmp_path, monkeypatch, name: str, text: str) -> list[str]:
    """Return the faults of a file with this name and text."""
    monkeypatch.setattr(check_words, "ROOT", tmp_path)
    path = tmp_path / name
    path.write_text(text)
    return list(check_words.check(path, check_words.read_list(LIST)))


@pytest.mark.parametrize(
    ("name", "text", "line", "better"),
    [
        ("a.html", "<p>\nIts state today</p>", 2, "status"),
        ("a.html", "<p>Lately\n  changed</p>", 1, "recent changes"),
        ("a.html", '{% load i18n %}\n{% translate "Follow:" %}', 2, "subscribe"),
        ("a.html", '<p title="The state of it">', 1, "status"),
        ("a.html", "<a title=\"{% translate 'Its state' %}\">", 1, "status"),
        ("a.html", "{% blocktranslate %}\n{{ n }} states{% endblocktranslate %}", 2, "status"),
        ("a.py", 'x = 1\nlabel = _("State")', 2, "status"),
        ("a.py", 'ngettext("%d state", "%d rows", n)', 1, "status"),
        ("a.py", 'help = "What was lately changed."', 1, "recent changes"),
        ("a.py", 'print(f"{n} lately " "changed")', 1, "recent changes"),
        ("a.md", "A table.\n\nIts state is `state`.", 3, "status"),
    ],
)
def test_a_refused_word_is_named_with_its_line_and_the_better_one(
    tmp_path, monkeypatch, name, text, line, better
):
    (fault,) = found(tmp_path, monkeypatch, name, text)
    assert fault.startswith(f"{name}:{line}: ") and fault.endswith(f"we say “{better}”")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "{# state #}{% if state %}<p class='state of'>{{ state }}</p>{% endif %}"),
        ("a.html", '<a href="/publications/?state=in-force">In force</a>'),
        ("a.html", "<p><code>state</code> Member\nStates follow this rule</p>"),
        ("a.py", '"""The state of things."""\nSTATE = "state"\nx = "?state=%s of it"'),
        ("a.md", "The parameter `state`, [a link](#state).\n\n```sh\nls state\n```\n"),
    ],
)
def test_names_addresses_code_and_fine_phrases_are_left_alone(tmp_path, monkeypatch, name, text):
    assert found(tmp_path, monkeypatch, name, text) == []


def test_a_list_without_phrases_is_refused():
    with pytest.raises(ValueError, match="intact"):
        check_words.read_list("# Words\n")


def test_the_list_of_the_project_names_what_it_must():
    refused = {one.phrase for one in check_words.read_list(check_words.LIST.read_text())}
    assert {"state", "grounds", "held here", "take back", "for ever", "lately changed"} <= refused
    assert len(list(check_words.files())) > 100
