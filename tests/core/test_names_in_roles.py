"""Names in fields that ask for a role."""

import pytest

from jukwaa.core.safeguards import find_names_in_role
from jukwaa.core.safeguards.names_in_roles import NAME_IN_ROLE


def found(text, known=()):
    return [text[hit.start : hit.end] for hit in find_names_in_role(text, known)]


@pytest.mark.parametrize(
    ("text", "name"),
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
def test_a_name_is_found_by_how_it_is_set(text, name):
    assert found(text) == [name]


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
def test_a_role_is_no_name(text):
    assert found(text) == []


def test_a_known_name_is_found_however_it_is_written():
    assert found("ask zephyra quillova or the desk", ["Zephyra Quillova"]) == ["zephyra quillova"]
    assert found("ask the desk", ["Desk", "Ask Anybody"]) == []


def test_the_example_of_the_sign_is_found_and_its_counter_example_is_not():
    assert found(NAME_IN_ROLE.example) == ["Exampla Testova"]
    assert found(NAME_IN_ROLE.counter) == []
