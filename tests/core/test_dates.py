"""Days as people write and read them."""

from datetime import date

import pytest
from django.utils.translation import override

from jukwaa.core.dates import in_english, month_written, written, written_shortly
from jukwaa.intake.forms.start import parse_day

DAY = date(2009, 11, 27)


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "27 November 2009", "November 2009"),
        ("fr", "27 novembre 2009", "novembre 2009"),
        ("es", "27 de noviembre de 2009", "noviembre de 2009"),
        ("ar", "27 نوفمبر 2009", "نوفمبر 2009"),
    ],
)
def test_a_day_is_written_as_its_language_does_and_read_back(language, day, month):
    with override(language):
        assert (written(DAY), month_written(DAY)) == (day, month)
        assert parse_day(day) == (DAY, "day")
        assert parse_day(month) == (DAY.replace(day=1), "month")
        assert parse_day("27 November 2009") == (DAY, "day")
        assert written_shortly(DAY)


def test_what_is_no_month_stays_as_it_was_typed():
    with override("fr"):
        assert in_english("27 brumaire  2009") == "27 brumaire 2009"
