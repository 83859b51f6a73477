"""Helplines: whoever asks is told somebody to turn to."""

import pytest

from jukwaa.places.countries import COUNTRIES, PlacesDataError
from jukwaa.places.helplines import get_helplines, load_helplines, parse_helplines

CALL = '[[helpline]]\nkind = "helpline"\nname = "A line"\nsource = "itself"\nyear = 2026\n'


def test_every_country_ends_with_the_international_directories():
    endings = {tuple(line.name for line in get_helplines(code)[-2:]) for code in [*COUNTRIES, "XX", ""]}

    assert endings == {("Child Helpline International", "INHOPE")}


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("GB", [("Childline", "0800 1111"), ("Internet Watch Foundation", "")]),
        ("KE", [("Childline Kenya", "116")]),
        ("IN", [("CHILDLINE 1098", "1098")]),
        ("AU", [("Kids Helpline", "1800 55 1800")]),
        ("DE", [("Nummer gegen Kummer", "116 111")]),
        ("MU", []),
    ],
)
def test_a_country_has_the_lines_that_we_are_sure_of(code, lines):
    assert [(line.name, line.phone) for line in get_helplines(code)[:-2]] == lines


def test_every_line_says_where_it_comes_from_and_can_be_reached():
    assert [line.name for line in load_helplines() if not line.source or line.year < 2020] == []
    assert [line.name for line in load_helplines() if line.kind == "helpline" and not line.phone] == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "helpline"),
        ("helpline", "helplines.toml: "),
        (f'{CALL}url = "https://example.org"\ncountries = ["XX"]', "A line: no country has the code XX"),
        (f'{CALL}url = "https://example.org"', "a directory has no countries"),
        (f'{CALL}url = "http://example.org"\ncountries = ["MU"]', "must begin with https://"),
        (f'{CALL}countries = ["MU"]', "A line: .*url"),
        (f'{CALL}url = "https://example.org"\ncountries = ["MU"]\nfax = "1"', "A line: .*fax"),
        ('[[helpline]]\nkind = "friend"', "a helpline without a name: 'friend'"),
    ],
)
def test_a_broken_line_is_refused_by_its_name(text, complaint):
    with pytest.raises(PlacesDataError, match=complaint):
        parse_helplines(text)
