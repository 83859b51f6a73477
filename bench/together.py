"""What working together costs: 5,000 offers and needs, 300 joint works, 20 yearly events with 2,000 pledges each.

    python -m bench.together [--share 0.1] [--times 20] [--profile PAGE] [--only WORD]

Each page is asked for in turn with a bare page of the same stack, as in `bench/pages.py`, by a member who speaks for an
organisation and is a rapporteur; "anew" is the first time after something was written. Growth compares with a hundredth
of all that.
"""

import argparse
import gzip
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.pages import (
    PageBrowser,
    PageCost,
    count_page_queries,
    create_session_cookie,
    measure_page_cost,
    measure_visitor_cost,
)
from bench.setup import use_temporary_installation

SMALL_COALITION_SHARE = 0.01
BYTES_PER_KB = 1000


def get_page_urls(benchmark_world: Any) -> dict[str, str]:
    from django.urls import reverse

    def build_url(url_name: str, *arguments: Any, query_string: str = "") -> str:
        return reverse(url_name, args=[benchmark_world.coalition.slug, *arguments]) + query_string

    year, to_come = ([each.event_id, each.pk] for each in (benchmark_world.year, benchmark_world.next))
    month = f"?month={benchmark_world.next.starts_on:%Y-%m}"
    return {
        "offers and needs": build_url("cooperation:overview"),
        "list of offers": build_url("cooperation:offer_list"),
        "list of offers, narrowed": build_url("cooperation:offer_list", query_string="?sort=training&country=KE"),
        "an offer": build_url("cooperation:offer_detail", benchmark_world.offer.pk),
        "list of needs": build_url("cooperation:need_list"),
        "a need": build_url("cooperation:need_detail", benchmark_world.need.pk),
        "who offers, who needs": build_url("cooperation:figures"),
        "joint works": build_url("cooperation:work_list"),
        "a joint work": build_url("cooperation:work_detail", benchmark_world.work.pk),
        "its charter": build_url("cooperation:charter_detail", benchmark_world.work.pk),
        "events": build_url("events:event_list"),
        "an event": build_url("events:event_detail", benchmark_world.event.pk),
        "a date to come": build_url("events:occurrence_detail", *to_come),
        "a date that was": build_url("events:occurrence_detail", *year),
        "its pledges": build_url("events:pledge_list", *year),
        "its pledges of a country": build_url("events:pledge_list", *year, query_string="?country=KE"),
        "the year in one page": build_url("events:year_detail", *year),
        "a month": build_url("events:calendar", query_string=month),
        "a month, narrowed": build_url("events:calendar", query_string=f"{month}&kind=event&region=africa"),
        "the calendar as a list": build_url("events:calendar_list"),
    }


def get_feed_urls(benchmark_world: Any) -> dict[str, str]:
    from django.urls import reverse

    from jukwaa.exchange.models import FeedKey

    slug, area = benchmark_world.coalition.slug, benchmark_world.areas[0].pk
    key, _ = FeedKey.objects.get_or_create(person=benchmark_world.member)
    everything = reverse("exchange:calendar", args=[slug])
    return {
        "calendar, all": everything,
        "calendar, events alone": f"{everything}?kind=event",
        "calendar, one area of work": f"{everything}?area={area}",
        "calendar, of one's own": reverse("exchange:own_calendar", args=[slug, key.token]),
    }


@dataclass
class FeedCost:
    """What it costs to make, and to answer that nothing changed: at once, and when the answer is kept no more.

    `first` is in a process that has not written any of its dates yet.
    """

    queries: int
    first: float
    made: list[float]
    unchanged: list[float]
    forgotten: list[float]
    squeezed: int
    whole: int
    dates: int


def count_uncached_queries(browser: PageBrowser, url: str) -> int:
    from django.core.cache import caches

    caches["pages"].clear()
    return count_page_queries(browser, url)


