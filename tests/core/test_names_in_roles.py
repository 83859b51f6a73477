"""Names in fields that ask for a role."""

import pytest

from jukwaa.core.safeguards import find_names_in_role
from jukwaa.core.safeguards.names_in_roles import NAME_IN_ROLE_SIGN


def find_names_in_text(text, known_names=()):
    return [text[hit.start : hit.end] for hit in find_names_in_role(text, known_names)]


@pytest.mark.parametrize(
    ("text", "found_name"),
    [
        ("Maria Testova, press officer", "Maria Testova"),
        ("press officer (Zephyra Quillova)", "Zephyra Quillova"),
        ("Press officer: Zephyra Quillova", "Zephyra Quillova"),
        ("Zephyra van Quillova, legal desk", "Zephyra van Quillova"),
        ("Z. Quillova, legal desk", "Z. Quillova"),
        ("Ms Zephyra Quillova", "Ms Zephyra Quillova"),
        ("Мария Тестова, пресс-служба", "Мария Тестова"),
        ("the desk of Amina", "Amina"),
    ],
)
def test_name_is_found_by_its_form(text, found_name):
    assert find_names_in_text(text) == [found_name]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "press officer",
        "Press Officer",
        "Press Officer, Example Organisation",
        "Head of Communications",
        "Head of the Helpline, Trust and Safety",
        "Director General (Legal Affairs)",
        "NGO liaison, ECPAT International",
        "Nairobi, Kenya",
        "the training desk",
    ],
)
def test_role_is_not_a_name(text):
    assert find_names_in_text(text) == []


def test_known_name_is_found_in_any_spelling():
    assert find_names_in_text("ask zephyra quillova or the desk", ["Zephyra Quillova"]) == ["zephyra quillova"]
    assert find_names_in_text("ask the desk", ["Desk", "Ask Anybody"]) == []


def test_pattern_matches_example_and_not_counterexample():
    assert find_names_in_text(NAME_IN_ROLE_SIGN.example) == ["Exampla Testova"]
    assert find_names_in_text(NAME_IN_ROLE_SIGN.counter) == []
