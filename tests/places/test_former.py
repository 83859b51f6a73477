"""Countries that are no more."""

import pytest

from jukwaa.places.countries import COUNTRIES, PlacesDataError
from jukwaa.places.country_search import find_country
from jukwaa.places.former_countries import find_former_country, get_any_country_name, parse_former_countries


@pytest.mark.parametrize(
    ("text", "became"),
    [
        ("Yugoslavia", {"BA", "HR", "ME", "MK", "RS", "SI"}),
        ("yougoslavie", {"BA", "HR", "ME", "MK", "RS", "SI"}),
        ("Czechoslovakia", {"CZ", "SK"}),
        ("Serbia and Montenegro", {"ME", "RS"}),
        ("CS", {"ME", "RS"}),
        ("Netherlands Antilles", {"BQ", "CW", "SX"}),
    ],
)
def test_a_country_that_was_dissolved_is_known_and_is_none_of_today(text, became):
    former = find_former_country(text)

    assert former
    assert set(former.became) == became
    assert find_country(text) is None


def test_no_country_of_today_is_taken_for_one_of_the_past():
    assert not [
        code for code in COUNTRIES if find_former_country(code) or find_former_country(get_any_country_name(code, "en"))
    ]


def test_an_old_code_has_the_name_of_then_in_the_readers_language():
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
def test_a_broken_file_is_refused(text):
    with pytest.raises(PlacesDataError):
        parse_former_countries(text)
