"""Columns and days of an imported spreadsheet."""

from datetime import date

import pytest

from jukwaa.coalitions.imports.dates import InvalidDateError, parse_date
from jukwaa.coalitions.imports.fields import guess_columns


@pytest.mark.parametrize(
    "headings",
    [
        ["Organization name", "Country", "Member since", "Web site"],
        ["Nom de l'organisation", "Pays", "Membre depuis", "Site web"],
        ["Organización", "País", "Miembro desde", "Sitio web"],
        ["Organisation", "Land", "Mitglied seit", "Webseite"],
        ["المنظمة", "البلد", "عضو منذ", "الموقع"],
        ["Organistion", "COUNTRY:", "Date joined", "URL"],
    ],
)
def test_columns_are_guessed_from_headings_in_any_language(headings):
    assert guess_columns(headings, "members") == ["name", "country", "since", "website"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2009-11-27", date(2009, 11, 27)),
        ("2009-11-27 00:00:00", date(2009, 11, 27)),
        ("24.10.2013", date(2013, 10, 24)),
        ("03.04.2013", date(2013, 4, 3)),
        ("10/24/2013", date(2013, 10, 24)),
        ("24/10/2013", date(2013, 10, 24)),
        ("05/05/2013", date(2013, 5, 5)),
        ("27 November 2009", date(2009, 11, 27)),
        ("November 27th, 2009", date(2009, 11, 27)),
        ("27 de noviembre de 2009", date(2009, 11, 27)),
        ("1er août 2012", date(2012, 8, 1)),
        ("Nov. 2009", date(2009, 11, 1)),
        ("11/2009", date(2009, 11, 1)),
        ("2009", date(2009, 1, 1)),
    ],
)
def test_common_date_formats_are_parsed(written, day):
    assert parse_date(written).day == day


@pytest.mark.parametrize(
    "written", ["03/04/2013", "12/11/13", "30 February 2010", "0000", "yesterday", "2009 2010", "99999"]
)
def test_ambiguous_or_invalid_date_is_not_guessed(written):
    with pytest.raises(InvalidDateError):
        parse_date(written)
