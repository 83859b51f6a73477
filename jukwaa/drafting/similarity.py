"""Which of several inputs say nearly the same, so that they can be answered together. Pure: texts in, groups out."""

from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

MIN_TEXT_SIMILARITY = 75  # of 100: the same words in another order, with a few more or fewer
MAX_COMPARED_CHARACTERS = 1_000  # characters of each: whoever says the same begins with it
MIN_COMPARED_LENGTH = 12  # characters; "I agree" and "I don't" are near in letters alone


def group_similar_texts(texts: Sequence[str]) -> list[list[int]]:
    """The places of the texts in groups, in the order in which each group was begun.

    Each text joins the first group whose first text it is like, so that the answer does not hang on chance.
    """
    words = [default_process(text[:MAX_COMPARED_CHARACTERS]) for text in texts]
    groups: list[list[int]] = []
    for at, said in enumerate(words):
        mine = next((group for group in groups if is_similar_text(words[group[0]], said)), None)
        if mine is None:
            groups.append([at])
        else:
            mine.append(at)
    return groups


def is_similar_text(first_text: str, second_text: str) -> bool:
    if first_text == second_text:
        return True
    if min(len(first_text), len(second_text)) < MIN_COMPARED_LENGTH:
        return False
    return fuzz.token_sort_ratio(first_text, second_text, score_cutoff=MIN_TEXT_SIMILARITY) > 0
