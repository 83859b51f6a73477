"""How well the structure of ordinary minutes is read: who came, what was decided, who does what by when.

    python -m bench.minutes --texts FOLDER [--errors] [--round second]
    python -m bench.minutes --addresses [--round second]

The minutes are other people's words and are not part of this project: only references to public repositories and hand
labels are. `--addresses` prints where each text is and under which name it belongs into the folder.

A label is a line, a kind, and where in the text from that line on the owners and the date stand. Its form is "list"
for what lists, tables, marks or lead-ins structure, "prose" for what a sentence says in passing, "either" where people
would disagree: finding it is neither right nor wrong. The first table counts the structure, the second all of it.
"""

import argparse
import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jukwaa.intake.reader import Suggestion, read_report

DATA_FOLDER = Path(__file__).resolve().parent / "data"
MEASURED_LABEL_KINDS = ("attendee", "decision", "commitment", "next_meeting")
FILE_PREFIX_BY_ROUND = {
    "first": "minutes",
    "second": "minutes_second",
    "third": "minutes_third",
    "fourth": "minutes_fourth",
    "fifth": "minutes_fifth",
    "sixth": "minutes_sixth",
    "seventh": "minutes_seventh",
    "eighth": "minutes_eighth",
    "ninth": "minutes_ninth",
    "tenth": "minutes_tenth",
    "eleventh": "minutes_eleventh",
    "twelfth": "minutes_twelfth",
}
MAX_ITEM_DETAILS = 200  # letters below an item that may still say by when
LABEL_SOURCE_URL_TEMPLATE = "https://raw.githubusercontent.com/{repository}/{commit}/{path}"


@dataclass(frozen=True)
class SentenceLabel:
    """One labelled line. `owners` and `due` are words of the text."""

    line: int
    kind: str
    form: str
    owners: tuple[str, ...]
    due: str


