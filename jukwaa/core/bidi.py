"""Names in text that runs from right to left: isolated, so that one in another script doesn't reorder the sentence.

Pages use `<bdi>` for this. Plain text, such as an email, has the characters of Unicode (UAX #9) instead.
"""

from datetime import date
from decimal import Decimal
from typing import Protocol, override

from django.template import Context
from django.template.base import Parser, Token, TokenType
from django.templatetags.i18n import BlockTranslateNode, do_block_translate
from django.utils.safestring import SafeString
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


class Resolvable(Protocol):
    def resolve(self, context: Context) -> object: ...


class _Isolated:
    """The value of a placeholder, as `with` of `blocktranslate` has it."""

    def __init__(self, name: str, given: Resolvable | None) -> None:
        self.name, self.given = name, given

    def resolve(self, context: Context) -> object:
        return isolate(self.given.resolve(context) if self.given else context.get(self.name, ""))


class IsolatingBlockTranslateNode(BlockTranslateNode):
    """`{% blocktranslate %}` that isolates its placeholders where text is plain (autoescape off) and right-to-left."""

    @override
    def render(self, context: Context, nested: bool = False) -> SafeString:
        if context.autoescape or not get_language_bidi():
            return super().render(context, nested)
        tokens = (*self.singular, *(self.plural or ()))
        names = {token.contents for token in tokens if token.token_type == TokenType.VAR} - {self.countervar}
        isolated = {name: _Isolated(name, self.extra_context.get(name)) for name in names}
        return self._with_context(self.extra_context | isolated).render(context, nested)

    def _with_context(self, extra_context: dict[str, Resolvable]) -> BlockTranslateNode:
        return BlockTranslateNode(
            extra_context,
            self.singular,
            self.plural,
            self.countervar,
            self.counter,
            self.message_context,
            trimmed=self.trimmed,
            asvar=self.asvar,
            tag_name=self.tag_name,
        )


def block_translate(parser: Parser, token: Token) -> IsolatingBlockTranslateNode:
    """Parse `{% blocktranslate %}` as Django does."""
    node = do_block_translate(parser, token)
    return IsolatingBlockTranslateNode(
        node.extra_context,
        node.singular,
        node.plural,
        node.countervar,
        node.counter,
        node.message_context,
        trimmed=node.trimmed,
        asvar=node.asvar,
        tag_name=node.tag_name,
    )
