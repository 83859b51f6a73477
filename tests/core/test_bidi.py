"""Names in plain text that runs from right to left."""

import re
from datetime import date

import pytest
from django import forms
from django.template import engines
from django.utils.safestring import SafeString
from django.utils.translation import override

from jukwaa.coalitions.task_queries import TaskRow
from jukwaa.core.bidi import isolate_bidi_text, isolate_text_if_rtl
from jukwaa.core.message_catalogues import LOCALE_FOLDER
from jukwaa.core.templatetags.jukwaa import field_with

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


@pytest.mark.parametrize(
    ("page_template", "expected_html"),
    [
        ("{{ title }}", "\u2068A &amp; B.\u2069"),
        ("<b>{{ title }}</b>", "<b>\u2068A &amp; B.\u2069</b>"),
        ("<bdi>{{ title }}</bdi>", "<bdi>A &amp; B.</bdi>"),
        ('<bdi lang="en">{{ title }}</bdi>', '<bdi lang="en">A &amp; B.</bdi>'),
        ("<bdi><b>{{ title }}</b></bdi>", "<bdi><b>A &amp; B.</b></bdi>"),
        ('<a href="{{ title }}">{{ html }}</a>', '<a href="A &amp; B.">\u2068<i>C</i>\u2069</a>'),
    ],
)
def test_placeholder_on_a_page_is_isolated_except_in_tags_and_bdi(page_template, expected_html):
    source = f"{{% blocktranslate %}}{page_template}{{% endblocktranslate %}}"
    context = {"title": "A & B.", "html": SafeString("<i>C</i>")}

    assert render_in_language(source, "ar", **context) == expected_html
    assert "\u2068" not in render_in_language(source, "fr", **context)


@pytest.mark.parametrize("address", ["ana@example.org", "https://example.org/a"])
def test_address_on_a_page_can_be_copied(address):
    sentence = "{% blocktranslate %}To {{ address }}{% endblocktranslate %}"

    assert "\u2068" not in render_in_language(sentence, "ar", address=address)
    assert "\u2068" in render_in_language(sentence, "ar", address=f"Ana, {address}")


def test_option_and_choice_label_run_as_their_letters_do():
    class ChoosingForm(forms.Form):
        meeting = forms.ChoiceField(choices=[("1", "Call, 2026")])
        sentences = forms.MultipleChoiceField(choices=[("1", "A sentence.")], widget=forms.CheckboxSelectMultiple)

    with override("ar"):
        arabic_html = str(ChoosingForm())
    with override("en"):
        english_html = str(ChoosingForm())

    assert '<option value="1" dir="auto">Call, 2026</option>' in arabic_html
    assert '<option value="1">Call, 2026</option>' in english_html
    assert "<bdi>A sentence.</bdi></label>" in arabic_html


@pytest.mark.parametrize(
    ("widget", "direction"), [(forms.URLInput, "ltr"), (forms.EmailInput, "ltr"), (forms.TextInput, "auto")]
)
def test_addresses_are_typed_from_left_to_right(widget, direction):
    class AddressForm(forms.Form):
        address = forms.CharField(widget=widget)

    assert f'dir="{direction}"' in field_with(AddressForm()["address"])


def test_title_of_a_task_is_isolated_inside_its_sentence():
    row = TaskRow("", 1, 1, "A plan.", "ECPAT", None, None, 1)

    with override("ar"):
        assert (row.isolated_title, row.isolated_detail) == ("\u2068A plan.\u2069", "\u2068ECPAT\u2069")
    with override("en"):
        assert (row.isolated_title, row.isolated_detail) == ("A plan.", "ECPAT")


def test_no_view_replaces_the_direction_of_the_page():
    """`direction` of the site's context lays out the whole page; a document on it has a direction of its own."""
    views = [path for path in LOCALE_FOLDER.parent.rglob("*.py") if "views" in path.parts or path.name == "views.py"]

    assert views, "there are views"
    assert [path.name for path in views if re.search(r'"direction":', path.read_text())] == []


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
