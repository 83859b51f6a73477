"""When something comes again, and hours that are and are not: pure."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from jukwaa.events.recurrence import (
    SAFER_INTERNET_DAY_RULE,
    Repetition,
    build_recurrence_rule,
    describe_recurrence_rule,
    find_next_date,
    get_recurrence_choice,
    list_recurring_dates,
)
from jukwaa.events.times import (
    NonexistentTimeError,
    get_local_date,
    get_local_moment,
    get_local_time,
    get_moment_or_clock_change,
    list_time_zones,
)

# Seen on public pages: see docs/decisions or the demo's data.
KNOWN_MONTHS = [(2007, 6), (2011, 8), (2017, 7), (2019, 5), (2022, 8), (2023, 7), (2025, 11)]


@pytest.mark.parametrize(("year", "first_day"), KNOWN_MONTHS)
def test_safer_internet_day_rule_matches_known_dates(year, first_day):
    assert list(list_recurring_dates(SAFER_INTERNET_DAY_RULE, date(year, 1, 1), date(year, 12, 31))) == [
        date(year, 2, first_day)
    ]


def test_second_tuesday_does_not_match_known_dates():
    second = [
        list_recurring_dates("FREQ=YEARLY;BYMONTH=2;BYDAY=2TU", date(y, 1, 1), date(y, 12, 31))[0].day
        for y, _day in KNOWN_MONTHS
    ]

    assert [day for (_y, day), other in zip(KNOWN_MONTHS, second, strict=True) if day != other] == [6, 7, 5, 7]


def test_leap_day_recurs_on_last_day_of_february():
    rule = build_recurrence_rule(Repetition.YEARLY, date(2028, 2, 29))

    assert list(list_recurring_dates(rule, date(2028, 2, 29), date(2032, 12, 31))) == [
        *(date(2028, 2, 29), date(2029, 2, 28), date(2030, 2, 28), date(2031, 2, 28)),
        date(2032, 2, 29),
    ]


@pytest.mark.parametrize(
    ("recurrence", "first_day", "expected_days"),
    [
        (Repetition.ONCE, date(2027, 2, 9), []),
        (Repetition.YEARLY, date(2026, 11, 20), [date(2026, 11, 20), date(2027, 11, 20)]),
        (Repetition.YEARLY_WEEKDAY, date(2026, 11, 10), [date(2026, 11, 10), date(2027, 11, 9)]),
        (Repetition.WEEKLY, date(2027, 12, 20), [date(2027, 12, 20), date(2027, 12, 27)]),
        (Repetition.MONTHLY_WEEKDAY, date(2027, 11, 30), [date(2027, 11, 30), date(2027, 12, 28)]),
    ],
)
def test_recurrence_choice_gives_expected_dates(recurrence, first_day, expected_days):
    rule = build_recurrence_rule(recurrence, first_day)

    assert list(list_recurring_dates(rule, first_day, date(2027, 12, 31)))[:2] == expected_days
    assert get_recurrence_choice(rule, first_day) == recurrence


def test_custom_rule_is_kept_unchanged():
    assert get_recurrence_choice("FREQ=YEARLY;INTERVAL=2", date(2027, 2, 9)) == Repetition.KEPT


def test_next_date_can_be_today():
    assert find_next_date(SAFER_INTERNET_DAY_RULE, date(2027, 2, 9)) == date(2027, 2, 9)
    assert find_next_date(SAFER_INTERNET_DAY_RULE, date(2027, 2, 10)) == date(2028, 2, 8)


def test_at_most_sixty_dates_are_created():
    assert len(list_recurring_dates("FREQ=DAILY", date(2027, 1, 1), date(2029, 1, 1))) == 60


@pytest.mark.parametrize(("language", "rule_text"), [("en", "every year, on the Tuesday between 5 and 11 February")])
def test_rule_is_described_in_words(language, rule_text):
    with translation.override(language):
        assert str(describe_recurrence_rule(SAFER_INTERNET_DAY_RULE)) == rule_text
        assert [str(describe_recurrence_rule(rule)) for rule in ("", "FREQ=WEEKLY;BYDAY=MO")] == ["once", "every week"]


def test_skipped_hour_is_refused():
    with pytest.raises(NonexistentTimeError):
        get_local_moment(date(2027, 3, 28), time(2, 30), "Europe/Brussels")


def test_date_by_rule_in_skipped_hour_starts_after_it():
    assert get_moment_or_clock_change(date(2027, 3, 28), time(2, 30), "Europe/Brussels") == datetime(
        2027, 3, 28, 1, 30, tzinfo=UTC
    )


def test_repeated_hour_means_its_first_occurrence():
    assert get_local_moment(date(2027, 10, 31), time(2, 30), "Europe/Brussels") == datetime(
        2027, 10, 31, 0, 30, tzinfo=UTC
    )


def test_day_is_local_across_date_line():
    at = get_local_moment(date(2027, 2, 9), time(9), "Pacific/Kiritimati")

    assert at == datetime(2027, 2, 8, 19, tzinfo=UTC)
    assert (get_local_date(at, "Pacific/Kiritimati"), get_local_time(at, "Pacific/Kiritimati")) == (
        date(2027, 2, 9),
        time(9),
    )
    assert get_local_date(at, "Pacific/Pago_Pago") == date(2027, 2, 8)


def test_form_offers_current_time_zones():
    assert list_time_zones()[0] == "UTC"
    assert {"Africa/Nairobi", "Pacific/Kiritimati", "America/Sao_Paulo"} <= set(list_time_zones())
    assert not [name for name in list_time_zones() if name.startswith("Etc/")]
