"""Texts that are nearly the same are told from those that are not, from 64 bits of each."""

import random

import pytest

from jukwaa.core.documents.language_detection import detect_text_language
from jukwaa.core.documents.similarity import compute_text_signature, is_nearly_identical

MADE_UP_WORDS = [f"word{number}" for number in range(5_000)]


def build_random_words(seed, word_count=400):
    return random.Random(seed).choices(MADE_UP_WORDS, k=word_count)


def replace_random_words(text_words, replaced_share, seed=0):
    """The same text with a share of its words replaced."""
    chance = random.Random(seed)
    return [f"new{at}" if chance.random() < replaced_share else word for at, word in enumerate(text_words)]


def are_texts_similar(first_text, other_text):
    return is_nearly_identical(
        compute_text_signature(" ".join(first_text)), compute_text_signature(" ".join(other_text))
    )


@pytest.mark.parametrize("seed", range(20))
def test_text_with_small_corrections_is_nearly_identical(seed):
    text = build_random_words(seed)

    assert are_texts_similar(text, replace_random_words(text, 0.01, seed))
    assert are_texts_similar(text, [*text, "and", "a", "line", "more"])


@pytest.mark.parametrize("seed", range(20))
def test_other_and_rewritten_texts_are_not_similar(seed):
    text = build_random_words(seed)

    assert not are_texts_similar(text, build_random_words(seed + 1_000))
    assert not are_texts_similar(text, replace_random_words(text, 0.5, seed))


def test_similarity_ignores_spaces_case_and_punctuation():
    text = " ".join(build_random_words(7))

    assert compute_text_signature(text) == compute_text_signature(text.upper().replace(" ", ",\n"))


def test_text_without_spaces_is_compared_by_characters():
    chance = random.Random(1)
    text = "".join(chance.choices("儿童保护互联网安全会议成员组织决定支持方法经验学校家庭", k=300))

    assert is_nearly_identical(compute_text_signature(text), compute_text_signature(text[:150] + "们" + text[150:]))
    assert not is_nearly_identical(compute_text_signature(text), compute_text_signature(text[::-1]))


def test_short_text_has_no_signature_and_signatures_fit_database():
    assert compute_text_signature("Members met.") is None
    assert all(-(1 << 63) <= compute_text_signature(" ".join(build_random_words(seed))) < 1 << 63 for seed in range(50))


@pytest.mark.parametrize(
    ("text", "declared_language", "language"),
    [
        ("", None, ""),
        ("Members met.", None, ""),
        ("Members met.", "pt-BR", "pt-BR"),
        ("Members met.", "<script>", ""),
        ("Les fournisseurs ont décidé de se réunir chaque mois pour protéger les enfants en ligne. " * 2, None, "fr"),
        ("اتفق الأعضاء على تبادل المعلومات حول حماية الأطفال على الإنترنت في اجتماعهم القادم. " * 2, None, "ar"),
        ("Wanachama walikubaliana kukutana tena ili kuwalinda watoto mtandaoni kila mwezi. " * 2, "", "sw"),
    ],
)
def test_language_is_declared_or_detected_from_script(text, declared_language, language):
    assert detect_text_language(text, declared_language) == language
