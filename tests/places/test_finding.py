"""Countries found by what people call them."""

import csv
from importlib.resources import files

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.places.countries import COUNTRIES, PlacesDataError, get_country_name
from jukwaa.places.country_search import NAME_LANGUAGES, find_country, parse_names

CODES = st.sampled_from(sorted(COUNTRIES))


def found(text, **options):
    country = find_country(text, **options)
    return country and country.code


@pytest.mark.parametrize("locale", NAME_LANGUAGES)
def test_every_country_is_found_by_its_name_in_each_language(locale):
    assert {code: found(get_country_name(code, locale)) for code in COUNTRIES} == {code: code for code in COUNTRIES}


def test_every_country_is_found_by_its_codes():
    assert [(found(c.code), found(c.alpha3)) for c in COUNTRIES.values()] == [(c, c) for c in COUNTRIES]


def test_every_country_is_found_by_the_names_of_iso_3166():
    lost = [
        name
        for c in pycountry.countries
        for name in (c.name, getattr(c, "official_name", c.name), getattr(c, "common_name", c.name))
        if found(name) != c.alpha_2
    ]

    assert lost == []


def test_every_country_is_found_by_the_name_that_our_file_gives_it():
    with files("jukwaa.places").joinpath("data/countries.csv").open(encoding="utf-8") as lines:
        assert [row["code"] for row in csv.DictReader(lines) if found(row["name"]) != row["code"]] == []


@given(CODES, st.sampled_from([str.upper, str.lower, str.title, lambda name: f"  {name.replace(' ', '  ')} "]))
def test_capitals_and_spaces_do_not_matter_in_names(code, rewrite):
    assert found(rewrite(get_country_name(code))) == code


@given(st.text())
def test_any_text_at_all_gets_an_answer(text):
    assert find_country(text) is None or find_country(text).code in COUNTRIES


@pytest.mark.parametrize(
    ("text", "code"),
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
def test_other_names_are_understood(text, code):
    assert found(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
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
def test_people_and_things_are_placed_by_where_they_come_from(text, code):
    assert found(text) == code


@pytest.mark.parametrize("text", ["", " ", "Congolese", "Virgin Islands", "Kosovo", "Europe", "Atlantis", "ECPAT"])
def test_what_names_no_country_or_could_name_two_is_left_to_a_person(text):
    assert find_country(text) is None


@pytest.mark.parametrize("text", ["in", "No", "IT", "us", "car", "MAR"])
def test_in_a_report_codes_are_only_words(text):
    assert find_country(text, codes=False) is None


def test_in_a_report_the_usual_abbreviations_are_still_names():
    assert [found(text, codes=False) for text in ("USA", "US", "UK", "UAE", "CAR")] == ["US", "US", "GB", "AE", "CF"]


def test_in_a_spreadsheet_codes_count_in_any_case():
    assert [found(text) for text in ("ke", "KEN", "ken", "us")] == ["KE", "KE", "KE", "US"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('XX = { names = ["Nowhere"] }', "no country has the code XX"),
        ('MU = { nicknames = ["Moris"] }', "nicknames"),
        ('CD = { demonyms = ["Congolese"] }\nCG = { demonyms = ["congolese"] }', "means both CD and CG"),
        ("MU = ", "names.toml: "),
    ],
)
def test_a_broken_file_of_names_is_refused(text, complaint):
    with pytest.raises(PlacesDataError, match=complaint):
        parse_names(text)
