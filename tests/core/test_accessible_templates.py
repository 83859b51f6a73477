"""What screen readers and speech input need of every template: names that begin with what is seen, and named tables."""

import re
from itertools import cycle

from tests.test_templates import TEMPLATE_FILES, get_template_name

LINK_OR_BUTTON_PATTERN = re.compile(
    r"<(?:a|button)\b[^<>]*aria-label=\"([^\"<>]*)\"[^<>]*>(.*?)</(?:a|button)>", re.DOTALL
)
WORD_PATTERN = re.compile(
    r"\{% translate [\"'](.*?)[\"'][^%]*%\}|\{% blocktranslate[^%]*%\}(.*?)\{% endblocktranslate %\}"
)
TABLE_PATTERN = re.compile(r"<table\b([^<>]*)>(.{0,60})", re.DOTALL)


def split_visible_words(element_html: str) -> list[str]:
    return ["".join(found) for found in WORD_PATTERN.findall(element_html)] or [
        re.sub(r"\{%.*?%\}", "", element_html).strip()
    ]


def starts_with_visible_words(accessible_name: str, visible_text: str) -> bool:
    """Whether a name begins with what is seen; a number alone, such as that of a clause, may follow a word."""
    if visible_text.startswith("{{"):
        return visible_text in accessible_name or "{{ number }}" in accessible_name or "{{ n }}" in accessible_name
    return accessible_name.casefold().startswith(visible_text.casefold().rstrip("…"))


def test_accessible_names_start_with_visible_text():
    wrong = {
        (get_template_name(path), name, seen)
        for path in TEMPLATE_FILES
        for found in LINK_OR_BUTTON_PATTERN.finditer(path.read_text())
        for name, seen in zip(cycle(split_visible_words(found[1])), split_visible_words(found[2]), strict=False)
        if not starts_with_visible_words(name, seen)
    }

    assert wrong == set()


def test_every_table_has_name():
    bare = {
        get_template_name(path)
        for path in TEMPLATE_FILES
        for attributes, after in TABLE_PATTERN.findall(path.read_text())
        if "<caption" not in after and "aria-label" not in attributes
    }

    assert bare == set()
