"""Isolate names in right-to-left text, so that a name in another script does not reorder the sentence.

Pages use `<bdi>` for this. Plain text, such as an email, has the characters of Unicode (UAX #9) instead.
"""

from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from django.template import Context
from django.template.base import FilterExpression, Node, Parser, Token, TokenType
from django.templatetags.i18n import BlockTranslateNode, do_block_translate
from django.utils.translation import get_language_bidi

FIRST_STRONG_ISOLATE = "\N{FIRST STRONG ISOLATE}"
POP_ISOLATE = "\N{POP DIRECTIONAL ISOLATE}"
# Mail programs would take the closing character for a part of a web or email address.
WEB_ADDRESS_MARKS = ("://", "@")


def isolate_bidi_text(shown_value: object) -> object:
    """Return a name or title between U+2068 and U+2069; numbers, addresses and text of several lines as they are."""
    if shown_value is None or isinstance(shown_value, bool | int | float | Decimal | date):
        return shown_value
    text = str(shown_value)
    if (
        not text
        or "\n" in text
        or text.startswith(FIRST_STRONG_ISOLATE)
        or any(mark in text for mark in WEB_ADDRESS_MARKS)
    ):
        return shown_value
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def isolate_text_if_rtl(shown_value: object) -> object:
    """Do so if the current language is written from right to left."""
    return isolate_bidi_text(shown_value) if get_language_bidi() else shown_value


class _IsolatedPlaceholder:
    """The value of a placeholder, as `with` of `blocktranslate` has it."""

    def __init__(self, block_name: str, filter_expression: FilterExpression | None) -> None:
        self.name, self.given = block_name, filter_expression

    def resolve(self, context: Context) -> object:
        return isolate_bidi_text(self.given.resolve(context) if self.given else context.get(self.name, ""))


class IsolatingBlockTranslateNode(Node):
    """`{% blocktranslate %}` that isolates its placeholders where text is plain (autoescape off) and right-to-left."""

    def __init__(self, sentence: BlockTranslateNode) -> None:
        self.sentence = sentence

    def render(self, context: Context) -> str:
        if context.autoescape or not get_language_bidi():
            return self.sentence.render(context)
        return self._build_isolated_node().render(context)

    def _build_isolated_node(self) -> BlockTranslateNode:
        sentence = copy(self.sentence)
        tokens = (*sentence.singular, *(sentence.plural or ()))
        names = {token.contents for token in tokens if token.token_type == TokenType.VAR} - {sentence.countervar}
        values: dict[str, Any] = {name: _IsolatedPlaceholder(name, sentence.extra_context.get(name)) for name in names}
        sentence.extra_context = {**sentence.extra_context, **values}
        return sentence


def parse_isolating_blocktranslate(parser: Parser, token: Token) -> IsolatingBlockTranslateNode:
    """Parse `{% blocktranslate %}` as Django does."""
    return IsolatingBlockTranslateNode(do_block_translate(parser, token))
