"""What `make bench` prints: the tables of docs/measured.md, and the machine that they were taken on."""

import argparse
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime

import psutil

from bench.reading import LABELLED_FOLDER

BENCHMARK_MODULES = (
    *("reading", "large_document", "screening", "search", "pages"),
    *("drafting", "together_help", "together", "regions", "writers", "erasing", "memory", "uploads"),
    *("meeting_times", "live_minutes", "meetings", "proposals", "reminders", "annual_report"),
)
BENCHMARK_TITLES = {
    "reading": "How well and how fast sentences are read",
    "large_document": "A document of 300 pages, read in the background",
    "screening": "How well the screen finds words by which somebody could be found",
    "search": "Search, milliseconds",
    "pages": "Pages, milliseconds of CPU",
    "drafting": "A text of 1,000 clauses, 100 revisions and 10,000 inputs",
    "together_help": "How well offers are found for a need",
    "together": "Working together: pages, matching, the calendar's files",
    "regions": "Coverage and the page of a region, with a million capacities",
    "writers": "Eight people who write at the same time",
    "erasing": "A person with 10,000 traces, previewed and erased",
    "memory": "Memory of a served place",
    "meeting_times": "The times of 10,000 meetings",
    "live_minutes": "Minutes of a meeting in progress, with 200 readers",
    "meetings": "Meetings: the pages of 300 meetings of 60 entries, with 2,000 members",
    "proposals": "Proposals: the pages of 50 proposals with 500 speakers, beside ten years of meetings",
    "reminders": "20,000 reminders, with the worker killed ten times",
    "annual_report": "The annual report of 50,000 records",
    "uploads": "A visitor while 20 people upload the heaviest files",
}


def describe_machine() -> str:
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"Taken on {datetime.now(UTC):%d %B %Y} with Python {platform.python_version()}, {os.cpu_count()} cores,"
        f" {memory:.0f} GB of memory; {os.getloadavg()[0]:.1f} processes were running at the start."
    )


def main() -> None:
    """Each part in a process of its own, since each has a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", default="20000", help="of the search (the full measure takes 500000)")
    parser.add_argument("--only", choices=BENCHMARK_MODULES, help="one part")
    options = parser.parse_args()
    print(describe_machine(), flush=True)
    for part in [options.only] if options.only else BENCHMARK_MODULES:
        print(f"\n## {BENCHMARK_TITLES[part]}\n", flush=True)
        if part == "reading" and not LABELLED_FOLDER.exists():
            print("The labelled sentences are other people's words and are not here: nothing was measured.", flush=True)
            continue
        fence = "```" if part == "reading" else ""  # its tables are for a terminal
        print(fence, flush=True)
        more = ["--passages", options.iter_passages] if part == "search" else []
        subprocess.run([sys.executable, "-m", f"bench.{part}", *more], check=True)
        print(fence, flush=True)


if __name__ == "__main__":
    main()
