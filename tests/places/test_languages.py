"""Languages: their tags, names and directions."""

import pytest

from jukwaa.places.languages import (
    canonical_tag,
    direction,
    language_choices,
    language_name,
    language_tags,
    valid_language,
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
    assert canonical_tag(text) == tag


@pytest.mark.parametrize(
    "text", ["", "x", "und", "xx", "qqqq", "en-XX", "en--", "123", "de-1996", "english", "en-Xxxx"]
)
def test_what_is_no_tag_of_a_known_language_is_refused(text):
    assert canonical_tag(text) is None
    assert not valid_language(text)


def test_a_tag_is_valid_only_as_it_is_written():
    assert (valid_language("pt-BR"), valid_language("pt-br"), valid_language("pt_BR")) == (True, False, False)


def test_every_offered_language_has_a_valid_tag_and_a_name():
    assert [t for t in language_tags() if not valid_language(t) or language_name(t) == t] == []
    assert len(set(language_tags())) == len(language_tags())
    assert {"ar", "en", "es", "fr", "pt", "pt-BR", "ru", "sw", "zh-Hans", "zh-Hant"} <= set(language_tags())


def test_forms_offer_each_language_once_in_the_order_of_its_name():
    choices = language_choices("fr")

    assert sorted(tag for tag, _name in choices) == sorted(language_tags())
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
    assert language_name(tag, locale) == name


@pytest.mark.parametrize("tag", ["ar", "fa", "he", "ur", "dv", "ps", "ckb", "pa-Arab", "az-Arab", "ar-EG"])
def test_some_languages_run_from_right_to_left(tag):
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "zh", "hi", "az", "zdj-Latn", "ar-Latn", "tkl", "nonsense", ""])
def test_all_others_run_from_left_to_right(tag):
    assert direction(tag) == "ltr"
