"""Lengths of texts agree with counters that are written in another way."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.text_counts import (
    count_bytes,
    count_code_points,
    count_graphemes,
    count_utf16_units,
    count_words_as_word_processor,
    count_words_between_spaces,
    measure_text_length,
)

ARABIC, CHINESE, MARKS = "اأبتثجحَّ", "儿童在线保护，", "e\u0301a\u0308n\u0303"
EMOJI_SEQUENCES = (
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}\N{REGIONAL INDICATOR SYMBOL LETTER K}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}"
)
LETTER_STRATEGY = st.sampled_from(
    [*ARABIC, *CHINESE, *MARKS, *EMOJI_SEQUENCES, *"ab- \t", "\r\n", "\n", "\r", "\N{IDEOGRAPHIC SPACE}"]
)
# Python and the library know different versions of Unicode: what is not assigned in one of them is left out.
ASSIGNED_CHARACTERS = st.characters(exclude_categories=["Cn", "Cs"])
TEXT_STRATEGY = st.one_of(st.lists(LETTER_STRATEGY).map("".join), st.text(ASSIGNED_CHARACTERS))

SEPARATOR_STRATEGY = "\x1c\x1d\x1e\x1f"  # white space for Python, and not for Unicode

# What a reader takes for one character, each between letters that join nothing.
GRAPHEME_CLUSTERS = [
    *("a", "\N{ARABIC LETTER BEH}\N{ARABIC FATHA}\N{ARABIC SHADDA}", "\N{CJK UNIFIED IDEOGRAPH-513F}", "e\u0301\u0323"),
    *("\N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}", "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}", "\r\n", "\n", "한"),
    *(
        "\N{REGIONAL INDICATOR SYMBOL LETTER K}\N{REGIONAL INDICATOR SYMBOL LETTER E}",
        "नि",
        "\N{THAI CHARACTER KO KAI}\u0e34",
    ),
]


def drop_carriage_returns(text):
    """A line break is one character, however it was written."""
    found, last = [], ""
    for letter in text:
        if not (letter == "\n" and last == "\r"):
            found.append("\n" if letter == "\r" else letter)
        last = letter
    return found


@given(TEXT_STRATEGY)
def test_character_counts_agree_with_an_independent_counter(text):
    letters = drop_carriage_returns(text)

    assert count_code_points(text) == len(letters)
    assert count_utf16_units(text) == sum(2 if ord(letter) > 0xFFFF else 1 for letter in letters)
    assert count_bytes(text) == sum(1 + (ord(x) > 0x7F) + (ord(x) > 0x7FF) + (ord(x) > 0xFFFF) for x in letters)


@given(st.lists(st.sampled_from(GRAPHEME_CLUSTERS)))
def test_perceived_characters_match_constructed_text(grapheme_clusters):
    assert count_graphemes("x".join(grapheme_clusters)) == len(grapheme_clusters) + max(len(grapheme_clusters) - 1, 0)


@given(TEXT_STRATEGY)
def test_word_count_agrees_with_an_independent_counter(text):
    in_word, words, unspaced = False, 0, 0
    text = "".join(letter for letter in text if letter not in SEPARATOR_STRATEGY)
    for letter in text:
        is_unspaced = unicodedata.name(letter, "").startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH"))
        unspaced += is_unspaced
        starts = not letter.isspace() and not is_unspaced and not in_word
        words += starts
        in_word = not letter.isspace() and not is_unspaced
    spaced = sum(1 for at, letter in enumerate(text) if not letter.isspace() and (at == 0 or text[at - 1].isspace()))

    assert count_words_between_spaces(text) == spaced
    if not any("HIRAGANA" in unicodedata.name(x, "") or "KATAKANA" in unicodedata.name(x, "") for x in text):
        assert count_words_as_word_processor(text) == words + unspaced


@given(TEXT_STRATEGY)
def test_unknown_counting_method_gives_range_of_all_methods(text):
    length = measure_text_length(text, "characters")

    assert length.least <= count_graphemes(text) <= count_code_points(text) <= count_utf16_units(text) <= length.most
    assert (
        measure_text_length(text, "words").least
        <= count_words_between_spaces(text)
        <= measure_text_length(text, "words").most
    )


def test_unknown_counting_method_is_exact_where_all_agree():
    assert measure_text_length("Children online", "characters") == (15, 15)
    assert measure_text_length("Children\r\nonline", "characters") == (15, 16)
    assert measure_text_length("儿童 online", "words") == (2, 3)


@pytest.mark.parametrize(("setting_name", "setting_value"), [("pages", "not known"), ("characters", "letters")])
def test_unknown_unit_and_method_are_refused(setting_name, setting_value):
    with pytest.raises(LookupError):
        measure_text_length("", setting_name, setting_value)
