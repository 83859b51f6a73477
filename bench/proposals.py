"""Measure the pages of 50 proposals with 500 speakers, beside ten years of meetings.

    python -m bench.proposals [--share 0.1] [--times 20] [--only WORD]

Pages are asked for as in `bench/meetings.py`, by a coordinator; growth compares with a hundredth of the meetings,
members and proposals. The proposal that is looked at has 10 speakers and 20 messages in both.
"""

import argparse
from collections.abc import Iterator
from typing import Any

from bench.pages import PageBrowser, PageCost, create_session_cookie, measure_page_cost
from bench.setup import use_temporary_installation
from bench.together import count_uncached_queries, render_members_table

SMALL_COALITION_SHARE = 0.01


def get_page_urls(benchmark_world: Any) -> dict[str, str]:
    from django.urls import reverse

    def build_url(url_name: str, *arguments: Any) -> str:
        return reverse(url_name, args=[benchmark_world.coalition.slug, *arguments])

    proposal = benchmark_world.proposals[0]
    return {
        "proposals": build_url("proposals:proposal_list"),
        "a proposal": build_url("proposals:proposal_detail", proposal.pk),
        "a field of it": build_url("proposals:proposal_field", proposal.pk, next(iter(proposal.answers))),
        "its people": build_url("proposals:participant_list", proposal.pk),
        "its balance": build_url("proposals:proposal_balance", proposal.pk),
        "whom to invite": build_url("proposals:candidate_list", proposal.pk),
        "its checks": build_url("proposals:proposal_checks", proposal.pk),
        "its correspondence": build_url("proposals:proposal_correspondence", proposal.pk),
        "all correspondence": build_url("proposals:correspondence"),
        "its text": build_url("proposals:proposal_text", proposal.pk),
        "to copy it": build_url("proposals:proposal_copy", proposal.pk),
        "calls for proposals": build_url("proposals:call_list"),
        "a call for proposals": build_url("proposals:call_detail", proposal.call_name),
        "the self-check": build_url("eligibility:check"),
        "the year at the forum": build_url("eligibility:cycle"),
        "governance statement": build_url("eligibility:statement"),
        "annual report": build_url("eligibility:annual_detail", benchmark_world.now.year - 1),
        "tasks": build_url("home:desk"),
    }


def run_benchmark(coalition_shares: list[float], repetition_count: int, name_filter: str) -> Iterator[str]:
    from bench.proposals_world import ProposalsWorld

    world = ProposalsWorld()
    costs: dict[tuple[str, float], PageCost] = {}
    counted: dict[str, int] = {}
    for share in coalition_shares:
        world.grow_to_size(share)
        browser = PageBrowser(create_session_cookie(world.coordinator))
        for name, url in get_page_urls(world).items():
            if name_filter in name:
                costs[name, share] = measure_page_cost(browser, url, repetition_count)
                counted[name] = count_uncached_queries(browser, url)
    yield from render_members_table(costs, counted, coalition_shares)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="requests of each page")
    parser.add_argument("--share", type=float, default=1.0, help="of the full numbers")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    options = parser.parse_args()
    with use_temporary_installation():
        from django.conf import settings

        settings.ROOT_URLCONF = "bench.bare"
        for line in run_benchmark([SMALL_COALITION_SHARE, options.share], options.times, options.only):
            print(line, flush=True)


if __name__ == "__main__":
    main()
