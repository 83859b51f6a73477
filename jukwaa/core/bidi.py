"""Names in text that runs from right to left: isolated, so that one in another script doesn't reorder the sentence.

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
ADDRESSES = ("://", "@")


def isolate(value: object) -> object:
    """Return a name or title between U+2068 and U+2069; numbers, addresses and text of several lines as they are."""
    if value is None or isinstance(value, bool | int | float | Decimal | date):
        return value
    text = str(value)
    if not text or "\n" in text or text.startswith(FIRST_STRONG_ISOLATE) or any(mark in text for mark in ADDRESSES):
        return value
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def isolate_if_rtl(value: object) -> object:
    """Do so if the current language is written from right to left."""
    return isolate(value) if get_language_bidi() else value


class _Isolated:
    """The value of a placeholder, as `with` of `blocktranslate` has it."""

    def __init__(self, name: str, given: FilterExpression | None) -> None:
        self.name, self.given = name, given

    def resolve(self, context: Context) -> object:
        return isolate(self.given.resolve(context) if self.given else context.get(self.name, ""))


class IsolatingBlockTranslateNode(Node):
    """`{% blocktranslate %}` that isolates its placeholders where text is plain (autoescape off) and right-to-left."""

    def __init__(self, sentence: BlockTranslateNode) -> None:
        self.sentence = sentence

    def render(self, context: Context) -> str:
        if context.autoescape or not get_language_bidi():
            return self.sentence.render(context)
        return self._isolated().render(context)

    def _isolated(self) -> BlockTranslateNode:
        sentence = copy(self.sentence)
        tokens = (*sentence.singular, *(sentence.plural or ()))
        names = {token.contents for token in tokens if token.token_type == TokenType.VAR} - {sentence.countervar}
        values: dict[str, Any] = {name: _Isolated(name, sentence.extra_context.get(name)) for name in names}
        sentence.extra_context = {**sentence.extra_context, **values}
        return sentence


def block_translate(parser: Parser, token: Token) -> IsolatingBlockTranslateNode:
    """Parse `{% blocktranslate %}` as Django does."""
    return IsolatingBlockTranslateNode(do_block_translate(parser, token))
