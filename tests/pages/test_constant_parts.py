"""What is worked out when a template is read changes no page."""

from __future__ import annotations

import copy

import pytest
from django.conf import settings
from django.core.cache import caches
from django.template import Context, Engine, Template, engines
from django.template.base import TextNode, VariableNode
from django.template.defaulttags import URLNode
from django.templatetags.i18n import TranslateNode

from itu_portal.constant_parts import fold
from tests.found import some

PAGES = [
    "/",
    "/about/",
    "/about/states/",
    "/changes/",
    "/fact-check/",
    "/goals/",
    "/initiatives/",
    "/initiatives/?kind=fund&sort=name",
    "/itu-r/",
    "/itu-t/g.711/",
    "/itu-t/g.711/?on=2000-01-01",
    "/itu-t/g.711/?q=pcm",
    "/itu-t/g.711/1988-11/",
    "/itu-t/g.99999999/",
    "/itu-t/g/",
    "/itu-t/sg15/",
    "/id/itu-t-g.711/history/",
    "/membership/",
    "/publications/?sector=itu-t&state=in-force&page=2",
    "/publications/?sort=newest&q=%3Cb%3E",
    "/publications/?state=bogus",
    "/search/",
    "/search/?q=optical&sector=itu-t",
    "/search/?q=%3Cb%3E+%26+zzzz",
    "/topics/",
]


def folded(source: str) -> Template:
    """Return a template that was folded."""
    template = Template(f"{{% load i18n static %}}{source}")
    fold(template)
    return template


def rendered(template: Template, **values) -> str:
    return template.render(Context(values))


@pytest.mark.django_db
def test_pages_are_the_same_to_the_byte_without_it(client, settings):
    def bodies() -> dict[str, bytes]:
        for cache in caches.all():
            cache.clear()
        return {address: client.get(address).content for address in PAGES}

    found = bodies()
    plain = copy.deepcopy(settings.TEMPLATES)
    loaders = plain[0]["OPTIONS"]["loaders"]
    assert loaders[0][0] == "itu_portal.templates.FoldingLoader"
    plain[0]["OPTIONS"]["loaders"] = [("django.template.loaders.cached.Loader", loaders[0][1])]
    settings.TEMPLATES = plain
    assert bodies() == found
    assert len({*found.values()}) == len(PAGES)


def test_words_and_addresses_that_never_differ_are_text():
    template = folded(
        "<a href=\"{% url 'home' %}\">{% translate 'Find' %}</a>{# no words #}"
        "{% blocktranslate trimmed %} 100 % of it {% endblocktranslate %}"
    )
    [only] = template.nodelist
    assert isinstance(only, TextNode)
    assert rendered(template) == '<a href="/">Find</a>100 % of it'


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% url 'by-key' key %}", "/id/a/"),
        ("{% url 'by-key' 'b' as address %}{{ address }}", "/id/b/"),
        ("{% url name %}", "/search/"),
        ("{% translate word %}", "Some"),
        ("{% translate 'Find' as find %}{{ find|upper }}", "FIND"),
        ("{% translate 'Find'|lower %}", "find"),
        ("{% blocktranslate with n=key %}of {{ n }}{% endblocktranslate %}", "of a"),
        ("{% blocktranslate %}of {{ key }}{% endblocktranslate %}", "of a"),
        ("{% blocktranslate count n=2 %}one{% plural %}{{ n }}{% endblocktranslate %}", "2"),
        ("{% if key %}{% translate 'Find' %}{% else %}-{% endif %}", "Find"),
        ("{% for c in word %}{{ c }}{% url 'home' %}{% endfor %}", "S/o/m/e/"),
    ],
)
def test_what_may_differ_is_worked_out_each_time(source, shown):
    template = folded(source)
    assert rendered(template, key="a", name="search", word="Some") == shown
    assert rendered(template, key="a", name="search", word="Some") == shown
    assert not all(isinstance(node, TextNode) for node in some(template.nodelist))


def test_words_wait_for_the_reader_where_there_are_several_languages(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    template = folded("{% translate 'Find' %}")
    assert template.nodelist.get_nodes_by_type(TranslateNode)


def test_an_address_that_does_not_exist_fails_when_it_is_shown():
    template = folded("{% if shown %}{% url 'no-such-page' %}{% endif %}")
    assert template.nodelist.get_nodes_by_type(URLNode)
    assert rendered(template, shown=False) == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<b> & \"'", "&lt;b&gt; &amp; &quot;&#x27;"),
        (1234.5, "1234.5"),
        (None, "None"),
        (True, "True"),
        (["<"], "[&#x27;&lt;&#x27;]"),
    ],
)
def test_every_value_is_escaped_as_django_does_it(value, shown):
    source = "{{ value }}{{ value|safe }}{% autoescape off %}{{ value }}{% endautoescape %}"
    plain = Template(source)
    assert rendered(folded(source), value=value) == rendered(plain, value=value)
    assert rendered(folded("{{ value }}"), value=value) == shown


def test_templates_of_others_stay_as_they_are():
    engine: Engine = engines["django"].engine
    others = engine.get_template("admin/change_list.html")
    ours = engine.get_template("catalog/base.html")
    assert others.nodelist.get_nodes_by_type(TranslateNode)
    assert not ours.nodelist.get_nodes_by_type(TranslateNode)
    assert VariableNode not in {
        type(node) for node in ours.nodelist.get_nodes_by_type(VariableNode)
    }
    assert len(settings.LANGUAGES) == 1
