"""Countries, their groups and their tiles: what must hold of the data, whoever corrects it."""

import math
from collections import Counter

import pycountry
import pytest

from jukwaa.places.countries import (
    COUNTRIES,
    PlacesDataError,
    get_country,
    get_country_choices,
    get_country_name,
    get_regional_group,
    get_subregion_name,
    get_subregions,
    parse_countries,
)
from jukwaa.places.languages import is_valid_language_tag
from jukwaa.places.regions import UN_GROUPS, RegionalGroup, StakeholderGroup

HEADER = "code,alpha3,name,group,un_member,subregion,languages,column,row"
MAURITIUS = "MU,MUS,Mauritius,african,yes,014,en mfe fr,23,17"

# Who answers for a territory at the United Nations, for the territories that have people.
STATES = {
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

NEIGHBOURS = """
    AR-CL AR-UY BR-PE CO-VE CO-PA CR-NI GT-MX MX-US CA-US DO-HT ES-PT ES-FR DE-PL AT-IT NO-SE FI-SE EE-LV BY-UA
    GR-TR BG-RO MA-DZ EG-LY SD-SS ET-KE KE-TZ GH-TG NG-NE CD-ZM ZA-NA MZ-ZW IQ-IR SA-YE AF-PK IN-NP BD-MM LA-VN
    MY-TH ID-TL KP-KR CN-MN KZ-UZ RU-UA
"""

WEST_TO_EAST = (
    "CL-BR MX-CU CA-GL PT-ES IE-GB GB-DE DE-PL PL-BY SN-ET GH-KE NA-MZ EG-IL TR-IR PK-BD IN-VN CN-JP KE-MU AU-NZ PH-FJ"
)
NORTH_TO_SOUTH = (
    "CA-US US-MX MX-PA CO-CL BR-AR NO-IT SE-PL IT-TN TN-NG NG-AO KE-ZA RU-KZ MN-CN CN-VN IN-LK VN-ID JP-PH ID-AU FJ-NZ"
)


def pairs(text):
    return [tuple(pair.split("-")) for pair in text.split()]


def test_every_entry_of_iso_3166_is_here_with_both_its_codes():
    assert {(c.code, c.alpha3) for c in COUNTRIES.values()} == {(c.alpha_2, c.alpha_3) for c in pycountry.countries}
    assert len(COUNTRIES) == 249


def test_every_member_of_the_united_nations_is_in_exactly_one_of_five_groups():
    members = [c for c in COUNTRIES.values() if c.un_member]

    assert Counter(c.group for c in members) == {
        RegionalGroup.AFRICAN: 54,
        RegionalGroup.ASIA_PACIFIC: 54,  # with Kiribati, which takes part in no group, and without Türkiye
        RegionalGroup.EASTERN_EUROPEAN: 23,
        RegionalGroup.GRULAC: 33,
        RegionalGroup.WEOG: 29,  # with Türkiye and Israel, and with the United States, an observer
    }
    assert len(members) == 193


@pytest.mark.parametrize(
    ("code", "group"),
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
def test_contested_countries_count_where_the_readme_says(code, group):
    assert get_regional_group(code) == group


def test_only_antarctica_has_no_group():
    assert [c.code for c in COUNTRIES.values() if c.group not in UN_GROUPS] == ["AQ"]


@pytest.mark.parametrize("state", STATES)
def test_a_territory_counts_with_the_state_that_answers_for_it(state):
    territories = STATES[state].split()

    assert {(get_regional_group(code), get_country(code).un_member) for code in territories} == {
        (get_regional_group(state), False)
    }


def test_no_tile_is_used_twice_and_the_world_stays_compact():
    tiles = {c.tile for c in COUNTRIES.values()}

    assert len(tiles) == len(COUNTRIES)
    assert (max(t.column for t in tiles), max(t.row for t in tiles)) == (39, 20)


@pytest.mark.parametrize(("one", "other"), pairs(NEIGHBOURS))
def test_neighbours_on_land_are_near_on_the_map(one, other):
    assert math.dist(get_country(one).tile, get_country(other).tile) <= 3


@pytest.mark.parametrize(("west", "east"), pairs(WEST_TO_EAST))
def test_the_west_lies_left_of_the_east(west, east):
    assert get_country(west).tile.column < get_country(east).tile.column


@pytest.mark.parametrize(("north", "south"), pairs(NORTH_TO_SOUTH))
def test_the_north_lies_above_the_south(north, south):
    assert get_country(north).tile.row < get_country(south).tile.row


def test_every_language_of_a_country_is_one_that_we_know():
    assert [(c.code, tag) for c in COUNTRIES.values() for tag in c.languages if not is_valid_language_tag(tag)] == []


def test_only_where_nobody_lives_nobody_speaks():
    assert [c.code for c in COUNTRIES.values() if not c.languages] == ["AQ", "BV", "HM"]


def test_names_come_in_the_readers_language():
    asked = [
        get_country_name(code, locale) for code, locale in [("MU", "en"), ("MU", "fr"), ("MU", "pt-br"), ("MU", "xx")]
    ]

    assert asked == ["Mauritius", "Maurice", "Maurício", "Mauritius"]


def test_subregions_are_named_too():
    asked = [get_subregion_name("014"), get_subregion_name("005", "es"), get_subregion_name("010")]

    assert asked == ["Eastern Africa", "Sudamérica", "Antarctica"]


def test_a_regional_group_has_the_subregions_of_its_member_states_alone():
    """Réunion lies in Eastern Africa, and counts with France."""
    assert get_subregions(RegionalGroup.AFRICAN) == ("011", "014", "015", "017", "018")
    assert "014" not in get_subregions(RegionalGroup.WEOG)


def test_a_language_that_lacks_a_name_gets_the_english_one():
    assert [get_country_name("MU", "co"), get_subregion_name("014", "co")] == ["Mauritius", "Eastern Africa"]


def test_every_country_and_its_subregion_have_a_name():
    assert all(
        get_country_name(each.code, "ar") and get_subregion_name(each.subregion, "ar") for each in COUNTRIES.values()
    )


def test_forms_offer_each_country_once_in_the_order_of_its_name():
    choices = get_country_choices("en")

    assert sorted(code for code, _name in choices) == sorted(COUNTRIES)
    assert [name for _code, name in choices[:3]] == ["Afghanistan", "Åland Islands", "Albania"]


def test_a_code_that_is_no_countrys_is_refused():
    with pytest.raises(LookupError, match="'XX'"):
        get_country("XX")


def test_stakeholder_groups_are_those_of_the_forum():
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
    ("row", "complaint"),
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
def test_a_broken_row_is_refused_by_its_line(row, complaint):
    lines = [HEADER, MAURITIUS, row]
    if "twice" not in complaint and not row.startswith("KE"):
        lines = [HEADER, "KE,KEN,Kenya,african,yes,014,sw en,19,14", row]

    with pytest.raises(PlacesDataError, match="line 3") as refusal:
        parse_countries(lines)
    assert complaint in str(refusal.value)
