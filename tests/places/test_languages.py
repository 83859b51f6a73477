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
    ("text", "tag"),
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
def test_tags_are_written_one_way(text, tag):
    assert canonicalize_language_tag(text) == tag


@pytest.mark.parametrize(
    "text", ["", "x", "und", "xx", "qqqq", "en-XX", "en--", "123", "de-1996", "english", "en-Xxxx"]
)
def test_what_is_no_tag_of_a_known_language_is_refused(text):
    assert canonicalize_language_tag(text) is None
    assert not is_valid_language_tag(text)


def test_a_tag_is_valid_only_as_it_is_written():
    assert (is_valid_language_tag("pt-BR"), is_valid_language_tag("pt-br"), is_valid_language_tag("pt_BR")) == (
        True,
        False,
        False,
    )


def test_every_offered_language_has_a_valid_tag_and_a_name():
    assert [t for t in get_language_tags() if not is_valid_language_tag(t) or get_language_name(t) == t] == []
    assert len(set(get_language_tags())) == len(get_language_tags())
    assert {"ar", "en", "es", "fr", "pt", "pt-BR", "ru", "sw", "zh-Hans", "zh-Hant"} <= set(get_language_tags())


def test_forms_offer_each_language_once_in_the_order_of_its_name():
    choices = get_language_choices("fr")

    assert sorted(tag for tag, _name in choices) == sorted(get_language_tags())
    assert choices[0] == ("aa", "afar")


@pytest.mark.parametrize(
    ("tag", "locale", "name"),
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
def test_languages_are_named_in_the_readers_language(tag, locale, name):
    assert get_language_name(tag, locale) == name


@pytest.mark.parametrize("tag", ["ar", "fa", "he", "ur", "dv", "ps", "ckb", "pa-Arab", "az-Arab", "ar-EG"])
def test_some_languages_run_from_right_to_left(tag):
    assert get_text_direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "zh", "hi", "az", "zdj-Latn", "ar-Latn", "tkl", "nonsense", ""])
def test_all_others_run_from_left_to_right(tag):
    assert get_text_direction(tag) == "ltr"
