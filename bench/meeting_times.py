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

from jukwaa.meetings.times import get_local, get_moment, get_moments

MEETINGS = 10_000
FIRST, LAST = datetime(1990, 1, 1), datetime(2037, 12, 1)  # noqa: DTZ001 - local times
SEED = 15
OFFSETS = range(-16 * 60, 16 * 60 + 1, 15)  # minutes: all that were in use since 1990


def zones() -> list[str]:
    return sorted(set(pytz.all_timezones) & zoneinfo.available_timezones())


def meetings(chance: random.Random) -> Iterator[tuple[str, datetime, int]]:
    """Zone, local time and duration in minutes."""
    names = zones()
    for number in range(MEETINGS):
        zone = chance.choice(names)
        yield zone, _near_change(zone, chance) if number % 2 else _any_time(chance), chance.randrange(5, 3 * 24 * 60)


def _any_time(chance: random.Random) -> datetime:
    return FIRST + timedelta(minutes=chance.randrange(int((LAST - FIRST).total_seconds() // 60)))


def _near_change(zone: str, chance: random.Random) -> datetime:
    """A local time around one of the changes of this zone; any where it has none."""
    changes: list[datetime] = getattr(pytz.timezone(zone), "_utc_transition_times", [])
    known = changes[bisect_left(changes, FIRST) : bisect_left(changes, LAST)]
    if not known:
        return _any_time(chance)
    local = pytz.utc.localize(chance.choice(known)).astimezone(pytz.timezone(zone)).replace(tzinfo=None)
    return local + timedelta(minutes=round(chance.gauss(0, 120)))


def by_pytz(zone: str, wall: datetime) -> tuple[datetime, ...]:
    """The moments at which a clock there shows this time."""
    there: Any = pytz.timezone(zone)
    guesses = {there.localize(wall, is_dst=is_dst).astimezone(UTC) for is_dst in (True, False)}
    return tuple(sorted(at for at in guesses if at.astimezone(there).replace(tzinfo=None) == wall))


def by_c_library(zone: str, wall: datetime) -> tuple[datetime, ...]:
    """As `by_pytz`: of all moments that some offset would give, those at which the clocks there show this time."""
    os.environ["TZ"] = f":{files('tzdata').joinpath('zoneinfo', *zone.split('/'))}"
    time.tzset()
    shown = tuple(wall.timetuple())[:6]
    guesses = (wall.replace(tzinfo=UTC) + timedelta(minutes=offset) for offset in OFFSETS)
    return tuple(at for at in guesses if time.localtime(at.timestamp())[:6] == shown)


def main() -> None:
    zoneinfo.reset_tzpath(to=())  # the package, and not the tables of the machine, which may be older
    chance = random.Random(SEED)
    counts: Counter[str] = Counter()
    for zone, wall, minutes in meetings(chance):
        ours = get_moments(wall.date(), wall.time(), zone)
        counts[f"exists {len(ours)}"] += 1
        for name, other in (("pytz", by_pytz), ("the C library", by_c_library)):
            if ours != other(zone, wall):
                counts[name] += 1
                print(f"{name}: {zone}, {wall:%Y-%m-%d %H:%M}: {ours}, {other(zone, wall)}")
        if ours:
            ends = ours[0] + timedelta(minutes=minutes)
            theirs = ends.astimezone(pytz.timezone(zone)).replace(tzinfo=None)
            counts["end"] += get_local(ends, zone).replace(tzinfo=None) != theirs
            _change_rule(chance, zone, wall, counts)
    _print(counts)


def _change_rule(chance: random.Random, zone: str, wall: datetime, counts: Counter[str]) -> None:
    """The zone takes over the rules of another one after the meeting was scheduled."""
    other = chance.choice(zones())
    before, after = get_moment(wall.date(), wall.time(), zone), get_moment(wall.date(), wall.time(), other)
    expected = by_pytz(other, wall)
    if not expected:
        return
    counts["rule changes"] += 1
    counts["moved"] += before != after
    counts["rule"] += after != expected[0] or get_local(after, other).replace(tzinfo=None) != wall


def _print(counts: Counter[str]) -> None:
    print(f"Time zone tables: tzdata {version('tzdata')}, pytz {version('pytz')}.\n")
    print("| what | meetings | disagreements |")
    print("|---|---|---|")
    print(f"| moments, with pytz | {MEETINGS} | {counts['pytz']} |")
    print(f"| moments, with the C library | {MEETINGS} | {counts['the C library']} |")
    print(f"| local time of the end, with pytz | {counts['exists 1'] + counts['exists 2']} | {counts['end']} |")
    print(f"| the rule changes, with pytz | {counts['rule changes']} ({counts['moved']} moved) | {counts['rule']} |")
    print()
    print(f"Of the local times, {counts['exists 0']} did not exist and {counts['exists 2']} existed twice.")


if __name__ == "__main__":
    main()
