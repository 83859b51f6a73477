"""Compare two texts word by word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

type Kind = Literal["kept", "removed", "added"]

# Scripts that put no spaces between words are compared by character; a space is a token of its own, so that
# joining tokens always gives the text again.
_UNSPACED_SCRIPT_RANGES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN_PATTERN = re.compile(rf"\s+|[{_UNSPACED_SCRIPT_RANGES}]|(?:(?![{_UNSPACED_SCRIPT_RANGES}])\w)+|.", re.DOTALL)
_MAX_DIFF_TOKENS = 20_000


@dataclass(frozen=True, slots=True)
class TextChange:
    """A run of text that both have, or only the old one, or only the new one."""

    kind: Kind
    text: str


def compare_words(old_text: str, new_text: str) -> list[TextChange]:
    """Return the changes in reading order. Kept and removed are the old text; kept and added the new one."""
    return _join_change_runs(
        _merge_lone_spaces(_compare_diff_tokens(_split_diff_tokens(old_text), _split_diff_tokens(new_text)))
    )


def split_words(text: str) -> list[str]:
    """The words of a text; of a script that puts no spaces between them, its characters."""
    return [token for token in _TOKEN_PATTERN.findall(text) if token[0].isalnum()]


def render_changes(text_changes: Iterable[TextChange]) -> SafeString:
    """The changes as text with `<del>` and `<ins>`, each with a word for screen readers."""
    return format_html_join("", "{}", ((_render_change_html(change),) for change in text_changes))


def _split_diff_tokens(text: str) -> list[str]:
    """Words, or whole lines where there are so many words that comparing them would take too long."""
    words = _TOKEN_PATTERN.findall(text)
    return words if len(words) <= _MAX_DIFF_TOKENS else text.splitlines(keepends=True)


def _compare_diff_tokens(old_tokens: list[str], new_tokens: list[str]) -> Iterator[TextChange]:
    if not old_tokens or not new_tokens:
        yield TextChange("removed", "".join(old_tokens))
        yield TextChange("added", "".join(new_tokens))
        return
    matcher = SequenceMatcher(None, old_tokens, new_tokens, autojunk=False)
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            yield TextChange("kept", "".join(old_tokens[old_start:old_end]))
        else:
            yield TextChange("removed", "".join(old_tokens[old_start:old_end]))
            yield TextChange("added", "".join(new_tokens[new_start:new_end]))


def _merge_lone_spaces(text_changes: Iterable[TextChange]) -> Iterator[TextChange]:
    """A lone space kept between two replaced words is shown as replaced too: a phrase reads as one change."""
    waiting = [change for change in text_changes if change.text]
    for at, change in enumerate(waiting):
        between = 0 < at < len(waiting) - 1 and waiting[at - 1].kind != "kept" != waiting[at + 1].kind
        if change.kind == "kept" and between and change.text.isspace():
            yield TextChange("removed", change.text)
            yield TextChange("added", change.text)
        else:
            yield change


def _join_change_runs(text_changes: Iterable[TextChange]) -> list[TextChange]:
    """Neighbours of a kind as one; what was removed stands before what was added in its place."""
    joined: list[TextChange] = []
    for kept, group in groupby(text_changes, key=lambda change: change.kind == "kept"):
        run = list(group)
        kinds: tuple[Kind, ...] = ("kept",) if kept else ("removed", "added")
        for kind in kinds:
            text = "".join(change.text for change in run if change.kind == kind)
            if text:
                joined.append(TextChange(kind, text))
    return joined


def _render_change_html(text_change: TextChange) -> SafeString:
    if text_change.kind == "removed":
        return format_html("<del data-mark='{}'>{}</del>", pgettext("change in a text", "[removed]"), text_change.text)
    if text_change.kind == "added":
        return format_html("<ins data-mark='{}'>{}</ins>", pgettext("change in a text", "[added]"), text_change.text)
    return format_html("{}", text_change.text)
