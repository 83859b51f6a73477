"""What Word files of long texts cost: `python -m bench.drafting_word`.

A draft of 300 pages is read back, and a text of 1,000 clauses leaves with tracked changes. Each is measured in a
process of its own, so that its peak of memory is its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

SENTENCE_TEMPLATE = "A named contact of provider {n} answers a report from the hotline within {days} working days."
SENTENCES_PER_CLAUSE = 6
CLAUSES_PER_PAGE = 4


def build_clause_text(clause_number: int, day_count: int = 3) -> str:
    return " ".join(
        SENTENCE_TEMPLATE.format(n=clause_number * 10 + at, days=day_count) for at in range(SENTENCES_PER_CLAUSE)
    )


def build_word_draft(page_count: int, changed_count: int) -> tuple[bytes, list[tuple[int, str, str]]]:
    """A draft as it comes back: each so many clauses changed, with a mark for each."""
    from jukwaa.core.documents.outgoing import ChangeAuthor, ChangedPiece, Document, PieceState
    from jukwaa.core.documents.outgoing.tracked_changes import to_tracked_docx

    clauses = [
        (number, "paragraph", build_clause_text(number)) for number in range(1, page_count * CLAUSES_PER_PAGE + 1)
    ]
    pieces = [
        ChangedPiece(
            f"[{number}]",
            PieceState(kind, 1, said),
            PieceState(kind, 1, build_clause_text(number, 5) if number % changed_count == 0 else said),
            mark=f"_jukwaa_c{number}",
        )
        for number, kind, said in clauses
    ]
    return to_tracked_docx(
        Document(title="Long", blocks=[]), pieces, ChangeAuthor("R", "2026-01-01T00:00:00Z")
    ), clauses


def measure_word_export(clause_count: int) -> dict[str, float]:
    from jukwaa.core.documents.outgoing import ChangeAuthor, Document, to_tracked_docx
    from jukwaa.drafting.comparison import ClauseState, compare_clause_states
    from jukwaa.drafting.word_export import iter_tracked_clauses

    before = [ClauseState(number, build_clause_text(number)) for number in range(1, clause_count + 1)]
    after = [
        ClauseState(piece.number, build_clause_text(piece.number, 5) if piece.number % 2 else piece.body)
        for piece in before
    ]
    used = _get_cpu_seconds()
    by = ChangeAuthor("R", "2026-01-01T00:00:00Z")
    data = to_tracked_docx(
        Document(title="Long", blocks=[]), iter_tracked_clauses(compare_clause_states(before, after)), by
    )
    return {"cpu": _get_cpu_seconds() - used, "bytes": len(data)}


def measure_draft_parsing(path: str) -> dict[str, float]:
    """As the child does it, in this process: what the child's own limits allow is the same."""
    from jukwaa.core.documents.child.returned import read

    used = _get_cpu_seconds()
    answer = read(Path(path), {"characters": 5_000_000, "mark": "_jukwaa_"}, lambda _page, _of: None)
    return {"cpu": _get_cpu_seconds() - used, "blocks": len(answer["blocks"])}


def measure_clause_matching(path: str, mark_style: str) -> dict[str, float]:
    """From what the file says to inputs; with the marks gone, each clause by likeness."""
    from jukwaa.core.documents.child.returned import read
    from jukwaa.drafting.returned_word_file import OriginalClause, analyze_returned_file

    answer = read(Path(path), {"characters": 5_000_000, "mark": "_jukwaa_"}, lambda _page, _of: None)
    pages = len(answer["blocks"]) // CLAUSES_PER_PAGE
    clauses = [
        OriginalClause(number, "paragraph", build_clause_text(number))
        for number in range(1, pages * CLAUSES_PER_PAGE + 1)
    ]
    if mark_style == "gone":
        for block in answer["blocks"]:
            block["anchors"] = []
            block["text"] = block["text"].partition("] ")[2]
    used = _get_cpu_seconds()
    told = analyze_returned_file(answer, clauses, is_our_file=mark_style == "there", with_names=False)
    return {"cpu": _get_cpu_seconds() - used, "inputs": sum(one.clause is not None for one in told.findings)}


def _get_cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


MEASURED_STEPS: dict[str, Callable[..., dict[str, float]]] = {
    "export": lambda clauses: measure_word_export(int(clauses)),
    "read": measure_draft_parsing,
    "match": measure_clause_matching,
}


def measure_in_subprocess(benchmark_name: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.drafting_word", "--measure", benchmark_name, *arguments]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def run_benchmark(page_count: int, clause_count: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "draft.docx")
        data, sent = build_word_draft(page_count, changed_count=10)
        path.write_bytes(data)
        export = measure_in_subprocess("export", str(clause_count))
        read = measure_in_subprocess("read", str(path))
        there, gone = (
            measure_in_subprocess("match", str(path), "there"),
            measure_in_subprocess("match", str(path), "gone"),
        )
    yield "| Word files | seconds of CPU | peak of memory |"
    yield "|---|---|---|"
    size, cost = _format_size(export), _format_cost(export)
    yield f"| {clause_count:,} clauses leave with tracked changes in half of them ({size}) | {cost} |"
    size = f"{page_count} pages, {len(sent):,} clauses, {len(data) / 1000:,.0f} kB"
    yield f"| a draft of {size}, is read back | {_format_cost(read)} |"
    yield f"| its {there['inputs']:.0f} changes are found at their clauses by their marks | {_format_cost(there)} |"
    yield f"| the same without any mark or number, by likeness: {gone['inputs']:.0f} | {_format_cost(gone)} |"


def _format_size(draft_counts: dict[str, float]) -> str:
    return f"{draft_counts['bytes'] / 1000:,.0f} kB"


def _format_cost(draft_counts: dict[str, float]) -> str:
    return f"{draft_counts['cpu']:.1f} | {draft_counts['peak'] / 1024:.0f} MB"


def main() -> None:
    """Print the table, or one measure as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--clauses", type=int, default=1000)
    parser.add_argument("--measure", nargs="+", help="one measure, in this process")
    options = parser.parse_args()
    from bench.setup import use_temporary_installation

    with use_temporary_installation():
        if options.measure:
            name, *arguments = options.measure
            told = MEASURED_STEPS[name](*arguments)
            print(json.dumps(told | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
            return
        for line in run_benchmark(options.pages, options.clauses):
            print(line)


if __name__ == "__main__":
    main()
