"""What holds of every day, of every place and of every rule: sought by Hypothesis, near the days that are odd."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from jukwaa.events.calendar_month import CalendarMonth
from jukwaa.events.recurrence import Repetition, build_recurrence_rule, get_recurrence_choice, list_recurring_dates
from jukwaa.events.times import (
    NonexistentTimeError,
    get_local_date,
    get_local_moment,
    get_local_time,
    list_time_zones,
    repeat_event_hours,
)

DAY_STRATEGY = st.dates(date(2007, 1, 1), date(2040, 12, 31))
HOUR_STRATEGY = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))
# Where clocks change, by half an hour too, where they never do, and on both sides of the date line.
ZONES_WITH_ODD_RULES = (
    "Europe/Brussels",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "UTC",
)
ZONE_STRATEGY = st.one_of(
    st.sampled_from([*ZONES_WITH_ODD_RULES, "Pacific/Apia", "Pacific/Honolulu", "Pacific/Kiritimati"]),
    st.sampled_from(list_time_zones()),
)
RECURRENCE_STRATEGY = st.sampled_from(
    [Repetition.YEARLY, Repetition.YEARLY_WEEKDAY, Repetition.MONTHLY_WEEKDAY, Repetition.WEEKLY]
)
LEAP, GAP = date(2028, 2, 29), date(2027, 3, 28)


@given(DAY_STRATEGY, HOUR_STRATEGY, ZONE_STRATEGY)
@example(GAP, time(2, 30), "Europe/Brussels")
@example(date(2011, 12, 30), time(9), "Pacific/Apia")  # a day that Samoa never had
@example(LEAP, time(0), "Pacific/Kiritimati")
def test_moment_keeps_local_time_unless_skipped(day, local_hour, time_zone):
    try:
        at = get_local_moment(day, local_hour, time_zone)
    except NonexistentTimeError:
        return
    assert (get_local_date(at, time_zone), get_local_time(at, time_zone)) == (day, local_hour)


@given(DAY_STRATEGY, HOUR_STRATEGY, st.integers(0, 3 * 24 * 60), ZONE_STRATEGY, DAY_STRATEGY)
@example(date(2027, 3, 21), time(1, 30), 45, "Europe/Brussels", GAP)
@example(date(2027, 10, 24), time(0, 30), 45, "Europe/Brussels", date(2027, 10, 31))
@example(date(2026, 10, 2), time(15, 40), 25, "Australia/Lord_Howe", date(2026, 10, 4))
def test_occurrence_never_ends_before_start(day, local_hour, minutes, time_zone, recurrence):
    begins = datetime.combine(day, local_hour, tzinfo=UTC)
    ends = begins + timedelta(minutes=minutes)
    nights = get_local_date(ends, time_zone) - get_local_date(begins, time_zone)
    starts_at, ends_at = repeat_event_hours(begins, ends, time_zone, recurrence, recurrence + nights)

    assert ends_at >= starts_at
    assert repeat_event_hours(begins, None, time_zone, recurrence, recurrence) == (starts_at,)


@given(RECURRENCE_STRATEGY, DAY_STRATEGY)
@example(Repetition.YEARLY, LEAP)
@example(Repetition.MONTHLY_WEEKDAY, LEAP)
@example(Repetition.YEARLY_WEEKDAY, date(2027, 5, 31))
def test_rule_starts_on_chosen_day_and_is_recognised(recurrence, day):
    rule = build_recurrence_rule(recurrence, day)

    assert list_recurring_dates(rule, day, day + timedelta(days=400))[0] == day
    assert get_recurrence_choice(rule, day) == recurrence


@given(st.sampled_from([Repetition.YEARLY, Repetition.YEARLY_WEEKDAY, Repetition.SAFER_INTERNET_DAY]), DAY_STRATEGY)
@example(Repetition.YEARLY, LEAP)
@example(Repetition.YEARLY_WEEKDAY, LEAP)
def test_yearly_rule_has_one_date_per_year(recurrence, day):
    until = date(day.year + 9, 12, 31)
    found = list_recurring_dates(build_recurrence_rule(recurrence, day), date(day.year, 1, 1), until)

    assert [each.year for each in found] == list(range(day.year, day.year + 10))


@given(DAY_STRATEGY)
def test_monthly_rule_has_one_date_per_month(day):
    first = day.replace(day=1)
    found = list_recurring_dates(
        build_recurrence_rule(Repetition.MONTHLY_WEEKDAY, day), first, first + timedelta(days=1000)
    )
    months = [each.year * 12 + each.month for each in found]

    assert all(later - earlier == 1 for earlier, later in pairwise(months))
    assert {each.weekday() for each in found} == {day.weekday()}


@given(RECURRENCE_STRATEGY, DAY_STRATEGY, st.integers(0, 600), st.integers(0, 600))
def test_rule_in_two_ranges_equals_one_range(recurrence, day, first_range_days, second_range_days):
    """The clock extends the range by a few days each time."""
    rule, middle = build_recurrence_rule(recurrence, day), day + timedelta(days=first_range_days)
    end = middle + timedelta(days=second_range_days)
    parts = [*list_recurring_dates(rule, day, middle), *list_recurring_dates(rule, middle + timedelta(days=1), end)]

    assert parts[:60] == list(list_recurring_dates(rule, day, end))


@given(DAY_STRATEGY)
def test_calendar_month_has_whole_weeks_without_duplicates(day):
    month = CalendarMonth(day.replace(day=1))
    shown = [each.day for each in month.days([])]

    assert (len(shown) % 7, shown[0].weekday()) == (0, 0)
    assert [each for each in shown if each.month == day.month and each.year == day.year] == [
        month.first + timedelta(days=n) for n in range((month.last_day - month.first).days + 1)
    ]
