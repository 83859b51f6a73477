"""How well the reader reads: against labelled sentences of real minutes, which stay outside this project.

    python -m bench.reading [--errors] [--only PART] [--without PART,PART]

The sentences are looked for in `../shared/data/report-reading`, or where JUKWAA_LABELLED says.
"""

import argparse
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from jukwaa.intake.reader import SUGGESTION_KINDS, Reading, read_report

PROJECT_ROOT = Path(__file__).resolve().parent.parent
LABELLED_FOLDER = Path(os.environ.get("JUKWAA_LABELLED", PROJECT_ROOT.parent / "shared" / "data" / "report-reading"))
SENTENCE_SEED_FILE = PROJECT_ROOT / "jukwaa" / "intake" / "data" / "sharm-el-sheikh-2009.txt"
# Documents that were set aside while the cues were written.
HELD_OUT_DOCUMENT_PREFIXES = ("024_", "027_", "076_")
MAX_BULLET_INDENT = 24


@dataclass
class LabelledSentence:
    """A labelled sentence and its place in the document built for it."""

    doc: str
    sentence: str
    labels: frozenset[str]
    start: int
    end: int


@dataclass
class ReadingScore:
    """Counts over pairs of sentence and label."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    unlabelled: int = 0
    quotes: int = 0
    exact: int = 0
    sentences: int = 0

    def add(self, labelled_sentence: LabelledSentence, label_results: set[str]) -> None:
        self.found.update(labelled_sentence.labels & label_results)
        self.missed.update(labelled_sentence.labels - label_results)
        self.wrong.update(label_results - labelled_sentence.labels)
        self.sentences += 1
        if not labelled_sentence.labels:
            self.unlabelled += 1
            self.silent += not label_results

    def line(self, score_name: str, label_kinds: Iterable[str]) -> str:
        label_kinds = list(label_kinds)
        found, missed, wrong = (
            sum(counter[kind] for kind in label_kinds) for counter in (self.found, self.missed, self.wrong)
        )
        precision = found / (found + wrong) if found + wrong else 0.0
        recall = found / (found + missed) if found + missed else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"{score_name:<16}{found + missed:>5}{precision:>11.2f}{recall:>8.2f}{f1:>7.2f}"

    def table(self) -> str:
        lines = [f"{'kind':<16}{'rows':>5}{'precision':>11}{'recall':>8}{'F1':>7}"]
        lines += [
            self.line(kind, [kind])
            for kind in SUGGESTION_KINDS
            if self.found[kind] + self.missed[kind] + self.wrong[kind]
        ]
        lines += [self.line("all kinds", SUGGESTION_KINDS)]
        lines += [
            f"{self.sentences} sentences; {self.silent} of {self.unlabelled} without a label stay without a suggestion"
        ]
        lines += [f"{self.exact} of {self.quotes} quotations equal the document at their place"]
        return "\n".join(lines)


def load_labelled_sentences(path: Path) -> dict[str, list[dict[str, object]]]:
    """Rows of a labelled set, by document."""
    documents: dict[str, list[dict[str, object]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        documents[row.get("doc") or row["source"]].append(row)
    return documents


def rebuild_labelled_document(
    document_name: str, labelled_rows: list[dict[str, object]]
) -> tuple[str, list[LabelledSentence]]:
    """A small Markdown document out of rows: headings, bullets, paragraphs, in order."""
    text, placed = "", []
    before: dict[str, object] | None = None
    headings: list[str] = []
    for row in labelled_rows:
        path = [part for part in str(row.get("section") or "").split(" > ") if part]
        if path != headings:
            same = 0
            while same < min(len(path), len(headings)) and path[same] == headings[same]:
                same += 1
            text += "".join(f"\n\n{'#' * (level + 1)} {part}" for level, part in enumerate(path) if level >= same)
            text += "\n\n" if path else ""
            headings, before = path, None
        text += _build_row_separator(before, row)
        start = len(text)
        text += str(row["sentence"])
        placed.append(LabelledSentence(document_name, str(row["sentence"]), frozenset(row["labels"]), start, len(text)))  # type: ignore[arg-type]
        before = row
    return text, placed


def _build_row_separator(previous_section: dict[str, object] | None, labelled_row: dict[str, object]) -> str:
    """What stood between two sentences, as far as their places tell."""
    mark = "- " if labelled_row["kind"] == "bullet" else ""
    if previous_section is None:
        return mark
    gap = labelled_row["span"][0] - previous_section["span"][1]  # type: ignore[index]
    if gap <= 1 and previous_section["kind"] == labelled_row["kind"]:
        return " "
    if labelled_row["kind"] == "bullet" and gap <= MAX_BULLET_INDENT and previous_section["kind"] == "bullet":
        return "\n" + " " * max(gap - 3, 0) + mark
    return "\n\n" + mark


def measure_reading_score(
    documents: Iterable[tuple[str, str, list[LabelledSentence]]], *, errors: bool
) -> ReadingScore:
    """Read each document and compare."""
    score = ReadingScore()
    for _, text, rows in documents:
        reading = read_report(text)
        score.quotes += len(reading.suggestions)
        score.exact += sum(text[s.start : s.end] == s.quote for s in reading.suggestions)
        for row in rows:
            told = _get_suggested_labels(reading, row)
            score.add(row, told)
            if errors and told != row.labels:
                _print_reading_errors(reading, row, told)
    return score


def _is_row_covered(start_offset: int, end_offset: int, labelled_sentence: LabelledSentence) -> bool:
    shared = min(end_offset, labelled_sentence.end) - max(start_offset, labelled_sentence.start)
    return shared * 2 > min(end_offset - start_offset, labelled_sentence.end - labelled_sentence.start)


def _get_suggested_labels(reading: Reading, labelled_sentence: LabelledSentence) -> set[str]:
    return {s.kind for s in reading.suggestions if _is_row_covered(s.start, s.end, labelled_sentence)}


def _print_reading_errors(reading: Reading, labelled: LabelledSentence, label_results: set[str]) -> None:
    print(
        f"{labelled.doc[:3]} {labelled.sentence[:230]!r}\n"
        f"    should be {sorted(labelled.labels)}, is {sorted(label_results)}"
    )
    for s in reading.suggestions:
        if _is_row_covered(s.start, s.end, labelled):
            print(f"    {s.kind}: {s.why} {s.actors}")


def measure_reading_speed(sample_texts: Iterable[str]) -> float:
    """Sentences a second, over at least a second and a half."""
    sources = list(sample_texts)
    started, count = time.perf_counter(), 0
    while time.perf_counter() - started < 1.5:
        count += sum(len(read_report(text).sentences) for text in sources)
    return count / (time.perf_counter() - started)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show what was read wrongly")
    parser.add_argument("--only", default="", help="parts of names of documents, with commas")
    parser.add_argument("--without", default="", help="parts of names of documents to leave out")
    options = parser.parse_args()
    only, without = ([part for part in value.split(",") if part] for value in (options.only, options.without))
    documents = [
        (name, *rebuild_labelled_document(name, rows))
        for name, rows in load_labelled_sentences(LABELLED_FOLDER / "dev.jsonl").items()
    ]
    documents = [
        d for d in documents if (not only or any(p in d[0] for p in only)) and not any(p in d[0] for p in without)
    ]
    aside = [d for d in documents if d[0].startswith(HELD_OUT_DOCUMENT_PREFIXES)]
    used = [d for d in documents if not d[0].startswith(HELD_OUT_DOCUMENT_PREFIXES)]
    for title, part in (("Looked at while writing cues", used), ("Set aside", aside), ("All of dev", documents)):
        if part:
            print(f"\n{title}\n{measure_reading_score(part, errors=options.errors and part is not documents).table()}")
    text = SENTENCE_SEED_FILE.read_text(encoding="utf-8")
    rows = [
        LabelledSentence("seed", str(r["sentence"]), frozenset(r["labels"]), *r["span"])
        for rs in load_labelled_sentences(LABELLED_FOLDER / "seed.jsonl").values()
        for r in rs
    ]  # type: ignore[arg-type,misc]
    print(f"\nThe seed\n{measure_reading_score([('seed', text, rows)], errors=options.errors).table()}")
    print(f"\n{measure_reading_speed([text, *(d[1] for d in documents)]):,.0f} sentences a second")


if __name__ == "__main__":
    main()
