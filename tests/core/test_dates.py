"""Days as people write and read them."""

from datetime import date

import pytest
from django.utils.translation import override

from jukwaa.core.dates import format_long_date, format_month, format_short_date, translate_month_to_english
from jukwaa.intake.forms.meeting_days import MeetingDays, parse_meeting_days

FORMATTED_DAY = date(2009, 11, 27)


@pytest.mark.parametrize(
    ("language", "formatted_day", "formatted_month"),
    [
        ("en", "27 November 2009", "November 2009"),
        ("fr", "27 novembre 2009", "novembre 2009"),
        ("es", "27 de noviembre de 2009", "noviembre de 2009"),
        ("ar", "27 نوفمبر 2009", "نوفمبر 2009"),
    ],
)
def test_day_is_formatted_and_parsed_in_each_language(language, formatted_day, formatted_month):
    with override(language):
        assert (format_long_date(FORMATTED_DAY), format_month(FORMATTED_DAY)) == (formatted_day, formatted_month)
        assert parse_meeting_days(formatted_day) == MeetingDays(FORMATTED_DAY)
        assert parse_meeting_days(formatted_month) == MeetingDays(FORMATTED_DAY.replace(day=1), "month")
        assert parse_meeting_days("27 November 2009") == MeetingDays(FORMATTED_DAY)
        assert format_short_date(FORMATTED_DAY)


def test_invalid_month_is_kept_as_typed():
    with override("fr"):
        assert translate_month_to_english("27 brumaire  2009") == "27 brumaire 2009"


@pytest.mark.parametrize(
    ("language", "formatted_day", "short_format"),
    [
        ("en", "1 November 2026", "1 Nov 2026"),
        ("fr", "1er novembre 2026", "1er nov. 2026"),
        ("es", "1 de noviembre de 2026", "1 nov 2026"),
        ("ar", "1 نوفمبر 2026", "1 نوفمبر 2026"),
    ],
)
def test_first_of_month_is_formatted_and_parsed_in_each_language(language, formatted_day, short_format):
    first = date(2026, 11, 1)
    with override(language):
        assert (format_long_date(first), format_short_date(first), parse_meeting_days(formatted_day)) == (
            formatted_day,
            short_format,
            MeetingDays(first),
        )


def test_french_uses_ordinal_for_first_day_only():
    with override("fr"):
        assert [format_long_date(date(2026, 11, day)).split()[0] for day in (2, 11, 21, 30)] == ["2", "11", "21", "30"]
