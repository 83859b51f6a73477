"""Countries, their groups and their tiles: what must hold of the data, whoever corrects it."""

import math
from collections import Counter

import pycountry
import pytest

from jukwaa.places.countries import (
    COUNTRIES_BY_CODE,
    PlacesDataError,
    get_country_by_code,
    get_country_choices,
    get_country_name,
    get_regional_group,
    get_subregion_name,
    get_subregions_of_group,
    parse_countries,
)
from jukwaa.places.languages import is_valid_language_tag
from jukwaa.places.regions import UN_REGIONAL_GROUPS, RegionalGroup, StakeholderGroup

CSV_HEADER = "code,alpha3,name,group,un_member,subregion,languages,column,row"
MAURITIUS_ROW = "MU,MUS,Mauritius,african,yes,014,en mfe fr,23,17"

# Who answers for a territory at the United Nations, for the territories that have people.
UN_MEMBER_STATES = {
    "AU": "CC CX NF",
    "CN": "HK MO",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE WF YT",
    "GB": "AI BM FK GG GI IM IO JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "SJ",
    "NZ": "TK",
    "US": "AS GU MP PR UM VI",
}

NEIGHBOURING_COUNTRIES = """
    AR-CL AR-UY BR-PE CO-VE CO-PA CR-NI GT-MX MX-US CA-US DO-HT ES-PT ES-FR DE-PL AT-IT NO-SE FI-SE EE-LV BY-UA
    GR-TR BG-RO MA-DZ EG-LY SD-SS ET-KE KE-TZ GH-TG NG-NE CD-ZM ZA-NA MZ-ZW IQ-IR SA-YE AF-PK IN-NP BD-MM LA-VN
    MY-TH ID-TL KP-KR CN-MN KZ-UZ RU-UA
"""

COUNTRIES_WEST_TO_EAST = (
    "CL-BR MX-CU CA-GL PT-ES IE-GB GB-DE DE-PL PL-BY SN-ET GH-KE NA-MZ EG-IL TR-IR PK-BD IN-VN CN-JP KE-MU AU-NZ PH-FJ"
)
COUNTRIES_NORTH_TO_SOUTH = (
    "CA-US US-MX MX-PA CO-CL BR-AR NO-IT SE-PL IT-TN TN-NG NG-AO KE-ZA RU-KZ MN-CN CN-VN IN-LK VN-ID JP-PH ID-AU FJ-NZ"
)


def parse_code_pairs(text):
    return [tuple(pair.split("-")) for pair in text.split()]


def test_every_iso_3166_entry_has_both_codes():
    assert {(c.code, c.alpha3) for c in COUNTRIES_BY_CODE.values()} == {
        (c.alpha_2, c.alpha_3) for c in pycountry.countries
    }
    assert len(COUNTRIES_BY_CODE) == 249


def test_every_un_member_is_in_one_regional_group():
    members = [c for c in COUNTRIES_BY_CODE.values() if c.un_member]

    assert Counter(c.group for c in members) == {
        RegionalGroup.AFRICAN: 54,
        RegionalGroup.ASIA_PACIFIC: 54,  # with Kiribati, which takes part in no group, and without Türkiye
        RegionalGroup.EASTERN_EUROPEAN: 23,
        RegionalGroup.GRULAC: 33,
        RegionalGroup.WEOG: 29,  # with Türkiye and Israel, and with the United States, an observer
    }
    assert len(members) == 193


@pytest.mark.parametrize(
    ("country_code", "regional_group"),
    [
        ("TR", RegionalGroup.WEOG),
        ("IL", RegionalGroup.WEOG),
        ("US", RegionalGroup.WEOG),
        ("CY", RegionalGroup.ASIA_PACIFIC),
        ("KI", RegionalGroup.ASIA_PACIFIC),
        ("PS", RegionalGroup.ASIA_PACIFIC),
        ("MU", RegionalGroup.AFRICAN),
        ("EG", RegionalGroup.AFRICAN),
        ("BR", RegionalGroup.GRULAC),
        ("RU", RegionalGroup.EASTERN_EUROPEAN),
        ("AQ", RegionalGroup.UNKNOWN),
        ("XX", RegionalGroup.UNKNOWN),
        ("", RegionalGroup.UNKNOWN),
    ],
)
def test_contested_countries_follow_readme(country_code, regional_group):
    assert get_regional_group(country_code) == regional_group


def test_only_antarctica_has_no_group():
    assert [c.code for c in COUNTRIES_BY_CODE.values() if c.group not in UN_REGIONAL_GROUPS] == ["AQ"]


@pytest.mark.parametrize("member_state", UN_MEMBER_STATES)
def test_territory_counts_with_responsible_state(member_state):
    territories = UN_MEMBER_STATES[member_state].split()

    assert {(get_regional_group(code), get_country_by_code(code).un_member) for code in territories} == {
        (get_regional_group(member_state), False)
    }


