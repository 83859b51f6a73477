"""Languages: their tags, names and directions."""

import pytest

from jukwaa.places.languages import (
    canonicalize_language_tag,
    get_language_choices,
    get_language_name,
    get_language_tags,
    get_text_direction,
    is_valid_language_tag,
)


@pytest.mark.parametrize(
    ("text", "language_tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("pt_br", "pt-BR"),
        (" zh-hant ", "zh-Hant"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("mfe", "mfe"),
        ("tkl", "tkl"),
    ],
)
def test_language_tags_are_normalised(text, language_tag):
    assert canonicalize_language_tag(text) == language_tag


@pytest.mark.parametrize(
    "text", ["", "x", "und", "xx", "qqqq", "en-XX", "en--", "123", "de-1996", "english", "en-Xxxx"]
)
def test_unknown_language_tag_is_refused(text):
    assert canonicalize_language_tag(text) is None
    assert not is_valid_language_tag(text)


def test_only_normalised_tag_is_valid():
    assert (is_valid_language_tag("pt-BR"), is_valid_language_tag("pt-br"), is_valid_language_tag("pt_BR")) == (
        True,
        False,
        False,
    )


def test_every_offered_language_has_valid_tag_and_name():
    assert [t for t in get_language_tags() if not is_valid_language_tag(t) or get_language_name(t) == t] == []
    assert len(set(get_language_tags())) == len(get_language_tags())
    assert {"ar", "en", "es", "fr", "pt", "pt-BR", "ru", "sw", "zh-Hans", "zh-Hant"} <= set(get_language_tags())


def test_forms_list_each_language_once_by_name():
    choices = get_language_choices("fr")

    assert sorted(tag for tag, _name in choices) == sorted(get_language_tags())
    assert choices[0] == ("aa", "afar")


@pytest.mark.parametrize(
    ("language_tag", "language_code", "language_name"),
    [
        ("mfe", "en", "Morisyen"),
        ("fr", "fr", "français"),
        ("zh-Hant", "fr", "chinois traditionnel"),
        ("pa-Arab", "en", "Punjabi (Arabic)"),
        ("sr-Latn-RS", "en", "Serbian (Latin, Serbia)"),
        ("ar", "nonsense", "Arabic"),
        ("xx", "en", "xx"),
    ],
)
def test_language_names_follow_reader_language(language_tag, language_code, language_name):
    assert get_language_name(language_tag, language_code) == language_name


@pytest.mark.parametrize("language_tag", ["ar", "fa", "he", "ur", "dv", "ps", "ckb", "pa-Arab", "az-Arab", "ar-EG"])
def test_rtl_languages_are_recognised(language_tag):
    assert get_text_direction(language_tag) == "rtl"


@pytest.mark.parametrize("language_tag", ["en", "zh", "hi", "az", "zdj-Latn", "ar-Latn", "tkl", "nonsense", ""])
def test_other_languages_are_left_to_right(language_tag):
    assert get_text_direction(language_tag) == "ltr"