def measure_feed_cost(url: str, repetition_count: int) -> FeedCost:
    from django.core.cache import caches

    from jukwaa.exchange import calendars

    browser = PageBrowser()
    browser.get(url)
    caches["pages"].clear()
    calendars._render_calendar_event.cache_clear()  # noqa: SLF001 - what a new process has not
    first = browser.get(url)
    tag = first.headers["ETag"]
    made, unchanged, forgotten = [], [], []
    for _ in range(repetition_count):
        caches["pages"].clear()
        made.append(browser.get(url).cpu)
        again = browser.get(url, if_none_match=tag)
        if again.status != 304 or again.body:
            raise SystemExit(f"{url} answers {again.status}, though nothing changed.")
        unchanged.append(again.cpu)
        caches["pages"].clear()
        forgotten.append(browser.get(url, if_none_match=tag).cpu)
    body = first.text.encode()
    squeezed = first.body if first.headers.get("Content-Encoding") == "gzip" else gzip.compress(body, 6)
    return FeedCost(
        count_uncached_queries(browser, url),
        first.cpu,
        made,
        unchanged,
        forgotten,
        len(squeezed),
        len(body),
        body.count(b"BEGIN:VEVENT"),
    )


def render_members_table(
    costs: dict[tuple[str, float], PageCost], query_counts: dict[str, int], member_counts: list[float]
) -> Iterator[str]:
    heads = "queries | uncached | ms | ms, uncached | bare pages | bare pages, uncached | growth | kB"
    yield f"| A member's page | {heads} |"
    yield "|---|---|---|---|---|---|---|---|---|"
    all_last = [cost for (_name, size), cost in costs.items() if size == member_counts[-1]]
    for name in dict.fromkeys(name for name, _size in costs):
        last = costs[name, member_counts[-1]]
        bare, made = statistics.median(last.bare), statistics.median(last.anew)
        growth = f"{last.ratio / costs[name, member_counts[0]].ratio:.2f}" if len(member_counts) > 1 else ""
        times = f"{last.median:.1f} | {made:.1f} | {last.ratio:.1f} | {made / bare:.1f}"
        yield (
            f"| {name} | {last.queries} | {query_counts[name]} | {times} | {growth} | {last.size / BYTES_PER_KB:.1f} |"
        )
    bare = statistics.median(value for cost in all_last for value in cost.bare)
    yield f"| the bare page | 3 | | {bare:.1f} | | 1.0 | | | |"
    yield ""
    median = statistics.median(cost.median for cost in all_last)
    ratio = statistics.median(cost.ratio for cost in all_last)
    yield f"The median of the pages is {median:.1f} ms, {ratio:.1f} bare pages."


def render_visitors_table(page_urls: dict[str, str], repetition_count: int) -> Iterator[str]:
    yield "| A visitor's page | rendered, ms | cached, ms | 304, ms | cold: requests | cold: kB |"
    yield "|---|---|---|---|---|---|"
    for name, url in page_urls.items():
        seen = measure_visitor_cost(url, repetition_count)
        if seen is None:
            continue
        kept, unchanged = ("not cached" if value is None else f"{value:.2f}" for value in (seen.kept, seen.unchanged))
        cold = f"{seen.cold_requests} | {seen.cold_bytes / BYTES_PER_KB:.1f}"
        yield f"| {name} | {seen.made:.1f} | {kept} | {unchanged} | {cold} |"


def render_feeds_table(feeds: dict[str, str], repetition_count: int, bare_seconds: float) -> Iterator[str]:
    heads = "dates | queries | first, ms | rendered, ms | bare pages | 304, ms | 304, not cached | kB, gzip | kB"
    yield f"| A feed | {heads} |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for name, url in feeds.items():
        told = measure_feed_cost(url, repetition_count)
        made, unchanged, forgotten = (statistics.median(each) for each in (told.made, told.unchanged, told.forgotten))
        sizes = f"{told.squeezed / BYTES_PER_KB:.1f} | {told.whole / BYTES_PER_KB:.0f}"
        costs = f"{told.first:.0f} | {made:.1f} | {made / bare_seconds:.1f} | {unchanged:.2f} | {forgotten:.1f}"
        yield f"| {name} | {told.dates} | {told.queries} | {costs} | {sizes} |"


