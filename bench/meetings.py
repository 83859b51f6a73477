"""What the pages of meetings cost: 2,000 members, 300 meetings of 60 entries, 3,000 commitments.

    python -m bench.meetings [--share 0.1] [--times 20] [--profile PAGE] [--only WORD]

Each page is asked for in turn with a bare page of the same stack, as in `bench/pages.py`, by a member who speaks for an
organisation and by a coordinator; "anew" is the first time after something was written. Growth compares with a
hundredth of the members and meetings: minutes are as long in both.
"""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from bench.pages import PageBrowser, PageCost, create_session_cookie, measure_page_cost
from bench.setup import use_temporary_installation
from bench.together import count_uncached_queries, render_members_table, render_visitors_table

SMALL_COALITION_SHARE = 0.01
MEMBER, COORDINATOR = "member", "coordinator"


def get_page_urls(benchmark_world: Any) -> dict[str, str]:
    """Return the pages that a member and a coordinator read."""
    from django.urls import reverse

    from jukwaa.meetings.models import Commitment, Decision

    def build_url(url_name: str, *arguments: Any, query_string: str = "") -> str:
        return reverse(url_name, args=[benchmark_world.coalition.slug, *arguments]) + query_string

    commitment = Commitment.objects.filter(entry__meeting=benchmark_world.held)[:1].get()
    decision = Decision.objects.filter(entry__meeting=benchmark_world.held)[:1].get()
    return {
        "home": build_url("home:front"),
        "tasks": build_url("home:desk"),
        "meetings": build_url("meetings:meeting_list"),
        "a meeting that was held": build_url("meetings:meeting_detail", benchmark_world.held.pk),
        "a meeting to come": build_url("meetings:meeting_detail", benchmark_world.planned.pk),
        "its attendance": build_url("meetings:attendance_list", benchmark_world.held.pk),
        "minutes in progress": build_url("meetings:minutes_live", benchmark_world.live.pk),
        "a series": build_url("meetings:series_detail", benchmark_world.held.series_id),
        "an agenda": build_url("meetings:agenda_detail", benchmark_world.planned.pk),
        "decisions and commitments": build_url("meetings:agreed"),
        "register of decisions": build_url("meetings:decision_list"),
        "register of decisions, narrowed": build_url(
            "meetings:decision_list", query_string="?status=in-force&method=consensus"
        ),
        "a decision": build_url("meetings:entry_detail", decision.entry_id),
        "commitments": build_url("meetings:commitment_list"),
        "commitments, open": build_url("meetings:commitment_list", query_string="?status=open"),
        "a commitment": build_url("meetings:entry_detail", commitment.entry_id),
        "offers and requests": build_url("meetings:response_list"),
        "ideas": build_url("meetings:idea_list"),
        "ideas by breadth": build_url("meetings:idea_list", query_string="?sort=breadth"),
        "an idea": build_url("meetings:idea_detail", benchmark_world.ideas[0].pk),
        "a month": build_url("events:calendar"),
        "the calendar as a list": build_url("events:calendar_list"),
    }


def get_coordinator_page_urls(benchmark_world: Any) -> dict[str, str]:
    """Return all of these, and those that only a coordinator reads."""
    from django.urls import reverse

    def build_url(url_name: str, *arguments: Any) -> str:
        return reverse(url_name, args=[benchmark_world.coalition.slug, *arguments])

    return get_page_urls(benchmark_world) | {
        "suggestions for the agenda": build_url("meetings:agenda_suggestions", benchmark_world.planned.pk),
        "a draft of a session report": build_url("meetings:report_edit", benchmark_world.held.pk),
        "a new meeting": build_url("meetings:meeting_new"),
        "a new entry": build_url("meetings:entry_new", benchmark_world.held.pk),
        "to enter a decision in the register": build_url("meetings:decision_edit", _get_decision_pk(benchmark_world)),
        "to send a summary": build_url("meetings:summary_send", benchmark_world.held.pk),
    }


def _get_decision_pk(benchmark_world: Any) -> int:
    return int(benchmark_world.held.entries.filter(kind="decision").values_list("pk", flat=True)[0])


def build_page_readers(benchmark_world: Any) -> dict[str, tuple[PageBrowser, dict[str, str]]]:
    return {
        MEMBER: (PageBrowser(create_session_cookie(benchmark_world.member)), get_page_urls(benchmark_world)),
        COORDINATOR: (
            PageBrowser(create_session_cookie(benchmark_world.coordinator)),
            get_coordinator_page_urls(benchmark_world),
        ),
    }


def run_benchmark(coalition_shares: list[float], repetition_count: int, name_filter: str) -> Iterator[str]:
    from bench.meetings_world import MeetingsWorld

    world = MeetingsWorld()
    costs: dict[str, dict[tuple[str, float], PageCost]] = {MEMBER: {}, COORDINATOR: {}}
    counted: dict[str, dict[str, int]] = {MEMBER: {}, COORDINATOR: {}}
    for share in coalition_shares:
        world.grow_to_size(share)
        for reader, (browser, pages) in build_page_readers(world).items():
            for name, url in pages.items():
                if name_filter in name:
                    costs[reader][name, share] = measure_page_cost(browser, url, repetition_count)
                    counted[reader][name] = count_uncached_queries(browser, url)
    for reader, found in costs.items():
        yield f"As a {reader}:"
        yield ""
        yield from render_members_table(found, counted[reader], coalition_shares)
        yield ""
    yield from render_visitors_table(
        {name: url for name, url in get_page_urls(world).items() if name_filter in name}, repetition_count
    )


def profile_meeting_page(page_name: str, target_share: float) -> None:
    """Where the time goes when a coordinator's page is made anew."""
    import cProfile
    import pstats

    from django.core.cache import caches

    from bench.meetings_world import MeetingsWorld

    world = MeetingsWorld()
    world.grow_to_size(target_share)
    browser, url = PageBrowser(create_session_cookie(world.coordinator)), get_coordinator_page_urls(world)[page_name]
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
            profile_meeting_page(options.profile, options.share)
            return
        for line in run_benchmark([SMALL_COALITION_SHARE, options.share], options.times, options.only):
            print(line, flush=True)


if __name__ == "__main__":
    main()
