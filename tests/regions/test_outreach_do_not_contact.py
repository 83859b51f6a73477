"""Do-not-contact digests match every spelling of a name and no other name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.core.refusals import ActionRefused
from jukwaa.regions.actions.invitation_answers import register_do_not_contact
from jukwaa.regions.models import NeverAgain, Prospect
from jukwaa.regions.suppression import (
    build_address_digest,
    build_lookup_digests,
    build_suppression_digests,
    fold_name_spelling,
    get_folded_name_variants,
    get_known_names,
)
from tests.regions.outreach_steps import add_prospect

NAME_WORDS = (
    "Línea",
    "ayuda",
    "Łódź",
    "Zürich",
    "Straße",
    "Œuvre",
    "Children",
    "Ombudsman",
    "نجدة",
    "Ямайка",
    "हेल्पलाइन",
)
IGNORED_WORDS = ("Dr.", "The", "Ltd", "e.V.", "of", "de")
SPELLING_CHANGES = (
    str.upper,
    str.lower,
    lambda word: unicodedata.normalize("NFD", word),
    lambda word: "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each)),
    lambda word: f"\u200f{word}\u00ad",
    lambda word: f"“{word}”,",
    lambda word: "".join(chr(ord(each) + 0xFEE0) if each.isascii() and each.isalpha() else each for each in word),
)


@st.composite
def generate_two_spellings(draw):
    words = draw(st.lists(st.sampled_from(NAME_WORDS), min_size=1, max_size=4, unique=True))
    other = [draw(st.sampled_from(SPELLING_CHANGES))(word) for word in draw(st.permutations(words))]
    for word in draw(st.lists(st.sampled_from(IGNORED_WORDS), max_size=2)):
        other.insert(draw(st.integers(0, len(other))), word)
    between = draw(st.sampled_from((" ", "  ", " - ", "\n", "\u00a0")))
    return words, between.join(other)


@given(generate_two_spellings())
def test_name_matches_other_spellings(spelled_name):
    words, other = spelled_name

    assert fold_name_spelling(" ".join(words)) == fold_name_spelling(other)


@given(st.sets(st.sampled_from(NAME_WORDS), min_size=1), st.sets(st.sampled_from(NAME_WORDS), min_size=1))
def test_different_names_have_different_digests(some_words, other_words):
    first, second = (
        build_suppression_digests({fold_name_spelling(" ".join(words))}, "KE") for words in (some_words, other_words)
    )

    assert (first & second != set()) == (some_words == other_words)


@pytest.mark.parametrize(
    "other_name", ["Child Line", "child-line", "THE CHILDLINE", "Child\u200bLine e.V.", "ChildLine Ltd."]
)
def test_joined_words_match_same_name(other_name):
    assert get_folded_name_variants("Childline") & get_folded_name_variants(other_name)


@pytest.mark.parametrize("other_name", ["Linea de ayuda infantil", "NCL", "Centre for Youth"])
def test_translated_or_abbreviated_name_does_not_match(other_name):
    """The page of the request states these limits."""
    assert not get_folded_name_variants("National Child Helpline Centre") & get_folded_name_variants(other_name)


def test_name_without_significant_words_still_has_digest():
    assert get_folded_name_variants("Dr.") == {"dr"}
    assert get_folded_name_variants(" - ") == set()


def test_address_matches_ignoring_case_and_plus_suffix():
    same = ("Ana@Example.org", " ana+letters@example.ORG ", "ａｎａ@example.org")

    assert {build_address_digest(each) for each in same} == {build_address_digest("ana@example.org")}
    assert build_address_digest("+@example.org") != build_address_digest("ana@example.org")


@pytest.mark.parametrize(
    "spelling", ["HELPLINE OF NAIROBI", "Nairobi, Helpline", "Hélpline — Nairobi Ltd.", "Helpline\u00a0Nairobi"]
)
def test_do_not_contact_applies_to_other_spelling(coalition, member, spelling):
    gone = add_prospect(member, coalition, "Nairobi Helpline")
    register_do_not_contact(coalition=coalition, contact_marks=[], prospect=gone)

    with pytest.raises(ActionRefused, match="You cannot invite this organisation now"):
        add_prospect(member, coalition, spelling)
    assert not Prospect.objects.exists()
    met = build_lookup_digests(get_known_names(spelling, None), "KE")
    assert NeverAgain.objects.filter(digest__in=met).exists()
