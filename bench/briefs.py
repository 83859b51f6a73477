"""What a brief of many records costs: `python -m bench.briefs`.

A brief of 40 records is made, then each of its lengths is read from the database, set as PDF and written as Word: each
in a process of its own, so that its peak of memory is its own. The PDF is set in a child that has limits
of its own, and is not counted here.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from bench.setup import use_temporary_installation

SENTENCE_TEMPLATE = "A named contact of provider {n} answers a report from the hotline within three working days. "


def build_benchmark_brief(record_count: int) -> Any:
    """Half of them practices with conditions, a quarter laws, a quarter decisions."""
    from jukwaa.regions.actions import BriefRequest, create_brief
    from tests.factories import CoalitionFactory, EntryFactory, ItemFactory, MembershipFactory, PersonFactory

    coalition, person = CoalitionFactory(slug="measured", name="Measured"), PersonFactory()
    MembershipFactory(coalition=coalition, organisation=None, person=person)
    chosen = []
    for n in range(record_count):
        if n % 4 == 3:
            chosen.append(EntryFactory(coalition=coalition, published=True, text=SENTENCE_TEMPLATE.format(n=n) * 2))
            continue
        kind = "law-or-policy" if n % 4 == 2 else "good-practice"
        said = {"what_worked": SENTENCE_TEMPLATE.format(n=n) * 4, "what_changed": SENTENCE_TEMPLATE.format(n=n) * 2}
        details = {"conditions": SENTENCE_TEMPLATE.format(n=n), "what_did_not_work": SENTENCE_TEMPLATE.format(n=n)}
        made = ItemFactory(
            coalition=coalition, published=True, title=f"Practice {n}", kind=kind, details=details, **said
        )
        chosen.append(made)
    began = time.perf_counter()
    text = create_brief(
        actor=person,
        coalition=coalition,
        brief_request=BriefRequest("What can be done", "en", [record.pk for record in chosen]),
    )
    text.coalition = coalition
    return text, time.perf_counter() - began


def measure_brief(record_count: int, brief_length: str, file_format: str) -> dict[str, float]:
    from jukwaa.core.documents.outgoing import to_docx, to_pdf
    from jukwaa.regions.briefs import Brief, build_brief_document

    text, made = build_benchmark_brief(record_count)
    began = time.perf_counter()
    document = build_brief_document(Brief.build_for_draft(text, brief_length))
    read = time.perf_counter() - began
    typeset = to_pdf(document) if file_format == "pdf" else None
    data = typeset.pdf if typeset else to_docx(document)
    written = time.perf_counter() - began - read
    return {
        "made": made,
        "read": read,
        "written": written,
        "bytes": len(data),
        "pages": typeset.pages if typeset else 0,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measure_in_subprocess(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.briefs", "--measure", *arguments]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def run_benchmark(record_count: int) -> Iterator[str]:
    yield f"| A brief of {record_count} records | read, s | written, s | peak of memory |"
    yield "|---|---|---|---|"
    made = []
    for length in ("two", "five"):
        for ending in ("pdf", "docx"):
            told = measure_in_subprocess(str(record_count), length, ending)
            made.append(told["made"])
            what = f"{told['bytes'] / 1000:.0f} kB" + (f", {told['pages']:.0f} pages" if told["pages"] else "")
            cost = f"{told['read']:.2f} | {told['written']:.2f} | {told['peak']:.0f} MB"
            yield f"| {length}, {ending} ({what}) | {cost} |"
    yield f"\nIt was made in {min(made):.1f} to {max(made):.1f} seconds."


def main() -> None:
    """Print the table, or one measure as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=40)
    parser.add_argument("--measure", nargs=3, help="records, length, ending: one measure, in this process")
    options = parser.parse_args()
    if not options.measure:
        for line in run_benchmark(options.records):
            print(line)
        return
    records, length, ending = options.measure
    with use_temporary_installation():
        print(json.dumps(measure_brief(int(records), length, ending)))


if __name__ == "__main__":
    main()