def test_map_tiles_are_unique_and_compact():
    tiles = {c.tile for c in COUNTRIES_BY_CODE.values()}

    assert len(tiles) == len(COUNTRIES_BY_CODE)
    assert (max(t.column for t in tiles), max(t.row for t in tiles)) == (39, 20)


@pytest.mark.parametrize(("first_country", "other_country"), parse_code_pairs(NEIGHBOURING_COUNTRIES))
def test_land_neighbours_are_near_on_map(first_country, other_country):
    assert math.dist(get_country_by_code(first_country).tile, get_country_by_code(other_country).tile) <= 3


@pytest.mark.parametrize(("western_country", "eastern_country"), parse_code_pairs(COUNTRIES_WEST_TO_EAST))
def test_western_countries_are_left_of_eastern(western_country, eastern_country):
    assert get_country_by_code(western_country).tile.column < get_country_by_code(eastern_country).tile.column


@pytest.mark.parametrize(("northern_country", "southern_country"), parse_code_pairs(COUNTRIES_NORTH_TO_SOUTH))
def test_northern_countries_are_above_southern(northern_country, southern_country):
    assert get_country_by_code(northern_country).tile.row < get_country_by_code(southern_country).tile.row


def test_every_country_language_is_known():
    assert [
        (c.code, tag) for c in COUNTRIES_BY_CODE.values() for tag in c.languages if not is_valid_language_tag(tag)
    ] == []


def test_only_uninhabited_countries_have_no_language():
    assert [c.code for c in COUNTRIES_BY_CODE.values() if not c.languages] == ["AQ", "BV", "HM"]


def test_country_names_follow_reader_language():
    asked = [
        get_country_name(code, locale) for code, locale in [("MU", "en"), ("MU", "fr"), ("MU", "pt-br"), ("MU", "xx")]
    ]

    assert asked == ["Mauritius", "Maurice", "Maurício", "Mauritius"]


def test_subregions_have_names():
    asked = [get_subregion_name("014"), get_subregion_name("005", "es"), get_subregion_name("010")]

    assert asked == ["Eastern Africa", "Sudamérica", "Antarctica"]


def test_regional_group_has_subregions_of_its_member_states():
    """Réunion lies in Eastern Africa, and counts with France."""
    assert get_subregions_of_group(RegionalGroup.AFRICAN) == ("011", "014", "015", "017", "018")
    assert "014" not in get_subregions_of_group(RegionalGroup.WEOG)


def test_missing_translated_name_falls_back_to_english():
    assert [get_country_name("MU", "co"), get_subregion_name("014", "co")] == ["Mauritius", "Eastern Africa"]


def test_every_country_and_subregion_has_name():
    assert all(
        get_country_name(each.code, "ar") and get_subregion_name(each.subregion, "ar")
        for each in COUNTRIES_BY_CODE.values()
    )


def test_forms_list_each_country_once_by_name():
    choices = get_country_choices("en")

    assert sorted(code for code, _name in choices) == sorted(COUNTRIES_BY_CODE)
    assert [name for _code, name in choices[:3]] == ["Afghanistan", "Åland Islands", "Albania"]


def test_unknown_country_code_is_refused():
    with pytest.raises(LookupError, match="'XX'"):
        get_country_by_code("XX")


def test_stakeholder_groups_match_forum():
    assert StakeholderGroup.values == [
        "civil-society",
        "government",
        "intergovernmental",
        "private-sector",
        "technical-community",
        "other",
        "unknown",
    ]


@pytest.mark.parametrize(
    ("country_row", "error_text"),
    [
        ("MU,MUX,Mauritius,african,yes,014,en,23,17", "ISO 3166-1 does not know MU with MUX"),
        ("MU,MUS,Mauritius,islands,yes,014,en,23,17", "'islands' is not a valid RegionalGroup"),
        ("MU,MUS,Mauritius,unknown,yes,014,en,23,17", "in none of their groups"),
        ("MU,MUS,Mauritius,african,perhaps,014,en,23,17", "'perhaps'"),
        ("MU,MUS,Mauritius,african,yes,999,en,23,17", "M49 does not know the subregion '999'"),
        ("MU,MUS,Mauritius,african,yes,014,en,east,17", "'east'"),
        ("MU,MUS,Mauritius,african,yes,014,en,-1,17", "outside the map"),
        ("MU,MUS,Mauritius", "line 3"),
        ("KE,KEN,Kenya,african,yes,014,sw en,23,17", "MU has the tile of KE"),
        ("MU,MUS,Mauritius,african,yes,014,en,24,17", "MU stands here twice"),
    ],
)
def test_invalid_country_row_is_refused_with_line(country_row, error_text):
    lines = [CSV_HEADER, MAURITIUS_ROW, country_row]
    if "twice" not in error_text and not country_row.startswith("KE"):
        lines = [CSV_HEADER, "KE,KEN,Kenya,african,yes,014,sw en,19,14", country_row]

    with pytest.raises(PlacesDataError, match="line 3") as refusal:
        parse_countries(lines)
    assert error_text in str(refusal.value)
