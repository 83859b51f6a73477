"""Isolate names in right-to-left text, so that a name in another script does not reorder the sentence.

Pages use `<bdi>` for this. Plain text, such as an email, and the translated sentences of a page have the characters of
Unicode (UAX #9) instead: a sentence may also be in an attribute, an option or the title of the page.
"""

import re
from collections.abc import Callable, Iterator
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from django.template import Context
from django.template.base import FilterExpression, Node, Parser, Token, TokenType
from django.templatetags.i18n import BlockTranslateNode, do_block_translate
from django.utils.functional import cached_property
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language_bidi

FIRST_STRONG_ISOLATE = "\N{FIRST STRONG ISOLATE}"
LEFT_TO_RIGHT_ISOLATE = "\N{LEFT-TO-RIGHT ISOLATE}"
POP_ISOLATE = "\N{POP DIRECTIONAL ISOLATE}"
# Mail programs would take the closing character for a part of a web or email address.
WEB_ADDRESS_MARKS = ("://", "@")
# A placeholder that is in a tag, such as `<a href="{{ url }}`, or is isolated by `<bdi>` already.
_INSIDE_A_TAG_PATTERN = re.compile(r"(<[^<>]*|<bdi[^<>]*>(?:<[a-z][^<>]*>)*)\Z")


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


def isolate_page_text(shown_value: object) -> object:
    """Return a text of a page, or the HTML of one, between U+2068 and U+2069; numbers and dates as they are.

    So are addresses: people copy them, and no program takes an address with these characters.
    """
    if shown_value is None or isinstance(shown_value, bool | int | float | Decimal | date):
        return shown_value
    text = str(shown_value)
    is_address = " " not in text and any(mark in text for mark in WEB_ADDRESS_MARKS)
    if not text or is_address or text.startswith(FIRST_STRONG_ISOLATE):
        return shown_value
    isolated_text = f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    return SafeString(isolated_text) if isinstance(text, SafeData) else isolated_text


def isolate_ltr_text_if_rtl(shown_value: object) -> str:
    """Isolate what always runs from left to right and may begin with a dot or a bracket, such as “.docx”."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{shown_value}{POP_ISOLATE}" if get_language_bidi() else str(shown_value)


class _IsolatedPlaceholder:
    """The value of a placeholder, as `with` of `blocktranslate` has it."""

    def __init__(
        self, block_name: str, filter_expression: FilterExpression | None, isolate: Callable[[object], object]
    ) -> None:
        self.name, self.given, self.isolate = block_name, filter_expression, isolate

    def resolve(self, context: Context) -> object:
        return self.isolate(self.given.resolve(context) if self.given else context.get(self.name, ""))


class IsolatingBlockTranslateNode(Node):
    """`{% blocktranslate %}` that isolates its placeholders where the language is written from right to left."""

    def __init__(self, sentence: BlockTranslateNode) -> None:
        self.sentence = sentence

    def render(self, context: Context) -> str:
        if not get_language_bidi():
            return self.sentence.render(context)
        return (self._page_sentence if context.autoescape else self._plain_sentence).render(context)

    @cached_property
    def _plain_sentence(self) -> BlockTranslateNode:
        return self._build_isolated_node(self._get_placeholder_names(), isolate_bidi_text)

    @cached_property
    def _page_sentence(self) -> BlockTranslateNode:
        names = self._get_placeholder_names() - set(self._find_names_in_tags())
        return self._build_isolated_node(names, isolate_page_text)

    def _get_placeholder_names(self) -> set[str]:
        tokens = (*self.sentence.singular, *(self.sentence.plural or ()))
        return {token.contents for token in tokens if token.token_type == TokenType.VAR} - {self.sentence.countervar}

    def _find_names_in_tags(self) -> Iterator[str]:
        for tokens in (self.sentence.singular, self.sentence.plural or ()):
            html = ""
            for token in tokens:
                if token.token_type == TokenType.VAR and _INSIDE_A_TAG_PATTERN.search(html):
                    yield token.contents
                html += token.contents if token.token_type == TokenType.TEXT else "x"

    def _build_isolated_node(self, names: set[str], isolate: Callable[[object], object]) -> BlockTranslateNode:
        sentence = copy(self.sentence)
        values: dict[str, Any] = {
            name: _IsolatedPlaceholder(name, sentence.extra_context.get(name), isolate) for name in names
        }
        sentence.extra_context = {**sentence.extra_context, **values}
        return sentence


def parse_isolating_blocktranslate(parser: Parser, token: Token) -> IsolatingBlockTranslateNode:
    """Parse `{% blocktranslate %}` as Django does."""
    return IsolatingBlockTranslateNode(do_block_translate(parser, token))
