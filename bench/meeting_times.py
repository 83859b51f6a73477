"""Whether the times of meetings are right: `python -m bench.meeting_times`.

10,000 random meetings from 1990 to 2037, half of them around a change of the clocks, in every zone. Compared are the
moments at which the clocks show a local time (none, one or two), and the local time of the end: with pytz, which has
arithmetic and tables of its own, and with the C library, by trying every offset. All three use the tables of one
release. Then the rules change: the zone takes over those of another one. The local time must stay, and the moment move.
"""

import os
import random
import time
import zoneinfo
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import pytz

from jukwaa.meetings.times import get_local_datetime, get_local_moment, get_possible_moments

MEETING_COUNT = 10_000
FIRST, LAST = datetime(1990, 1, 1), datetime(2037, 12, 1)  # noqa: DTZ001 - local times
RANDOM_SEED = 15
UTC_OFFSET_MINUTES = range(-16 * 60, 16 * 60 + 1, 15)  # minutes: all that were in use since 1990


def list_time_zones() -> list[str]:
    return sorted(set(pytz.all_timezones) & zoneinfo.available_timezones())


def generate_meetings(random_source: random.Random) -> Iterator[tuple[str, datetime, int]]:
    """Zone, local time and duration in minutes."""
    names = list_time_zones()
    for number in range(MEETING_COUNT):
        zone = random_source.choice(names)
        yield (
            zone,
            _pick_time_near_change(zone, random_source) if number % 2 else _pick_meeting_time(random_source),
            random_source.randrange(5, 3 * 24 * 60),
        )


def _pick_meeting_time(random_source: random.Random) -> datetime:
    return FIRST + timedelta(minutes=random_source.randrange(int((LAST - FIRST).total_seconds() // 60)))


def _pick_time_near_change(time_zone: str, random_source: random.Random) -> datetime:
    """A local time around one of the changes of this zone; any where it has none."""
    changes: list[datetime] = getattr(pytz.timezone(time_zone), "_utc_transition_times", [])
    known = changes[bisect_left(changes, FIRST) : bisect_left(changes, LAST)]
    if not known:
        return _pick_meeting_time(random_source)
    local = pytz.utc.localize(random_source.choice(known)).astimezone(pytz.timezone(time_zone)).replace(tzinfo=None)
    return local + timedelta(minutes=round(random_source.gauss(0, 120)))


def find_moments_with_pytz(zone: str, local_time: datetime) -> tuple[datetime, ...]:
    """The moments at which a clock there shows this time."""
    there: Any = pytz.timezone(zone)
    guesses = {there.localize(local_time, is_dst=is_dst).astimezone(UTC) for is_dst in (True, False)}
    return tuple(sorted(at for at in guesses if at.astimezone(there).replace(tzinfo=None) == local_time))


def find_moments_with_libc(zone: str, local_time: datetime) -> tuple[datetime, ...]:
    """Like `find_moments_with_pytz`: of the moments of all offsets, return those at which local clocks show it."""
    os.environ["TZ"] = f":{files('tzdata').joinpath('zoneinfo', *zone.split('/'))}"
    time.tzset()
    shown = tuple(local_time.timetuple())[:6]
    guesses = (local_time.replace(tzinfo=UTC) + timedelta(minutes=offset) for offset in UTC_OFFSET_MINUTES)
    return tuple(at for at in guesses if time.localtime(at.timestamp())[:6] == shown)


def main() -> None:
    zoneinfo.reset_tzpath(to=())  # the package, and not the tables of the machine, which may be older
    chance = random.Random(RANDOM_SEED)
    counts: Counter[str] = Counter()
    for zone, wall, minutes in generate_meetings(chance):
        ours = get_possible_moments(wall.date(), wall.time(), zone)
        counts[f"exists {len(ours)}"] += 1
        for name, other in (("pytz", find_moments_with_pytz), ("the C library", find_moments_with_libc)):
            if ours != other(zone, wall):
                counts[name] += 1
                print(f"{name}: {zone}, {wall:%Y-%m-%d %H:%M}: {ours}, {other(zone, wall)}")
        if ours:
            ends = ours[0] + timedelta(minutes=minutes)
            theirs = ends.astimezone(pytz.timezone(zone)).replace(tzinfo=None)
            counts["end"] += get_local_datetime(ends, zone).replace(tzinfo=None) != theirs
            _check_rule_change(chance, zone, wall, counts)
    _print_rule_change_counts(counts)


def _check_rule_change(
    random_source: random.Random, time_zone: str, local_time: datetime, found_counts: Counter[str]
) -> None:
    """The zone takes over the rules of another one after the meeting was scheduled."""
    other = random_source.choice(list_time_zones())
    before, after = (
        get_local_moment(local_time.date(), local_time.time(), time_zone),
        get_local_moment(local_time.date(), local_time.time(), other),
    )
    expected = find_moments_with_pytz(other, local_time)
    if not expected:
        return
    found_counts["rule changes"] += 1
    found_counts["moved"] += before != after
    found_counts["rule"] += after != expected[0] or get_local_datetime(after, other).replace(tzinfo=None) != local_time


def _print_rule_change_counts(found_counts: Counter[str]) -> None:
    print(f"Time zone tables: tzdata {version('tzdata')}, pytz {version('pytz')}.\n")
    print("| what | meetings | disagreements |")
    print("|---|---|---|")
    print(f"| moments, with pytz | {MEETING_COUNT} | {found_counts['pytz']} |")
    print(f"| moments, with the C library | {MEETING_COUNT} | {found_counts['the C library']} |")
    print(
        f"| local time of the end, with pytz | {found_counts['exists 1'] + found_counts['exists 2']} "
        f"| {found_counts['end']} |"
    )
    print(
        f"| the rule changes, with pytz | {found_counts['rule changes']} ({found_counts['moved']} moved) "
        f"| {found_counts['rule']} |"
    )
    print()
    print(f"Of the local times, {found_counts['exists 0']} did not exist and {found_counts['exists 2']} existed twice.")


if __name__ == "__main__":
    main()
