"""What a page costs: queries, CPU, bytes and requests, with 1, 100 and 10,000 records: `python -m bench.pages`.

Each request goes through the real WSGI handler and the whole middleware, in this process. In turn with each page, a
bare page of the same stack is asked for.
"""

import argparse
import gzip
import re
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.setup import use_temporary_installation

RECORD_COUNTS = (1, 100, 10_000)
WARM_UP_REQUESTS = 5


@dataclass
class PageResponse:
    status: int
    headers: dict[str, str]
    body: bytes
    cpu: float  # milliseconds; see `clock`

    @property
    def text(self) -> str:
        squeezed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if squeezed else self.body).decode()


@dataclass
class PageCost:
    """Of one page for one reader at one size."""

    cpu: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    anew: list[float] = field(default_factory=list)  # after something was written: what is kept is made anew
    queries: int = 0
    size: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.cpu) if self.cpu else 0.0

    @property
    def ratio(self) -> float:
        return self.median / statistics.median(self.bare)


class PageBrowser:
    """Asks the application as a server would."""

    def __init__(self, session_cookie: str = "") -> None:
        from jukwaa.config.wsgi import application

        self.application = application
        self.cookie = session_cookie

    def get(self, url: str, **headers: str) -> PageResponse:
        environ = self._build_wsgi_environ(url, headers)
        got: list[Any] = []
        begun = get_cpu_seconds()
        response = self.application(environ, lambda *told: got.extend(told))
        body = b"".join(response)
        response.close()
        cpu = (get_cpu_seconds() - begun) * 1000
        return PageResponse(int(got[0].split()[0]), dict(got[1]), body, cpu)

    def _build_wsgi_environ(self, url: str, headers: dict[str, str]) -> dict[str, Any]:
        from django.test import RequestFactory

        path, _, query = url.partition("?")
        environ = RequestFactory()._base_environ(PATH_INFO=path, QUERY_STRING=query, SERVER_NAME="127.0.0.1")  # noqa: SLF001 - Django's own environ for a request
        environ |= {"wsgi.input": BytesIO(), "HTTP_ACCEPT_ENCODING": "gzip", "HTTP_ACCEPT_LANGUAGE": "en"}
        environ["HTTP_COOKIE"] = self.cookie
        return environ | {f"HTTP_{name.upper()}": value for name, value in headers.items()}


def get_cpu_seconds() -> float:
    """Seconds of CPU: of this process, and of the process of PostgreSQL that works for its connection."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time()
    connection.ensure_connection()
    scheduled = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    if not scheduled.exists():  # the server runs elsewhere: by the clock then
        return time.perf_counter()
    return time.process_time() + int(scheduled.read_text().split()[0]) / 1e9


class QueryCounter:
    """How many queries ran inside."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def count_page_queries(browser: PageBrowser, url: str) -> int:
    from django.db import connection

    counted = QueryCounter()
    with connection.execute_wrapper(counted):
        browser.get(url)
    return counted.number


def measure_page_cost(browser: PageBrowser, url: str, repetition_count: int) -> PageCost:
    from django.core.cache import caches

    answer = browser.get(url)
    if answer.status != 200:
        raise SystemExit(f"{url} answers {answer.status}.")
    for _ in range(WARM_UP_REQUESTS):
        browser.get(url)
        browser.get("/bare/")
    cost = PageCost(queries=count_page_queries(browser, url), size=len(answer.body))
    for _ in range(repetition_count):
        cost.cpu.append(browser.get(url).cpu)
        cost.bare.append(browser.get("/bare/").cpu)
    for _ in range(repetition_count):
        caches["pages"].clear()
        cost.anew.append(browser.get(url).cpu)
    return cost


