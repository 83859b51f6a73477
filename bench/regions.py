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

from bench.pages import PageBrowser, PageCost, create_session_cookie, measure_page_cost, measure_visitor_cost
from bench.setup import use_temporary_installation

BYTES_PER_KB = 1000
SMALL_COALITION_SHARE = 0.01
ALONE_LABEL, AMONG_LABEL, SMALL_LABEL = "alone", "among 100", "a hundredth, among 100"


@dataclass
class MeasuredCoalition:
    coalition: Any
    member: Any


def get_page_urls(measured_coalition: MeasuredCoalition) -> dict[str, str]:
    from django.urls import reverse

    from jukwaa.coalitions.models import AreaOfWork

    def build_url(url_name: str, *arguments: str, query_string: str = "") -> str:
        return reverse(f"regions:{url_name}", args=[measured_coalition.coalition.slug, *arguments]) + query_string

    area = AreaOfWork.objects.filter(coalition=measured_coalition.coalition).earliest("pk")
    return {
        "coverage": build_url("coverage"),
        "coverage of a year": build_url("coverage", query_string="?year=2020"),
        "coverage, narrowed thrice": build_url(
            "coverage", query_string=f"?year=2020&stakeholder=government&area={area.pk}"
        ),
        "members": build_url("measure_detail", "members"),
        "attendees": build_url("measure_detail", "attendees"),
        "a region": build_url("region_detail", "african"),
        "all tables as CSV": build_url("coverage_csv"),
    }


def build_measured_coalitions() -> Iterator[tuple[str, MeasuredCoalition]]:
    """The coalition alone, then among a hundred, then a small one: each as soon as it is there."""
    from bench import regions_world as world
    from jukwaa.coalitions.models import Coalition

    if not Coalition.objects.filter(slug="many").exists():
        made = world.CoalitionBuilder(1)
        made.seat_the_member()
        world.update_planner_statistics()
        yield ALONE_LABEL, _load_coalition("many")
        world.copy_coalition_rows(world.COALITION_COUNT - 1)
        world.CoalitionBuilder(SMALL_COALITION_SHARE, "few").seat_the_member()
        world.update_planner_statistics()
    print(", ".join(f"{number:,} {name}" for name, number in world.count_rows().items()), file=sys.stderr)
    yield AMONG_LABEL, _load_coalition("many")
    yield SMALL_LABEL, _load_coalition("few")


def _load_coalition(slug: str) -> MeasuredCoalition:
    from jukwaa.coalitions.models import Coalition, Role

    coalition = Coalition.objects.get(slug=slug)
    return MeasuredCoalition(coalition, Role.objects.get(coalition=coalition).person)


@dataclass
class PageRunResults:
    of: dict[str, dict[str, PageCost]] = field(default_factory=dict)  # by page, then by place


def run_benchmark(repetition_count: int, name_filter: str) -> Iterator[str]:
    found, visits = PageRunResults(), {}
    for name, place in build_measured_coalitions():
        browser = PageBrowser(create_session_cookie(place.member))
        for page, url in get_page_urls(place).items():
            if name_filter in page:
                found.of.setdefault(page, {})[name] = measure_page_cost(browser, url, repetition_count)
                if name == AMONG_LABEL:
                    visits[page] = measure_visitor_cost(url, repetition_count)
    yield from render_members_table(found)
    yield ""
    yield from render_visitors_table(visits)


def render_members_table(run_results: PageRunResults) -> Iterator[str]:
    yield (
        "| A member's page | queries | ms | ms, uncached | bare pages | uncached"
        " | growth, 100 coalitions | growth, 100 times the records | both, uncached | kB |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for page, of in run_results.of.items():
        last = of[AMONG_LABEL]
        grown, grown_anew = _format_growth(of)
        times = (
            f"{last.median:.1f} | {get_uncached_median(last):.1f} | {last.ratio:.1f} | {get_uncached_ratio(last):.1f}"
        )
        yield f"| {page} | {last.queries} | {times} | {grown} | {grown_anew} | {last.size / BYTES_PER_KB:.1f} |"
    bare = statistics.median(value for of in run_results.of.values() for value in of[AMONG_LABEL].bare)
    yield f"| the bare page | 3 | {bare:.1f} | | 1.0 | | | | | |"
    yield ""
    ratio = statistics.median(of[AMONG_LABEL].ratio for of in run_results.of.values())
    yield f"The median of the pages is {ratio:.1f} bare pages."


def get_uncached_median(cost: PageCost) -> float:
    return statistics.median(cost.anew)


def get_uncached_ratio(cost: PageCost) -> float:
    return get_uncached_median(cost) / statistics.median(cost.bare)


def _format_growth(cost_by_size: dict[str, PageCost]) -> tuple[str, str]:
    """Of a kept page, both ways; and the same of one that is made anew."""
    last, alone, small = cost_by_size[AMONG_LABEL], cost_by_size.get(ALONE_LABEL), cost_by_size[SMALL_LABEL]
    beside = f"{last.ratio / alone.ratio:.2f}" if alone else ""
    beside_anew = f"{get_uncached_ratio(last) / get_uncached_ratio(alone):.2f}" if alone else ""
    return (
        f"{beside} | {last.ratio / small.ratio:.2f}",
        f"{beside_anew}, {get_uncached_ratio(last) / get_uncached_ratio(small):.2f}",
    )


def render_visitors_table(visitor_costs: dict[str, Any]) -> Iterator[str]:
    yield "| A visitor's page | rendered, ms | cached, ms | 304, ms | cold: requests | cold: kB |"
    yield "|---|---|---|---|---|---|"
    for name, seen in visitor_costs.items():
        kept, unchanged = ("not cached" if value is None else f"{value:.2f}" for value in (seen.kept, seen.unchanged))
        cold = f"{seen.cold_requests} | {seen.cold_bytes / BYTES_PER_KB:.1f}"
        yield f"| {name} | {seen.made:.1f} | {kept} | {unchanged} | {cold} |"


def profile_region_page(page_name: str) -> None:
    """Where the time goes when it is made anew."""
    import cProfile
    import pstats

    from django.core.cache import caches

    place = next(place for size, place in build_measured_coalitions() if size == AMONG_LABEL)
    browser, url = PageBrowser(create_session_cookie(place.member)), get_page_urls(place)[page_name]
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
    with use_temporary_installation(options.keep):
        from django.conf import settings

        settings.ROOT_URLCONF = "bench.bare"
        if options.profile:
            profile_region_page(options.profile)
            return
        for line in run_benchmark(options.times, options.only):
            print(line, flush=True)


if __name__ == "__main__":
    main()
