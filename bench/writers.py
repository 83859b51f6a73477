"""Eight people who write at the same time: `python -m bench.writers`, on SQLite or the database of DATABASE_URL.

Each has a connection of their own and does one thing after another: comments, edits, publishing, pledges, inputs,
answers, clauses, decisions, terms, documents and files, all on the same few records. Any error is a fault; being told
that somebody else was faster is not.
"""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench.setup import use_temporary_installation

if TYPE_CHECKING:
    from tests.concurrent_writers import WritingResults

DURATION_SECONDS = 60
WRITER_COUNT = 8


def render_writing_results(
    writing_results: "WritingResults", *, duration_seconds: float, writer_count: int
) -> Iterator[str]:
    from django.db import connection

    done, refused = writing_results.done.total(), writing_results.refused.total()
    yield f"| {writer_count} writers for {duration_seconds:.0f} s on {connection.vendor} | |"
    yield "|---|---|"
    yield f"| actions completed | {done:,} ({done / duration_seconds:.1f} a second) |"
    yield f"| told that somebody else was faster | {refused:,} |"
    yield f"| deadlocks | {writing_results.deadlocks:,} |"
    yield f"| errors | {len(writing_results.errors):,} |"
    for error in sorted(set(writing_results.errors))[:20]:
        yield f"| | {error.splitlines()[0][:160]} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=DURATION_SECONDS)
    parser.add_argument("--writers", type=int, default=WRITER_COUNT)
    options = parser.parse_args()
    with use_temporary_installation():
        from tests.concurrent_writers import RandomWriter, build_shared_work, create_writer, run_writers_for

        work = build_shared_work()
        writers = [RandomWriter(work, create_writer(work.coalition), seed) for seed in range(options.writers)]
        results = run_writers_for(options.seconds, writers)
        print(
            "\n".join(render_writing_results(results, duration_seconds=options.seconds, writer_count=options.writers))
        )


if __name__ == "__main__":
    main()
