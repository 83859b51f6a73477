"""Several things in a row, as each language writes them."""

import re

import pytest
from django.template import engines
from django.utils.translation import override

from jukwaa.core.list_formatting import drop_final_stop, format_list_in_sentence, join_with_separator
from jukwaa.core.message_catalogues import LOCALE_FOLDER

COUNTRY_NAMES = ["Kenya", "Peru", "Fiji"]


@pytest.mark.parametrize(
    ("language", "expected_sentence", "two_country_sentence"),
    [
        ("en", "Kenya, Peru and Fiji", "Kenya and Peru"),
        ("fr", "Kenya, Peru et Fiji", "Kenya et Peru"),
        ("es", "Kenya, Peru y Fiji", "Kenya y Peru"),
        ("ar", "Kenya وPeru وFiji", "Kenya وPeru"),
    ],
)
def test_sentence_list_follows_language(language, expected_sentence, two_country_sentence):
    with override(language):
        assert [
            format_list_in_sentence(COUNTRY_NAMES),
            format_list_in_sentence(COUNTRY_NAMES[:2]),
            format_list_in_sentence(COUNTRY_NAMES[:1]),
            format_list_in_sentence([]),
        ] == [
            expected_sentence,
            two_country_sentence,
            "Kenya",
            "",
        ]


@pytest.mark.parametrize(
    ("language", "comma_list", "semicolon_list"),
    [("en", "1, 2", "1; 2"), ("fr", "1, 2", "1; 2"), ("es", "1, 2", "1; 2"), ("ar", "1، 2", "1؛ 2")],
)
def test_inline_list_uses_separators_of_language(language, comma_list, semicolon_list):
    with override(language):
        assert [join_with_separator([1, 2]), join_with_separator([1, 2], ";"), join_with_separator([])] == [
            comma_list,
            semicolon_list,
            "",
        ]


def test_template_list_isolates_and_escapes_items():
    """A name in another script doesn't turn the words beside it around."""
    wanted = {
        "{{ words|listed }}": "<bdi>A &amp; B</bdi> و<bdi>C</bdi>",
        "{{ words|in_a_row }}": "<bdi>A &amp; B</bdi>، <bdi>C</bdi>",
        '{{ words|in_a_row:";" }}': "<bdi>A &amp; B</bdi>؛ <bdi>C</bdi>",
        '{% between %}{% between ";" %}': "، ؛ ",
    }
    with override("ar"):
        shown = {source: engines["django"].from_string(source).render({"words": ["A & B", "C"]}) for source in wanted}

    assert shown == wanted


def test_pages_join_values_by_the_separator_of_their_language():
    """`{% between %}` writes it: a comma of Latin script in a template would stand in Arabic too."""
    values = r"(?:%\}|\}\}|</(?:bdi|time|a|b|span)>), (?=[{<])"
    sentences = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}", re.DOTALL)
    templates = sorted(LOCALE_FOLDER.parent.glob("*/templates/**/*.html"))
    found = [path.name for path in templates if re.search(values, sentences.sub("{{ sentence }}", path.read_text()))]

    assert templates, "there are templates"
    assert found == []


@pytest.mark.parametrize(
    ("name", "expected_name"), [("Lobo S.R.L.", "Lobo S.R.L"), ("Lobo Ltd", "Lobo Ltd"), ("Lobo", "Lobo"), ("", "")]
)
def test_name_shares_its_final_stop_with_the_sentence(name, expected_name):
    assert drop_final_stop(name) == expected_name