def create_session_cookie(person: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def get_page_urls(benchmark_world: Any) -> dict[str, str]:
    from django.urls import reverse

    slug = benchmark_world.coalition.slug
    word = benchmark_world.meeting.title.split()[0]
    return {
        "home": reverse("home:front", args=[slug]),
        "meetings": reverse("meetings:meeting_list", args=[slug]),
        "a meeting": reverse("meetings:meeting_detail", args=[slug, benchmark_world.meeting.pk]),
        "decisions and commitments": reverse("meetings:agreed", args=[slug]),
        "library": reverse("library:item_list", args=[slug]),
        **(
            {"an item": reverse("library:item_detail", args=[slug, benchmark_world.item.pk])}
            if benchmark_world.item
            else {}
        ),
        "documents": reverse("records:document_list", args=[slug]),
        "directory": reverse("coalitions:directory", args=[slug]),
        "representation": reverse("coalitions:representation", args=[slug]),
        "search": f"{reverse('search:search', args=[slug])}?q={word}",
        "tasks": reverse("home:desk", args=[slug]),
        "report imports": reverse("intake:reading_list", args=[slug]),
        "a report import": reverse("intake:reading_detail", args=[slug, benchmark_world.reading.pk]),
    }


@dataclass
class VisitorCost:
    """A visitor's page: made the first time, kept afterwards, and 304 for whoever has it."""

    made: float
    kept: float | None
    unchanged: float | None
    cold_requests: int
    cold_bytes: int


def measure_visitor_cost(url: str, repetition_count: int) -> VisitorCost | None:
    from django.core.cache import caches

    browser = PageBrowser()
    first = browser.get(url)
    if first.status != 200:
        return None
    made = []
    for _ in range(repetition_count):
        caches["pages"].clear()
        made.append(browser.get(url).cpu)
    browser.get(url)
    kept = unchanged = None
    if etag := first.headers.get("ETag"):
        kept = statistics.median(browser.get(url).cpu for _ in range(repetition_count * 3))
        unchanged = statistics.median(browser.get(url, if_none_match=etag).cpu for _ in range(repetition_count * 3))
    others = [len(browser.get(address).body) for address in find_linked_resources(first.text)]
    return VisitorCost(statistics.median(made), kept, unchanged, 1 + len(others), len(first.body) + sum(others))


def find_linked_resources(html: str) -> set[str]:
    """What a browser fetches for a page that it has never seen."""
    tags = re.findall(r"<(?:link|script|img)\b[^>]*>", html)
    wanted = [tag for tag in tags if not tag.startswith("<link") or re.search(r'rel="(stylesheet|icon)"', tag)]
    found = [re.search(r'(?:href|src)="(/[^"]+)"', tag) for tag in wanted]
    return {match[1] for match in found if match}


def run_benchmark(repetition_count: int, member_counts: Iterable[int]) -> Iterator[str]:
    from bench.world import GrowingCoalition

    world, costs, visits = GrowingCoalition(), {}, {}
    for size in member_counts:
        world.grow_to_size(size)
        browser = PageBrowser(create_session_cookie(world.member))
        for name, url in get_page_urls(world).items():
            costs[name, size] = measure_page_cost(browser, url, repetition_count)
            visits[name] = measure_visitor_cost(url, repetition_count)
    yield from render_members_table(costs)
    yield ""
    yield from render_visitors_table(visits)


def render_members_table(costs: dict[tuple[str, int], PageCost]) -> Iterator[str]:
    names = list(dict.fromkeys(name for name, _size in costs))
    sizes = list(dict.fromkeys(size for _name, size in costs))
    heads = [f"ms, {size:,}" for size in sizes]
    yield f"| A member's page | queries | {' | '.join(heads)} | uncached | bare pages | growth | kB |"
    yield "|---|" + "---|" * (len(heads) + 5)
    for name in names:
        of = [costs.get((name, size), PageCost()) for size in sizes]
        queries = "/".join(dict.fromkeys(str(cost.queries) for cost in of if cost.cpu))
        growth = of[-1].ratio / of[-2].ratio if len(of) > 1 else 1
        cells = [f"{cost.median:.1f}" if cost.cpu else "" for cost in of]
        last = f"{statistics.median(of[-1].anew):.1f} | {of[-1].ratio:.1f} | {growth:.2f} | {of[-1].size / 1000:.1f}"
        yield f"| {name} | {queries} | {' | '.join(cells)} | {last} |"
    last = [cost for (_name, size), cost in costs.items() if size == sizes[-1]]
    bare = [
        f"{statistics.median(v for (_n, of), cost in costs.items() if of == size for v in cost.bare):.1f}"
        for size in sizes
    ]
    yield f"| the bare page | 3 | {' | '.join(bare)} | | 1.0 | | |"
    yield ""
    median = statistics.median(cost.median for cost in last)
    ratio = statistics.median(cost.ratio for cost in last)
    yield f"The median of the pages is {median:.1f} ms with the most records, {ratio:.1f} bare pages."


def render_visitors_table(visitor_costs: dict[str, VisitorCost | None]) -> Iterator[str]:
    yield "| A visitor's page | rendered, ms | cached, ms | 304, ms | cold: requests | cold: kB |"
    yield "|---|---|---|---|---|---|"
    for name, seen in visitor_costs.items():
        if seen is None:
            continue
        kept, unchanged = ("not cached" if value is None else f"{value:.2f}" for value in (seen.kept, seen.unchanged))
        cold = f"{seen.cold_requests} | {seen.cold_bytes / 1000:.1f}"
        yield f"| {name} | {seen.made:.1f} | {kept} | {unchanged} | {cold} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=30, help="requests of each page")
    parser.add_argument("--sizes", default=",".join(map(str, RECORD_COUNTS)), help="numbers of records, with commas")
    parser.add_argument("--profile", metavar="PAGE", help="instead, where one page's time goes, at the last size")
    options = parser.parse_args()
    with use_temporary_installation():
        from django.conf import settings

        settings.ROOT_URLCONF = "bench.bare"
        sizes = [int(size) for size in options.sizes.split(",")]
        if options.profile:
            profile_benchmark_page(options.profile, sizes[-1])
            return
        for line in run_benchmark(options.times, sizes):
            print(line)


def profile_benchmark_page(page_name: str, member_count: int) -> None:
    import cProfile
    import pstats

    from bench.world import GrowingCoalition

    world = GrowingCoalition()
    world.grow_to_size(member_count)
    browser, url = PageBrowser(create_session_cookie(world.member)), get_page_urls(world)[page_name]
    browser.get(url)
    with cProfile.Profile() as taken:
        for _ in range(20):
            browser.get(url)
    pstats.Stats(taken, stream=sys.stdout).sort_stats("cumulative").print_stats(60)


if __name__ == "__main__":
    main()
