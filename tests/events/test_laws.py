"""What holds of every day, of every place and of every rule: sought by Hypothesis, near the days that are odd."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from jukwaa.events.months import Month
from jukwaa.events.rules import Again, again_of, days_of, rule_for
from jukwaa.events.times import NoSuchHour, day_there, hour_there, hours_again, moment, zones

DAYS = st.dates(date(2007, 1, 1), date(2040, 12, 31))
HOURS = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))
# Where clocks change, by half an hour too, where they never do, and on both sides of the date line.
ODD = ("Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "UTC")
PLACES = st.one_of(
    st.sampled_from([*ODD, "Pacific/Apia", "Pacific/Honolulu", "Pacific/Kiritimati"]), st.sampled_from(zones())
)
CHOICES = st.sampled_from([Again.YEARLY, Again.YEARLY_WEEKDAY, Again.MONTHLY_WEEKDAY, Again.WEEKLY])
LEAP, GAP = date(2028, 2, 29), date(2027, 3, 28)


@given(DAYS, HOURS, PLACES)
@example(GAP, time(2, 30), "Europe/Brussels")
@example(date(2011, 12, 30), time(9), "Pacific/Apia")  # a day that Samoa never had
@example(LEAP, time(0), "Pacific/Kiritimati")
def test_a_moment_shows_the_hour_and_the_day_that_were_chosen_or_there_is_no_such_hour(day, hour, zone):
    try:
        at = moment(day, hour, zone)
    except NoSuchHour:
        return
    assert (day_there(at, zone), hour_there(at, zone)) == (day, hour)


@given(DAYS, HOURS, st.integers(0, 3 * 24 * 60), PLACES, DAYS)
@example(date(2027, 3, 21), time(1, 30), 45, "Europe/Brussels", GAP)
@example(date(2027, 10, 24), time(0, 30), 45, "Europe/Brussels", date(2027, 10, 31))
@example(date(2026, 10, 2), time(15, 40), 25, "Australia/Lord_Howe", date(2026, 10, 4))
def test_what_comes_again_never_ends_before_it_begins(day, hour, minutes, zone, again):
    begins = datetime.combine(day, hour, tzinfo=UTC)
    ends = begins + timedelta(minutes=minutes)
    nights = day_there(ends, zone) - day_there(begins, zone)
    starts_at, ends_at = hours_again(begins, ends, zone, again, again + nights)

    assert ends_at >= starts_at
    assert hours_again(begins, None, zone, again, again) == (starts_at,)


@given(CHOICES, DAYS)
@example(Again.YEARLY, LEAP)
@example(Again.MONTHLY_WEEKDAY, LEAP)
@example(Again.YEARLY_WEEKDAY, date(2027, 5, 31))
def test_what_is_chosen_for_a_day_takes_place_on_that_day_and_is_known_again(again, day):
    rule = rule_for(again, day)

    assert days_of(rule, day, day + timedelta(days=400))[0] == day
    assert again_of(rule, day) == again


@given(st.sampled_from([Again.YEARLY, Again.YEARLY_WEEKDAY, Again.SAFER_INTERNET_DAY]), DAYS)
@example(Again.YEARLY, LEAP)
@example(Again.YEARLY_WEEKDAY, LEAP)
def test_what_comes_each_year_comes_once_in_each_year(again, day):
    until = date(day.year + 9, 12, 31)
    found = days_of(rule_for(again, day), date(day.year, 1, 1), until)

    assert [each.year for each in found] == list(range(day.year, day.year + 10))


@given(DAYS)
def test_what_comes_each_month_comes_once_in_each_month(day):
    first = day.replace(day=1)
    found = days_of(rule_for(Again.MONTHLY_WEEKDAY, day), first, first + timedelta(days=1000))
    months = [each.year * 12 + each.month for each in found]

    assert all(later - earlier == 1 for earlier, later in pairwise(months))
    assert {each.weekday() for each in found} == {day.weekday()}


@given(CHOICES, DAYS, st.integers(0, 600), st.integers(0, 600))
def test_a_rule_asked_in_two_parts_gives_what_it_gives_at_once(again, day, first, second):
    """The clock asks for a few days more each time."""
    rule, middle = rule_for(again, day), day + timedelta(days=first)
    end = middle + timedelta(days=second)
    parts = [*days_of(rule, day, middle), *days_of(rule, middle + timedelta(days=1), end)]

    assert parts[:60] == list(days_of(rule, day, end))


@given(DAYS)
def test_a_month_is_shown_in_whole_weeks_with_each_of_its_days_once(day):
    month = Month(day.replace(day=1))
    shown = [each.day for each in month.days([])]

    assert (len(shown) % 7, shown[0].weekday()) == (0, 0)
    assert [each for each in shown if each.month == day.month and each.year == day.year] == [
        month.first + timedelta(days=n) for n in range((month.last - month.first).days + 1)
    ]
