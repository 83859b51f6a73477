"""Several days as each language writes them."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from django.utils.translation import override

from jukwaa.core.dates import format_day_range, format_long_date, format_partial_date

LANGUAGES = ["en", "fr", "es", "ar"]


@pytest.mark.parametrize(
    ("language", "same_month", "two_months", "two_years"),
    [
        ("en", "22–23 September 2026", "30 September – 1 October 2026", "31 December 2026 – 2 January 2027"),
        ("fr", "22–23 septembre 2026", "30 septembre – 1er octobre 2026", "31 décembre 2026 – 2 janvier 2027"),
        (
            "es",
            "22–23 de septiembre de 2026",
            "30 de septiembre – 1 de octubre de 2026",
            "31 de diciembre de 2026 – 2 de enero de 2027",
        ),
        ("ar", "22–23 سبتمبر 2026", "30 سبتمبر – 1 أكتوبر 2026", "31 ديسمبر 2026 – 2 يناير 2027"),
    ],
)
def test_range_repeats_neither_month_nor_year(language, same_month, two_months, two_years):
    with override(language):
        assert format_day_range(date(2026, 9, 22), date(2026, 9, 23)) == same_month
        assert format_day_range(date(2026, 9, 30), date(2026, 10, 1)) == two_months
        assert format_day_range(date(2026, 12, 31), date(2027, 1, 2)) == two_years


def test_french_first_of_month_is_ordinal_at_both_ends():
    with override("fr"):
        assert format_day_range(date(2026, 10, 1), date(2026, 10, 3)) == "1er–3 octobre 2026"
        assert format_day_range(date(2026, 10, 1), date(2026, 11, 1)) == "1er octobre – 1er novembre 2026"
        assert format_day_range(date(2026, 10, 11), date(2026, 10, 21)) == "11–21 octobre 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_range_has_its_own_text(language):
    days = [date(2026, 11, 25) + timedelta(days=number) for number in range(45)]
    with override(language):
        texts = {format_day_range(*pair) for pair in combinations(days, 2)} | set(map(format_long_date, days))
        assert len(texts) == 45 * 46 / 2
        assert [format_day_range(day, day) for day in days] == [format_long_date(day) for day in days]


def test_last_day_is_shown_with_exact_dates_only():
    first, last = date(2026, 9, 22), date(2026, 9, 23)

    assert format_partial_date(first, "day", last) == "22–23 September 2026"
    assert [format_partial_date(first, precision, last) for precision in ("month", "year")] == [
        "September 2026",
        "2026",
    ]
