"""How long a document of 300 pages takes in the background: `python -m bench.large_document`."""

import argparse
import time
from collections.abc import Iterator

import typst

from bench.setup import use_temporary_installation

PAGE_COUNT = 300
SENTENCE_TEMPLATE = "It was agreed that member {n} would share the {n}th report on helplines by {day} March 2027."
SENTENCES_PER_PAGE = 24


def build_large_pdf(page_count: int) -> bytes:
    """Minutes, page after page."""
    numbers = range(page_count * SENTENCES_PER_PAGE)
    said = [SENTENCE_TEMPLATE.format(n=number, day=number % 28 + 1) for number in numbers]
    parts = [" ".join(said[start : start + SENTENCES_PER_PAGE]) for start in range(0, len(said), SENTENCES_PER_PAGE)]
    return typst.compile("#pagebreak()\n".join(f"{part}\n" for part in parts).encode(), format="pdf")


def run_benchmark(page_count: int) -> Iterator[str]:
    from jukwaa.intake.actions import ReadingDetails, ReadingUpload, start_background_reading
    from jukwaa.intake.models import Reading
    from jukwaa.intake.tasks import read_upload
    from tests.factories import CoalitionFactory, MembershipFactory, PersonFactory, RoleFactory

    coalition, person = CoalitionFactory(slug="bench"), PersonFactory()
    MembershipFactory(coalition=coalition, organisation=None, person=person)
    RoleFactory(coalition=coalition, person=person, kind="rapporteur")
    data = build_large_pdf(page_count)
    reading = start_background_reading(
        actor=person,
        coalition=coalition,
        reading_details=ReadingDetails(meeting_title="Large"),
        reading_upload=ReadingUpload("large.pdf", data),
    )
    pk = reading.pk
    cpu, wall = time.process_time(), time.perf_counter()
    read_upload.func(pk)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    reading = Reading.objects.get(pk=pk)
    yield "| A document of many pages | |"
    yield "|---|---|"
    yield f"| pages of the PDF, as counted while it was read | {reading.pages_done} of {reading.pages_total} |"
    yield f"| size of the PDF | {len(data) / 1_000_000:.1f} MB |"
    yield f"| sentences in the import | {reading.sentences.count():,} |"
    yield f"| suggestions | {reading.suggestions.count():,} |"
    yield f"| from the waiting file to the suggestions | {wall:.1f} s ({cpu:.1f} s of CPU in the worker itself) |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGE_COUNT)
    options = parser.parse_args()
    with use_temporary_installation():
        for line in run_benchmark(options.pages):
            print(line)


if __name__ == "__main__":
    main()
