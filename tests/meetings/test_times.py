"""Local times and the moments that they are: across changes of the clocks, midnight and the date line."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.events.times import list_time_zones
from jukwaa.meetings import times

MOMENT_STRATEGY = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
TIME_ZONE_STRATEGY = st.sampled_from(list_time_zones())


def parse_utc_time(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@given(MOMENT_STRATEGY, TIME_ZONE_STRATEGY)
def test_local_time_converts_back_to_same_utc_moment(utc_moment, time_zone):
    local = times.get_local_datetime(utc_moment, time_zone)

    assert times.get_local_moment(local.date(), local.time(), time_zone, local.fold) == utc_moment
    assert utc_moment in times.get_possible_moments(local.date(), local.time(), time_zone)


@given(MOMENT_STRATEGY, TIME_ZONE_STRATEGY)
def test_possible_moments_of_local_time_are_ordered(utc_moment, time_zone):
    day, hour = utc_moment.date(), utc_moment.time()
    moments = times.get_possible_moments(day, hour, time_zone)

    assert list(moments) == sorted(set(moments))
    assert len(moments) <= 2
    assert {times.get_local_datetime(each, time_zone).replace(tzinfo=None) for each in moments} <= {
        datetime.combine(day, hour)
    }


@given(MOMENT_STRATEGY, TIME_ZONE_STRATEGY, st.integers(1, 7 * 24 * 60))
def test_meeting_has_same_length_in_every_zone(utc_moment, time_zone, minutes):
    end = utc_moment + timedelta(minutes=minutes)
    [here, there] = times.get_local_times(
        utc_moment, end, [time_zone, "UTC" if time_zone != "UTC" else "Africa/Nairobi"]
    )

    assert here.starts == there.starts
    assert here.ends.astimezone(UTC) - here.starts.astimezone(UTC) == timedelta(minutes=minutes)
    assert here.ends_on_another_day == (here.ends.date() != here.starts.date())


@pytest.mark.parametrize(
    ("time_zone", "local_day", "local_hour", "expected_moments"),
    [
        ("Africa/Nairobi", "2027-01-12", "15:00", ["2027-01-12T12:00"]),
        ("Europe/Berlin", "2027-03-28", "02:30", []),
        ("Europe/Berlin", "2027-10-31", "02:30", ["2027-10-31T00:30", "2027-10-31T01:30"]),
        ("Australia/Lord_Howe", "2027-04-04", "01:45", ["2027-04-03T14:45", "2027-04-03T15:15"]),
        ("Pacific/Apia", "2011-12-30", "12:00", []),  # a day that Samoa left out, to cross the date line
        ("Pacific/Kiritimati", "2027-01-01", "00:00", ["2026-12-31T10:00"]),
    ],
)
def test_local_time_occurs_once_twice_or_never(time_zone, local_day, local_hour, expected_moments):
    assert times.get_possible_moments(
        date.fromisoformat(local_day), time.fromisoformat(local_hour), time_zone
    ) == tuple(map(parse_utc_time, expected_moments))


def test_fold_selects_later_moment():
    first, second = (times.get_local_moment(date(2027, 10, 31), time(2, 30), "Europe/Berlin", fold) for fold in (0, 1))

    assert (first, second) == (parse_utc_time("2027-10-31T00:30"), parse_utc_time("2027-10-31T01:30"))


def test_skipped_time_uses_earlier_offset():
    assert times.get_local_moment(date(2027, 3, 28), time(2, 30), "Europe/Berlin") == parse_utc_time("2027-03-28T01:30")


def test_nearest_times_surround_skipped_time():
    earlier, later = times.get_nearest_existing_times(date(2027, 3, 28), time(2, 30), "Europe/Berlin")

    assert (f"{earlier:%H:%M}", f"{later:%H:%M}") == ("01:30", "03:30")


def test_each_zone_is_listed_once():
    lines = times.get_local_times(parse_utc_time("2027-01-12T12:00"), None, ["UTC", "", "Africa/Nairobi", "UTC"])

    assert [line.zone for line in lines] == ["UTC", "Africa/Nairobi"]


def test_unknown_zone_is_shown_in_utc():
    assert times.get_local_datetime(parse_utc_time("2027-01-12T12:00"), "Mars/Olympus").tzinfo == UTC
    assert times.get_local_datetime(parse_utc_time("2027-01-12T12:00"), "Africa/Nairobi").tzinfo == ZoneInfo(
        "Africa/Nairobi"
    )


@pytest.mark.parametrize(
    ("start_time", "end_time", "is_at_night"),
    [("07:00", "22:00", False), ("06:59", "08:00", True), ("21:00", "22:30", True), ("23:00", None, True)],
)
def test_night_is_from_22_to_7(start_time, end_time, is_at_night):
    ends = parse_utc_time(f"2027-01-12T{end_time}") if end_time else None
    [line] = times.get_local_times(parse_utc_time(f"2027-01-12T{start_time}"), ends, ["UTC"])

    assert line.is_at_night == is_at_night


def test_last_day_of_month_or_year_is_computed():
    assert times.get_last_day_of_month_or_year(date(2028, 2, 1), is_year_only=False) == date(2028, 2, 29)
    assert times.get_last_day_of_month_or_year(date(9999, 12, 1), is_year_only=False) == date(9999, 12, 31)
    assert times.get_last_day_of_month_or_year(date(2028, 1, 1), is_year_only=True) == date(2028, 12, 31)
