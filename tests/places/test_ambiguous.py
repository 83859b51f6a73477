"""Names that mean more than one country are known as such."""

import pytest

from jukwaa.places.country_search import find_ambiguous_countries


@pytest.mark.parametrize(
    ("text", "country_codes"),
    [
        ("Congo", ["CG", "CD"]),
        ("the CONGO", ["CG", "CD"]),
        ("Corée", ["KR", "KP"]),
        ("كوريا", ["KR", "KP"]),
        ("Virgin Islands", ["VG", "VI"]),
        ("South Korea", []),
        ("Republic of Congo", []),
        ("Kenya", []),
        ("", []),
    ],
)
def test_ambiguous_name_has_all_its_countries(text, country_codes):
    assert [country.code for country in find_ambiguous_countries(text)] == country_codes
