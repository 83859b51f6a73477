"""Helplines: whoever asks is told somebody to turn to."""

import pytest

from jukwaa.places.countries import COUNTRIES_BY_CODE, PlacesDataError
from jukwaa.places.helplines import get_country_helplines, load_helplines, parse_helplines

CALLABLE_CONTACT = '[[helpline]]\nkind = "helpline"\nname = "A line"\nsource = "itself"\nyear = 2026\n'


def test_every_country_lists_international_directories_last():
    endings = {tuple(line.name for line in get_country_helplines(code)[-2:]) for code in [*COUNTRIES_BY_CODE, "XX", ""]}

    assert endings == {("Child Helpline International", "INHOPE")}


@pytest.mark.parametrize(
    ("country_code", "helpline_contacts"),
    [
        ("GB", [("Childline", "0800 1111"), ("Internet Watch Foundation", "")]),
        ("KE", [("Childline Kenya", "116")]),
        ("IN", [("CHILDLINE 1098", "1098")]),
        ("AU", [("Kids Helpline", "1800 55 1800")]),
        ("DE", [("Nummer gegen Kummer", "116 111")]),
        ("MU", []),
    ],
)
def test_country_has_verified_helplines(country_code, helpline_contacts):
    assert [(line.name, line.phone) for line in get_country_helplines(country_code)[:-2]] == helpline_contacts


def test_every_helpline_has_source_and_contact():
    assert [line.name for line in load_helplines() if not line.source or line.year < 2020] == []
    assert [line.name for line in load_helplines() if line.kind == "helpline" and not line.phone] == []


@pytest.mark.parametrize(
    ("text", "error_text"),
    [
        ("", "helpline"),
        ("helpline", "helplines.toml: "),
        (f'{CALLABLE_CONTACT}url = "https://example.org"\ncountries = ["XX"]', "A line: no country has the code XX"),
        (f'{CALLABLE_CONTACT}url = "https://example.org"', "a directory has no countries"),
        (f'{CALLABLE_CONTACT}url = "http://example.org"\ncountries = ["MU"]', "must begin with https://"),
        (f'{CALLABLE_CONTACT}countries = ["MU"]', "A line: .*url"),
        (f'{CALLABLE_CONTACT}url = "https://example.org"\ncountries = ["MU"]\nfax = "1"', "A line: .*fax"),
        ('[[helpline]]\nkind = "friend"', "a helpline without a name: 'friend'"),
    ],
)
def test_invalid_helpline_is_refused_with_name(text, error_text):
    with pytest.raises(PlacesDataError, match=error_text):
        parse_helplines(text)
