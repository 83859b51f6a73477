"""Countries that are no more."""

import pytest

from jukwaa.places.countries import COUNTRIES_BY_CODE, PlacesDataError
from jukwaa.places.country_search import find_country
from jukwaa.places.former_countries import find_former_country, get_any_country_name, parse_former_countries


@pytest.mark.parametrize(
    ("text", "successor_codes"),
    [
        ("Yugoslavia", {"BA", "HR", "ME", "MK", "RS", "SI"}),
        ("yougoslavie", {"BA", "HR", "ME", "MK", "RS", "SI"}),
        ("Czechoslovakia", {"CZ", "SK"}),
        ("Serbia and Montenegro", {"ME", "RS"}),
        ("CS", {"ME", "RS"}),
        ("Netherlands Antilles", {"BQ", "CW", "SX"}),
    ],
)
def test_former_country_is_known_but_not_current(text, successor_codes):
    former = find_former_country(text)

    assert former
    assert set(former.became) == successor_codes
    assert find_country(text) is None


def test_no_current_country_is_former():
    assert not [
        code
        for code in COUNTRIES_BY_CODE
        if find_former_country(code) or find_former_country(get_any_country_name(code, "en"))
    ]


def test_former_code_has_name_in_reader_language():
    assert get_any_country_name("AN", "fr") == "Antilles néerlandaises (–2010)"
    assert get_any_country_name("CS", "sw") == "Serbia and Montenegro (–2006)"
    assert get_any_country_name("KE", "en") == "Kenya"
    assert get_any_country_name("QQ", "en") == "QQ"


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        '[A]\ncode = "YU"',
        '[A]\ncode = "YU"\nuntil = 1992\nname = { en = "Y" }\nwords = []\nbecame = ["XX"]',
        '[A]\ncode = "KE"\nuntil = 1992\nname = { en = "Y" }\nwords = []\nbecame = ["UG"]',
    ],
)
def test_invalid_former_countries_file_is_refused(text):
    with pytest.raises(PlacesDataError):
        parse_former_countries(text)