def render_matching_table(benchmark_world: Any, result_limit: int = 30) -> Iterator[str]:
    """Of one need, by itself: the two queries, and the ranking of what they found."""
    from jukwaa.cooperation.help_matching import rank_help_suggestions
    from jukwaa.cooperation.models import Need, Offer
    from jukwaa.cooperation.suggestions import build_help_facts, find_help_candidates

    read, ranked, numbers = [], [], []
    for need in Need.objects.of(benchmark_world.coalition).order_by("-pk")[:result_limit]:
        need.coalition = benchmark_world.coalition
        areas = set(need.areas.values_list("pk", flat=True))
        begun = time.process_time()
        found = find_help_candidates(need, Offer, benchmark_world.member)
        read.append((time.process_time() - begun) * 1000)
        begun = time.process_time()
        rank_help_suggestions(build_help_facts(need, areas), found, benchmark_world.today)
        ranked.append((time.process_time() - begun) * 1000)
        numbers.append(len(found))
    yield "| Matching of one need | queries | candidates | read, ms | ranked, ms |"
    yield "|---|---|---|---|---|"
    each = (statistics.median(values) for values in (numbers, read, ranked))
    yield "| median of {} needs | 2 | {:.0f} | {:.1f} | {:.1f} |".format(result_limit, *each)


def run_benchmark(coalition_shares: list[float], repetition_count: int, name_filter: str) -> Iterator[str]:
    from bench.together_world import CooperationWorld

    world, costs, counted = CooperationWorld(), {}, {}
    pages: dict[str, str] = {}
    for share in coalition_shares:
        world.grow_to_size(share)
        browser = PageBrowser(create_session_cookie(world.member))
        pages = {name: url for name, url in get_page_urls(world).items() if name_filter in name}
        for name, url in pages.items():
            costs[name, share] = measure_page_cost(browser, url, repetition_count)
            counted[name] = count_uncached_queries(browser, url)
    yield from render_members_table(costs, counted, coalition_shares)
    yield ""
    yield from render_visitors_table(pages, repetition_count)
    yield ""
    bare = statistics.median(
        value for (_n, size), cost in costs.items() if size == coalition_shares[-1] for value in cost.bare
    )
    yield from render_feeds_table(get_feed_urls(world), max(repetition_count // 4, 3), bare)
    yield ""
    yield from render_matching_table(world)


def profile_cooperation_page(page_name: str, target_share: float) -> None:
    """Where the time goes when it is made anew."""
    import cProfile
    import pstats

    from django.core.cache import caches

    from bench.together_world import CooperationWorld

    world = CooperationWorld()
    world.grow_to_size(target_share)
    browser, url = (
        PageBrowser(create_session_cookie(world.member)),
        {**get_page_urls(world), **get_feed_urls(world)}[page_name],
    )
    browser.get(url)
    with cProfile.Profile() as taken:
        for _ in range(20):
            caches["pages"].clear()
            browser.get(url)
    pstats.Stats(taken, stream=sys.stdout).sort_stats("cumulative").print_stats(70)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="requests of each page")
    parser.add_argument("--share", type=float, default=1.0, help="of the full numbers")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--profile", metavar="PAGE", help="instead, where one page's time goes, made anew")
    options = parser.parse_args()
    with use_temporary_installation():
        from django.conf import settings

        settings.ROOT_URLCONF = "bench.bare"
        if options.profile:
            profile_cooperation_page(options.profile, options.share)
            return
        for line in run_benchmark([SMALL_COALITION_SHARE, options.share], options.times, options.only):
            print(line, flush=True)


if __name__ == "__main__":
    main()
