"""What coverage and the page of a region cost: 100 coalitions of 2,000 members, with a million capacities.

    python -m bench.regions [--times 20] [--keep FOLDER] [--profile PAGE] [--only WORD]

Each page is asked for in turn with a bare page of the same stack, as in `bench/pages.py`, by a member who is a
rapporteur. "Anew" is the first time after something was written.
Growth is told both ways: the same coalition with 99 others beside it, and a coalition with a hundred times the records
of another. `--keep` leaves the database in a folder, and takes it from there the next time.
"""

import argparse
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.pages import Browser, Cost, measure, signed_in, visit
from bench.setup import a_place_of_its_own

KB = 1000
FEW = 0.01
ALONE, AMONG, SMALL = "alone", "among 100", "a hundredth, among 100"


@dataclass
class Place:
    coalition: Any
    member: Any


def pages_of(place: Place) -> dict[str, str]:
    from django.urls import reverse

    from jukwaa.coalitions.models import AreaOfWork

    def at(name: str, *arguments: str, query: str = "") -> str:
        return reverse(f"regions:{name}", args=[place.coalition.slug, *arguments]) + query

    area = AreaOfWork.objects.filter(coalition=place.coalition).earliest("pk")
    return {
        "coverage": at("coverage"),
        "coverage of a year": at("coverage", query="?year=2020"),
        "coverage, narrowed thrice": at("coverage", query=f"?year=2020&stakeholder=government&area={area.pk}"),
        "members": at("measure_detail", "members"),
        "attendees": at("measure_detail", "attendees"),
        "a region": at("region_detail", "african"),
        "all tables as CSV": at("coverage_csv"),
    }


def built() -> Iterator[tuple[str, Place]]:
    """The coalition alone, then among a hundred, then a small one: each as soon as it is there."""
    from bench import regions_world as world
    from jukwaa.coalitions.models import Coalition

    if not Coalition.objects.filter(slug="many").exists():
        made = world.Coalitions(1)
        made.seat_the_member()
        world.analyse()
        yield ALONE, _place("many")
        world.copy(world.COALITIONS - 1)
        world.Coalitions(FEW, "few").seat_the_member()
        world.analyse()
    print(", ".join(f"{number:,} {name}" for name, number in world.counted().items()), file=sys.stderr)
    yield AMONG, _place("many")
    yield SMALL, _place("few")


def _place(slug: str) -> Place:
    from jukwaa.coalitions.models import Coalition, Role

    coalition = Coalition.objects.get(slug=slug)
    return Place(coalition, Role.objects.get(coalition=coalition).person)


@dataclass
class Run:
    of: dict[str, dict[str, Cost]] = field(default_factory=dict)  # by page, then by place


def run(times: int, only: str) -> Iterator[str]:
    found, visits = Run(), {}
    for name, place in built():
        browser = Browser(signed_in(place.member))
        for page, url in pages_of(place).items():
            if only in page:
                found.of.setdefault(page, {})[name] = measure(browser, url, times)
                if name == AMONG:
                    visits[page] = visit(url, times)
    yield from members_table(found)
    yield ""
    yield from visitors_table(visits)


def members_table(found: Run) -> Iterator[str]:
    yield (
        "| A member's page | queries | ms | ms, uncached | bare pages | uncached"
        " | growth, 100 coalitions | growth, 100 times the records | both, uncached | kB |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for page, of in found.of.items():
        last = of[AMONG]
        grown, grown_anew = _growth(of)
        times = f"{last.median:.1f} | {made(last):.1f} | {last.ratio:.1f} | {anew_ratio(last):.1f}"
        yield f"| {page} | {last.queries} | {times} | {grown} | {grown_anew} | {last.size / KB:.1f} |"
    bare = statistics.median(value for of in found.of.values() for value in of[AMONG].bare)
    yield f"| the bare page | 3 | {bare:.1f} | | 1.0 | | | | | |"
    yield ""
    ratio = statistics.median(of[AMONG].ratio for of in found.of.values())
    yield f"The median of the pages is {ratio:.1f} bare pages."


def made(cost: Cost) -> float:
    return statistics.median(cost.anew)


def anew_ratio(cost: Cost) -> float:
    return made(cost) / statistics.median(cost.bare)


def _growth(of: dict[str, Cost]) -> tuple[str, str]:
    """Of a kept page, both ways; and the same of one that is made anew."""
    last, alone, small = of[AMONG], of.get(ALONE), of[SMALL]
    beside = f"{last.ratio / alone.ratio:.2f}" if alone else ""
    beside_anew = f"{anew_ratio(last) / anew_ratio(alone):.2f}" if alone else ""
    return (
        f"{beside} | {last.ratio / small.ratio:.2f}",
        f"{beside_anew}, {anew_ratio(last) / anew_ratio(small):.2f}",
    )


def visitors_table(visits: dict[str, Any]) -> Iterator[str]:
    yield "| A visitor's page | rendered, ms | cached, ms | 304, ms | cold: requests | cold: kB |"
    yield "|---|---|---|---|---|---|"
    for name, seen in visits.items():
        kept, unchanged = ("not cached" if value is None else f"{value:.2f}" for value in (seen.kept, seen.unchanged))
        cold = f"{seen.cold_requests} | {seen.cold_bytes / KB:.1f}"
        yield f"| {name} | {seen.made:.1f} | {kept} | {unchanged} | {cold} |"


def profile(name: str) -> None:
    """Where the time goes when it is made anew."""
    import cProfile
    import pstats

    from django.core.cache import caches

    place = next(place for size, place in built() if size == AMONG)
    browser, url = Browser(signed_in(place.member)), pages_of(place)[name]
    browser.get(url)
    with cProfile.Profile() as taken:
        for _ in range(10):
            caches["pages"].clear()
            browser.get(url)
    pstats.Stats(taken, stream=sys.stdout).sort_stats("cumulative").print_stats(60)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="requests of each page")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--keep", default="", metavar="FOLDER", help="of the database, made where there is none")
    parser.add_argument("--profile", metavar="PAGE", help="instead, where one page's time goes, made anew")
    options = parser.parse_args()
    with a_place_of_its_own(options.keep):
        from django.conf import settings

        settings.ROOT_URLCONF = "bench.bare"
        if options.profile:
            profile(options.profile)
            return
        for line in run(options.times, options.only):
            print(line, flush=True)


if __name__ == "__main__":
    main()
