"""Countries found by what people call them."""

import csv
from importlib.resources import files

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.places.countries import COUNTRIES_BY_CODE, PlacesDataError, get_country_name
from jukwaa.places.country_search import COUNTRY_NAME_LANGUAGES, find_country, parse_other_names

COUNTRY_CODES = st.sampled_from(sorted(COUNTRIES_BY_CODE))


def find_country_code(text, **options):
    country = find_country(text, **options)
    return country and country.code


@pytest.mark.parametrize("language_code", COUNTRY_NAME_LANGUAGES)
def test_every_country_is_found_by_name_in_each_language(language_code):
    assert {code: find_country_code(get_country_name(code, language_code)) for code in COUNTRIES_BY_CODE} == {
        code: code for code in COUNTRIES_BY_CODE
    }


def test_every_country_is_found_by_code():
    assert [(find_country_code(c.code), find_country_code(c.alpha3)) for c in COUNTRIES_BY_CODE.values()] == [
        (c, c) for c in COUNTRIES_BY_CODE
    ]


def test_every_country_is_found_by_iso_3166_name():
    lost = [
        name
        for c in pycountry.countries
        for name in (c.name, getattr(c, "official_name", c.name), getattr(c, "common_name", c.name))
        if find_country_code(name) != c.alpha_2
    ]

    assert lost == []


def test_every_country_is_found_by_name_in_our_file():
    with files("jukwaa.places").joinpath("data/countries.csv").open(encoding="utf-8") as lines:
        assert [row["code"] for row in csv.DictReader(lines) if find_country_code(row["name"]) != row["code"]] == []


@given(COUNTRY_CODES, st.sampled_from([str.upper, str.lower, str.title, lambda name: f"  {name.replace(' ', '  ')} "]))
def test_country_search_ignores_case_and_spaces(country_code, change_spelling):
    assert find_country_code(change_spelling(get_country_name(country_code))) == country_code


@given(st.text())
def test_any_text_can_be_searched(text):
    assert find_country(text) is None or find_country(text).code in COUNTRIES_BY_CODE


@pytest.mark.parametrize(
    ("text", "country_code"),
    [
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("United States of America", "US"),
        ("UK", "GB"),
        ("Scotland", "GB"),
        ("Ivory Coast", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("DPRK", "KP"),
        ("The Gambia", "GM"),
        ("St Lucia", "LC"),
        ("Trinidad & Tobago", "TT"),
        ("Viet Nam", "VN"),
        ("Czech Republic", "CZ"),
        ("Swaziland", "SZ"),
        ("East Timor", "TL"),
        ("Upper Volta", "BF"),
        ("East Germany", "DE"),
        ("Holy See", "VA"),
        ("Congo", "CG"),
        ("DRC", "CD"),
        ("Hong Kong", "HK"),
        ("Île Maurice", "MU"),
        ("Brasil", "BR"),
        ("موريشيوس", "MU"),
    ],
)
def test_alternative_country_names_are_found(text, country_code):
    assert find_country_code(text) == country_code


@pytest.mark.parametrize(
    ("text", "country_code"),
    [
        ("Brazilian", "BR"),
        ("Brazilians", "BR"),
        ("Mauritian", "MU"),
        ("mauritian", "MU"),
        ("Kenyan", "KE"),
        ("Nigerian", "NG"),
        ("Nigerien", "NE"),
        ("British", "GB"),
        ("Dutch", "NL"),
        ("Equatorial Guinean", "GQ"),
        ("Guinean", "GN"),
        ("Ni-Vanuatu", "VU"),
        ("American Samoan", "AS"),
    ],
)
def test_demonyms_lead_to_country(text, country_code):
    assert find_country_code(text) == country_code


@pytest.mark.parametrize("text", ["", " ", "Congolese", "Virgin Islands", "Kosovo", "Europe", "Atlantis", "ECPAT"])
def test_unknown_or_ambiguous_name_finds_no_country(text):
    assert find_country(text) is None


@pytest.mark.parametrize("text", ["in", "No", "IT", "us", "car", "MAR"])
def test_report_text_ignores_country_codes(text):
    assert find_country(text, accepts_codes=False) is None


def test_report_text_accepts_usual_abbreviations():
    assert [find_country_code(text, accepts_codes=False) for text in ("USA", "US", "UK", "UAE", "CAR")] == [
        "US",
        "US",
        "GB",
        "AE",
        "CF",
    ]


def test_spreadsheet_accepts_codes_in_any_case():
    assert [find_country_code(text) for text in ("ke", "KEN", "ken", "us")] == ["KE", "KE", "KE", "US"]


@pytest.mark.parametrize(
    ("text", "error_text"),
    [
        ('XX = { names = ["Nowhere"] }', "no country has the code XX"),
        ('MU = { nicknames = ["Moris"] }', "nicknames"),
        ('CD = { demonyms = ["Congolese"] }\nCG = { demonyms = ["congolese"] }', "means both CD and CG"),
        ("MU = ", "names.toml: "),
    ],
)
def test_invalid_names_file_is_refused(text, error_text):
    with pytest.raises(PlacesDataError, match=error_text):
        parse_other_names(text)
