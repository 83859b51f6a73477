"""How the place of a meeting is written."""

import pytest

from jukwaa.meetings.models import Meeting
from jukwaa.meetings.templatetags.meetings import meeting_place


@pytest.mark.parametrize(
    ("place", "country", "written"),
    [
        ("Kyoto", "JP", "Kyoto, Japan"),
        ("Kyoto, Japan", "JP", "Kyoto, Japan"),
        ("Kyoto", "", "Kyoto"),
        ("", "JP", "Japan"),
    ],
)
def test_country_named_in_place_is_not_repeated(place, country, written):
    assert str(meeting_place(Meeting(place=place, country=country))) == written
