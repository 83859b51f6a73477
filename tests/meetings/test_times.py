"""Local times and the moments that they are: across changes of the clocks, midnight and the date line."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.events.times import list_time_zones
from jukwaa.meetings import times

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
ZONES = st.sampled_from(list_time_zones())


def parse_utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@given(MOMENTS, ZONES)
def test_local_time_converts_back_to_moment(at, zone):
    local = times.get_local_datetime(at, zone)

    assert times.get_local_moment(local.date(), local.time(), zone, local.fold) == at
    assert at in times.get_possible_moments(local.date(), local.time(), zone)


@given(MOMENTS, ZONES)
def test_moments_of_local_time_are_ordered(at, zone):
    day, hour = at.date(), at.time()
    moments = times.get_possible_moments(day, hour, zone)

    assert list(moments) == sorted(set(moments))
    assert len(moments) <= 2
    assert {times.get_local_datetime(each, zone).replace(tzinfo=None) for each in moments} <= {
        datetime.combine(day, hour)
    }


@given(MOMENTS, ZONES, st.integers(1, 7 * 24 * 60))
def test_meeting_has_same_length_in_every_zone(at, zone, minutes):
    end = at + timedelta(minutes=minutes)
    [here, there] = times.get_local_times(at, end, [zone, "UTC" if zone != "UTC" else "Africa/Nairobi"])

    assert here.starts == there.starts
    assert here.ends.astimezone(UTC) - here.starts.astimezone(UTC) == timedelta(minutes=minutes)
    assert here.ends_on_another_day == (here.ends.date() != here.starts.date())


@pytest.mark.parametrize(
    ("zone", "day", "hour", "moments"),
    [
        ("Africa/Nairobi", "2027-01-12", "15:00", ["2027-01-12T12:00"]),
        ("Europe/Berlin", "2027-03-28", "02:30", []),
        ("Europe/Berlin", "2027-10-31", "02:30", ["2027-10-31T00:30", "2027-10-31T01:30"]),
        ("Australia/Lord_Howe", "2027-04-04", "01:45", ["2027-04-03T14:45", "2027-04-03T15:15"]),
        ("Pacific/Apia", "2011-12-30", "12:00", []),  # a day that Samoa left out, to cross the date line
        ("Pacific/Kiritimati", "2027-01-01", "00:00", ["2026-12-31T10:00"]),
    ],
)
def test_local_time_occurs_once_twice_or_never(zone, day, hour, moments):
    assert times.get_possible_moments(date.fromisoformat(day), time.fromisoformat(hour), zone) == tuple(
        map(parse_utc, moments)
    )


def test_fold_selects_later_moment():
    first, second = (times.get_local_moment(date(2027, 10, 31), time(2, 30), "Europe/Berlin", fold) for fold in (0, 1))

    assert (first, second) == (parse_utc("2027-10-31T00:30"), parse_utc("2027-10-31T01:30"))


def test_skipped_time_uses_earlier_offset():
    assert times.get_local_moment(date(2027, 3, 28), time(2, 30), "Europe/Berlin") == parse_utc("2027-03-28T01:30")


def test_times_around_a_gap():
    earlier, later = times.get_nearest_times(date(2027, 3, 28), time(2, 30), "Europe/Berlin")

    assert (f"{earlier:%H:%M}", f"{later:%H:%M}") == ("01:30", "03:30")


def test_each_zone_is_listed_once():
    lines = times.get_local_times(parse_utc("2027-01-12T12:00"), None, ["UTC", "", "Africa/Nairobi", "UTC"])

    assert [line.zone for line in lines] == ["UTC", "Africa/Nairobi"]


def test_unknown_zone_is_shown_in_utc():
    assert times.get_local_datetime(parse_utc("2027-01-12T12:00"), "Mars/Olympus").tzinfo == UTC
    assert times.get_local_datetime(parse_utc("2027-01-12T12:00"), "Africa/Nairobi").tzinfo == ZoneInfo(
        "Africa/Nairobi"
    )


@pytest.mark.parametrize(
    ("start", "end", "is_at_night"),
    [("07:00", "22:00", False), ("06:59", "08:00", True), ("21:00", "22:30", True), ("23:00", None, True)],
)
def test_night_is_from_22_to_7(start, end, is_at_night):
    ends = parse_utc(f"2027-01-12T{end}") if end else None
    [line] = times.get_local_times(parse_utc(f"2027-01-12T{start}"), ends, ["UTC"])

    assert line.is_at_night == is_at_night


def test_last_day_of_month_and_year():
    assert times.get_last_day(date(2028, 2, 1), of_year=False) == date(2028, 2, 29)
    assert times.get_last_day(date(9999, 12, 1), of_year=False) == date(9999, 12, 31)
    assert times.get_last_day(date(2028, 1, 1), of_year=True) == date(2028, 12, 31)
