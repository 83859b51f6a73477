"""Names in plain text that runs from right to left."""

import re
from datetime import date

import pytest
from django.template import engines
from django.utils.translation import override

from jukwaa.core.bidi import isolate_bidi_text, isolate_text_if_rtl
from jukwaa.core.message_catalogues import LOCALE_FOLDER

PLAIN_TEMPLATE = (
    "{% autoescape off %}{% blocktranslate with title=meeting.title %}Invitation: {{ title }}{% endblocktranslate %}"
)
ISOLATE_END = "{% endautoescape %}"
PLURAL_TEMPLATE = (
    "{% autoescape off %}{% blocktranslate count n=number trimmed %}{{ who }}: one organisation{% plural %}"
    "{{ who }}: {{ n }} organisations{% endblocktranslate %}{% endautoescape %}"
)


def render_in_language(template_source: str, language: str, **context: object) -> str:
    with override(language):
        return engines["django"].from_string(template_source).render(context)


@pytest.mark.parametrize(
    ("isolated_value", "expected_text"),
    [
        ("ECPAT (UK)", "\u2068ECPAT (UK)\u2069"),
        ("\u2068ECPAT\u2069", "\u2068ECPAT\u2069"),
        ("", ""),
        (None, None),
        (3, 3),
        (date(2026, 11, 27), date(2026, 11, 27)),
        ("https://example.org/a", "https://example.org/a"),
        ("share+dc@example.org", "share+dc@example.org"),
        ("One line\nand another", "One line\nand another"),
    ],
)
def test_isolate_surrounds_names_and_leaves_numbers_and_addresses(isolated_value, expected_text):
    assert isolate_bidi_text(isolated_value) == expected_text


def test_isolate_if_rtl_depends_on_the_current_language():
    with override("ar"):
        arabic = isolate_text_if_rtl("ECPAT")
    with override("fr"):
        assert (arabic, isolate_text_if_rtl("ECPAT")) == ("\u2068ECPAT\u2069", "ECPAT")


@pytest.mark.parametrize(("language", "is_isolated"), [("ar", True), ("fr", False), ("en", False)])
def test_placeholder_in_plain_text_is_isolated_in_arabic_only(language, is_isolated):
    text = render_in_language(PLAIN_TEMPLATE + ISOLATE_END, language, meeting={"title": "Session (2026)"})

    assert ("\u2068Session (2026)\u2069" in text, "Session (2026)" in text) == (is_isolated, True)


def test_placeholder_on_a_page_is_not_isolated_by_characters():
    page = PLAIN_TEMPLATE.removeprefix("{% autoescape off %}")

    assert "\u2068" not in render_in_language(page, "ar", meeting={"title": "Session"})


def test_filter_isolates_a_value_outside_of_a_sentence():
    line = "{% autoescape off %}- {{ kind }}: {{ title|isolated }}{% endautoescape %}"

    assert (
        render_in_language(line, "ar", kind="اجتماع", title="Session (2026)") == "- اجتماع: \u2068Session (2026)\u2069"
    )
    assert render_in_language(line, "en", kind="Meeting", title="Session (2026)") == "- Meeting: Session (2026)"


def test_missing_placeholder_stays_empty():
    assert render_in_language(PLAIN_TEMPLATE + ISOLATE_END, "ar").count("\u2068") == 0


@pytest.mark.parametrize("plural_count", [1, 3])
def test_plural_number_is_not_isolated(plural_count):
    text = render_in_language(PLURAL_TEMPLATE, "ar", number=plural_count, who="ECPAT")

    assert (text.count("\u2068"), f"\u2068{plural_count}" in text) == (1, False)


def test_email_templates_load_isolating_translate_tag():
    """`{% load i18n %}` replaces the tag by Django's own."""
    emails = sorted(LOCALE_FOLDER.parent.glob("*/templates/*/email/*.txt"))

    assert emails, "there are emails"
    assert [path.name for path in emails if re.search(r"{% load [^%]*\bi18n\b", path.read_text())] == []
