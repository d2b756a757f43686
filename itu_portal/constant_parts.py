"""What of a template is the same in every answer is worked out once, when the template is read.

Words in the one language, addresses of fixed pages and of static files make up most of the tags of
a page; as text they cost nothing. Values are written by the shortest way that escapes them.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Node, NodeList, Template
from django.template.base import (
    FilterExpression,
    TextNode,
    TokenType,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.context import BaseContext
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, get_script_prefix
from django.utils import translation
from django.utils.safestring import SafeString


def fold(template: Template) -> None:
    """Put text in place of the constant parts of a template, short ways in place of others.

    To fold it again changes nothing, nor does it disturb a thread that renders it meanwhile.
    """
    context = Context()
    with translation.override(settings.LANGUAGE_CODE), context.bind_template(template):
        template.nodelist = _folded(template.nodelist, context)


def _folded(nodes: Iterable[Node], context: Context) -> NodeList:
    found = NodeList()
    for node in nodes:
        _fold_inside(node, context)
        text = _constant(node, context)
        if text is None:
            found.append(_shorter(node, context.template.engine))
        elif found and isinstance(found[-1], TextNode):
            found[-1] = TextNode(found[-1].s + text)
        else:
            found.append(TextNode(text))
    return found


def _fold_inside(node: Node, context: Context) -> None:
    if isinstance(node, IfNode):
        node.conditions_nodelists = [
            (condition, _folded(nodes, context)) for condition, nodes in node.conditions_nodelists
        ]
        return
    for name in node.child_nodelists:
        inside = getattr(node, name, None)
        if isinstance(inside, NodeList):
            setattr(node, name, _folded(inside, context))


def _constant(node: Node, context: Context) -> str | None:
    """Return what a node renders in every answer; None if that may differ."""
    if isinstance(node, TextNode):
        return node.s
    if isinstance(node, CommentNode | LoadNode):
        return ""
    if not _is_constant(node):
        return None
    try:
        return str(node.render(context))
    except NoReverseMatch:
        # Whoever renders it learns of it.
        return None


def _is_constant(node: Node) -> bool:
    if isinstance(node, TranslateNode):
        has_fixed_words = _is_literal(node.filter_expression) and not node.message_context
        return has_fixed_words and not node.asvar and _has_one_language()
    if isinstance(node, BlockTranslateNode):
        varies = node.extra_context or node.plural or node.message_context or node.asvar
        is_text = all(token.token_type == TokenType.TEXT for token in node.singular)
        return is_text and not varies and _has_one_language()
    if isinstance(node, URLNode):
        # The address of a name with a colon depends on the site that is asked.
        is_name = _is_literal(node.view_name) and ":" not in node.view_name.resolve(Context())
        values = [*node.args, *node.kwargs.values()]
        is_at_root = get_script_prefix() == "/"
        return is_name and is_at_root and not node.asvar and all(map(_is_literal, values))
    return isinstance(node, StaticNode) and _is_literal(node.path) and node.varname is None


def _has_one_language() -> bool:
    return len(settings.LANGUAGES) == 1


def _is_literal(expression: FilterExpression) -> bool:
    """Whether an expression is a text or a number, as it stands in the template."""
    if expression.filters:
        return False
    is_variable = isinstance(expression.var, Variable)
    return expression.var.literal is not None if is_variable else not expression.is_var


def _shorter(node: Node, engine: Engine) -> Node:
    """Return a node that renders the same with less work, where there is one."""
    if type(node) is VariableNode:
        return _plain(node)
    if isinstance(node, IncludeNode) and _names_a_file(node.template):
        node.template = _Found(node.template.resolve(Context()), engine)
    return node


def _names_a_file(expression: Any) -> bool:
    """Whether an expression always names the same template; `./` begins what is relative."""
    if not isinstance(expression, FilterExpression) or not _is_literal(expression):
        return False
    return not expression.resolve(Context()).startswith(".")


def _plain(node: VariableNode) -> VariableNode:
    plain = _PlainVariable(node.filter_expression)
    plain.token, plain.origin = node.token, getattr(node, "origin", None)
    return plain


class _PlainVariable(VariableNode):
    """A variable; texts need not be looked at for dates and numbers."""

    def render(self, context: BaseContext) -> str:
        try:
            output = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        kind = type(output)
        if kind is SafeString:
            return output
        if kind is str and context.autoescape:
            return html.escape(output)
        return render_value_in_context(output, context)


class _Found:
    """A template by its name, found once; in the place of an expression that names it."""

    def __init__(self, name: str, engine: Engine):
        self._name, self._engine = name, engine
        self._template: Template | None = None

    def resolve(self, _context: BaseContext) -> Template:
        """Return the template; raise TemplateDoesNotExist if there is none of this name."""
        if self._template is None:
            self._template = self._engine.get_template(self._name)
        return self._template
