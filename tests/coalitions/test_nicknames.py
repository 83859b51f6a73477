"""Short names that can only mean one full name, and beginnings of first names."""

import pytest

from jukwaa.coalitions.nicknames import is_beginning_of_first_name, is_certain_short_name


@pytest.mark.parametrize(
    ("name", "full_name"),
    [
        ("Ana", "Ana Lopes"),
        ("Ana", "LOPES Ana"),
        ("Ana L.", "Ana Maria Lopes"),
        ("Ana Lopes", "Ana Maria Lopes"),
        ("A. Lopes", "Ana Lopes"),
        ("M. Okoro", "Mary Okoro"),
        ("M. Okoro", "M. Ben Okoro"),  # "M." is a title here
        ("Mr Okoro", "Ben Okoro"),
        ("Pak Budi", "Budi Santoso"),
        ("Tess", 'Maria Teresa "Tess" Magno'),
        ("Joerg", "J\u00f6rg Hansen"),
    ],
)
def test_short_name_is_certain(name, full_name):
    assert is_certain_short_name(name, full_name)


@pytest.mark.parametrize(
    ("name", "full_name"),
    [
        ("M. Okoro", "Ben Okoro"),
        ("Mr Kim", "Kim Larsen"),
        ("James", "Mary James"),
        ("Lopes", "Ana Lopes"),
        ("Maria", "Ana Maria Lopes"),
        ("Maria", "Mariana Costa"),
        ("Ana Silva", "Anabela Silva"),
        ("Ana Maria Lopes", "Ana Lopes"),
        ("A. M.", "Ana Maria"),
        ("Ben Lopes", "Ana Lopes"),
        ("Mme", "Ana Lopes"),
        ("", "Ana Lopes"),
        ("Ana", ""),
    ],
)
def test_short_name_may_be_that_of_another_person(name, full_name):
    assert not is_certain_short_name(name, full_name)


@pytest.mark.parametrize(
    ("name", "full_name", "is_beginning"),
    [
        ("Ili", "Ilisavani Vakatora", True),
        ("Phil", "Philippe Wenal", True),
        ("Il", "Ilisavani Vakatora", False),
        ("Ili Vakatora", "Ilisavani Vakatora", False),
        ("Ana", "Anabela Silva", False),  # a usual name of its own
        ("Maria", "Mariana Costa", False),  # most of the other
        ("Ali", "Alice Brown", False),
        ("Vaka", "Ilisavani Vakatora", False),  # of a surname
    ],
)
def test_beginning_of_first_name(name, full_name, is_beginning):
    assert is_beginning_of_first_name(name, full_name) is is_beginning