@dataclass
class MeasureScore:
    """Right, missed and wrong of one thing."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def row(self, measure_name: str) -> str:
        precision = self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0
        recall = self.right / (self.right + self.missed) if self.right + self.missed else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"{measure_name:<14}{self.right + self.missed:>6}{precision:>11.2f}{recall:>8.2f}{f1:>7.2f}"


@dataclass
class QualityMeasure:
    """The scores of one set of forms."""

    forms: frozenset[str]
    items: dict[str, MeasureScore] = field(default_factory=lambda: defaultdict(MeasureScore))
    owners: MeasureScore = field(default_factory=MeasureScore)
    dues: MeasureScore = field(default_factory=MeasureScore)

    def table(self, title: str) -> str:
        total = MeasureScore(
            *(sum(getattr(s, name) for s in self.items.values()) for name in ("right", "missed", "wrong"))
        )
        lines = [title, f"{'':<14}{'labels':>6}{'precision':>11}{'recall':>8}{'F1':>7}"]
        lines += [self.items[kind].row(kind) for kind in MEASURED_LABEL_KINDS]
        return "\n".join([*lines, total.row("all items"), self.owners.row("owners"), self.dues.row("due dates")])


def load_csv_rows(file_name: str) -> list[dict[str, str]]:
    """The rows of a file of this benchmark."""
    with (DATA_FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def load_document_labels(texts_by_name: dict[str, str], name_prefix: str) -> dict[str, list[SentenceLabel]]:
    """The labels of each document, with the words that their offsets mean."""
    found: dict[str, list[SentenceLabel]] = defaultdict(list)
    for row in load_csv_rows(f"{name_prefix}_labels.tsv"):
        if row["document"] not in texts_by_name:
            continue
        line = int(row["line"])
        rest = "\n".join(texts_by_name[row["document"]].split("\n")[line - 1 :])
        owners = tuple(_extract_label_text(rest, span) for span in row["owners"].split(",") if span)
        found[row["document"]].append(
            SentenceLabel(line, row["kind"], row["form"], owners, _extract_label_text(rest, row["due"]))
        )
    return found


def _extract_label_text(text: str, label_span: str) -> str:
    if not label_span:
        return ""
    start, _dash, end = label_span.partition("-")
    return text[int(start) : int(end)]


def load_document_texts(folder: Path, name_prefix: str) -> dict[str, str]:
    """The texts that are there. Another version of a text would move its lines, so it is refused."""
    texts = {}
    for row in load_csv_rows(f"{name_prefix}_sources.tsv"):
        path = folder / f"{row['document']}.md"
        if not path.exists():
            continue
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != row["sha256"]:
            raise SystemExit(f"{path} is not the version that was labelled. Fetch it from the commit in the table.")
        texts[row["document"]] = data.decode()
    return texts


def measure_document_labels(text: str, labels: list[SentenceLabel], measures: list[QualityMeasure]) -> Iterator[str]:
    """Count one document, and describe each error."""
    suggestions = [s for s in read_report(text).suggestions if s.kind in MEASURED_LABEL_KINDS]
    for measure in measures:
        yield from _measure_labels(text, labels, suggestions, measure)


def _measure_labels(
    text: str, labels: list[SentenceLabel], suggestions: list[Suggestion], measure: QualityMeasure
) -> Iterator[str]:
    matched = set()
    for suggestion in suggestions:
        first = text.count("\n", 0, suggestion.start) + 1
        last = text.count("\n", 0, suggestion.end) + 1
        near = [label for label in labels if label.kind == suggestion.kind and first <= label.line <= last]
        wanted = [label for label in near if label.form in measure.forms and label not in matched]
        if wanted:
            matched.add(wanted[0])
            measure.items[suggestion.kind].right += 1
            yield from _measure_label_details(wanted[0], suggestion, measure, text)
        elif not near:
            measure.items[suggestion.kind].wrong += 1
            yield f"{first} should be no {suggestion.kind}: {suggestion.quote[:100]!r} ({suggestion.why})"
    for label in labels:
        if label.form in measure.forms and label not in matched:
            measure.items[label.kind].missed += 1
            measure.owners.missed += bool(label.owners)
            measure.dues.missed += bool(label.due)
            yield f"{label.line} {label.kind} was not found"


def _measure_label_details(
    label: SentenceLabel, suggestion: Suggestion, measure: QualityMeasure, text: str
) -> Iterator[str]:
    owner, due = suggestion.owner.lstrip("@").lower(), suggestion.due.lower()
    # A label cannot say what stands only above the item: its words stand from its own line on.
    if not label.due and _stands_only_above(due, suggestion, text):
        due = ""
    if not label.owners and _stands_only_above(owner, suggestion, text):
        owner = ""
    right = owner in {name.lstrip("@").lower() for name in label.owners}
    measure.owners.right += right and bool(owner)
    measure.owners.missed += bool(label.owners) and not right
    measure.owners.wrong += bool(owner) and not right
    same = bool(due) and (due in label.due.lower() or label.due.lower() in due) and bool(label.due)
    measure.dues.right += same
    measure.dues.missed += bool(label.due) and not same
    measure.dues.wrong += bool(due) and not same
    if bool(owner or label.owners) and not right:
        yield f"{label.line} owner is {suggestion.owner!r}, should be {label.owners}"
    if bool(due or label.due) and not same:
        yield f"{label.line} due is {suggestion.due!r}, should be {label.due!r}"


def _stands_only_above(words: str, suggestion: Suggestion, text: str) -> bool:
    """Whether a deadline or an owner stands only above the item, in a title such as "Actions by 3 June" or "Ana".

    It is neither right nor wrong.
    """
    item = text[suggestion.start : suggestion.end + MAX_ITEM_DETAILS].lower()
    return bool(words) and words not in item and words in text[: suggestion.start].lower()


def main() -> None:
    """Print the tables, or where the texts are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="folder with the texts")
    parser.add_argument("--addresses", action="store_true", help="print where the texts are")
    parser.add_argument("--errors", action="store_true", help="show what was read wrongly")
    parser.add_argument("--round", choices=sorted(FILE_PREFIX_BY_ROUND), default="first", help="which documents")
    options = parser.parse_args()
    prefix = FILE_PREFIX_BY_ROUND[options.round]
    if options.addresses or options.texts is None:
        for row in load_csv_rows(f"{prefix}_sources.tsv"):
            print(f"{row['document']}.md  {LABEL_SOURCE_URL_TEMPLATE.format(**row)}")
        return
    texts = load_document_texts(options.texts, prefix)
    labels = load_document_labels(texts, prefix)
    structure, everything = QualityMeasure(frozenset({"list"})), QualityMeasure(frozenset({"list", "prose"}))
    for name, text in texts.items():
        errors = list(measure_document_labels(text, labels[name], [structure, everything]))
        if options.errors:
            print(*(f"{name}:{error}" for error in dict.fromkeys(errors)), sep="\n")
    print(f"{len(texts)} documents\n\n{structure.table('Structure')}\n\n{everything.table('Structure and prose')}")


if __name__ == "__main__":
    main()
