"""How well the screen finds words by which somebody could be found: recall and precision by category.

The labelled set (`data/screening.tsv`) was written for this, in ten languages, and tells of nobody. The signs were
tuned on one part of it. The part held out was written after them, to find what they miss; whatever was mended after
it had been measured is said in docs/measured.md. One hand wrote the signs and both parts: real texts will do worse.
What a category must find counts as found if any sign marks a part of it; a mark counts as right if it lies on
something that must be found.
"""

import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jukwaa import home
from jukwaa.core.safeguards import SafeguardHit, screen_text_for_reviewers, screen_text_for_signs

LABELLED_SCREENING_FILE = Path(__file__).parent / "data" / "screening.tsv"
SCREENING_DATA_PARTS = ("tuned", "held-out")
REGULAR_SIGN_CATEGORIES = ("mail", "telephone", "handle", "internet-address", "birth", "case-number")
NAME_SIGN_CATEGORIES = ("person", "place")
DEMO_FOLDER = Path(home.__file__).parent / "demo" / "data"
EXPECTED_HIT_PATTERN = re.compile(r"\[\[(.*?)\]\](?!\])")


@dataclass(frozen=True)
class LabelledText:
    part: str
    category: str
    text: str
    spans: tuple[tuple[int, int], ...]


def load_labelled_texts() -> Iterator[LabelledText]:
    for line in LABELLED_SCREENING_FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        part, category, _language, marked = line.split("\t")
        text, spans, at = "", [], 0
        for match in EXPECTED_HIT_PATTERN.finditer(marked):
            text += marked[at : match.start()]
            spans.append((len(text), len(text) + len(match[1])))
            text += match[1]
            at = match.end()
        yield LabelledText(part, category, text + marked[at:], tuple(spans))


def overlaps_text_span(hit: SafeguardHit, text_span: tuple[int, int]) -> bool:
    return hit.start < text_span[1] and text_span[0] < hit.end


def measure_screening(part_name: str) -> tuple[dict[str, list[bool]], dict[str, list[bool]], list[int]]:
    """By category whether each span was found; by sign whether each mark was right; marks on each ordinary sentence."""
    found: dict[str, list[bool]] = defaultdict(list)
    right: dict[str, list[bool]] = defaultdict(list)
    ordinary = []
    for each in load_labelled_texts():
        if each.part != part_name:
            continue
        text = each.text.replace("_", " ") if each.category == "file-name" else each.text
        hits = screen_text_for_reviewers(text)
        found[each.category] += [any(overlaps_text_span(hit, span) for hit in hits) for span in each.spans]
        for hit in hits:
            right[hit.sign.name].append(any(overlaps_text_span(hit, span) for span in each.spans))
        if each.category == "ordinary":
            ordinary.append(len(screen_text_for_signs(each.text)))
    return found, right, ordinary


def print_screening_table(part_name: str) -> None:
    found, right, ordinary = measure_screening(part_name)
    print(f"\n{part_name}\n\n| category | to be found | recall | marks | precision |\n|---|---:|---:|---:|---:|")
    for name in sorted({*found, *right} - {"ordinary"}):
        recall = f"{sum(found[name]) / len(found[name]):.2f}" if found[name] else ""
        precision = f"{sum(right[name]) / len(right[name]):.2f}" if right[name] else ""
        print(f"| {name} | {len(found[name]) or ''} | {recall} | {len(right[name]) or ''} | {precision} |")
    for title, names in (("regular", REGULAR_SIGN_CATEGORIES), ("names and places", NAME_SIGN_CATEGORIES)):
        together = [each for name in names for each in found[name]]
        print(f"\n{title}, together: {sum(together)} of {len(together)} found, {sum(together) / len(together):.2f}.")
    closely = sum(not each for marks in right.values() for each in marks)
    print(f"\n{len(ordinary)} ordinary sentences: {sum(ordinary)} marks of the everyday screen on them.")
    print(f"All wrong marks of the close look in this part: {closely}.")


def print_demo_warnings() -> None:
    """Over the demo's own records, which are real policy text: how often each look would stop a reader."""
    text = "\n".join(
        words
        for file in sorted(DEMO_FOLDER.rglob("*.toml"))
        for words in iter_demo_sentences(tomllib.loads(file.read_text()))
    )
    count = len(text.split())
    print(f"\nIn the {count} words of the demo's records, a mark stands once in so many words:\n")
    for title, hits in (
        ("everyday screen", screen_text_for_signs(text)),
        ("close look", screen_text_for_reviewers(text)),
    ):
        print(f"- {title}: {count // max(1, len(hits))} ({len(hits)} marks)")


def iter_demo_sentences(nested_value: Any) -> Iterator[str]:
    """The sentences in a data file, without its names and addresses."""
    if isinstance(nested_value, str):
        yield from [nested_value] if " " in nested_value else []
    elif isinstance(nested_value, dict | list):
        for each in nested_value.values() if isinstance(nested_value, dict) else nested_value:
            yield from iter_demo_sentences(each)


def print_screening_mistakes(part_name: str) -> None:
    """What was missed and what was marked wrongly: for tuning, and for the tuned part alone."""
    for each in load_labelled_texts():
        if each.part == part_name:
            text = each.text.replace("_", " ") if each.category == "file-name" else each.text
            hits = screen_text_for_reviewers(text)
            missed = [text[a:b] for a, b in each.spans if not any(overlaps_text_span(hit, (a, b)) for hit in hits)]
            wrong = [
                (hit.sign.name, text[hit.start : hit.end])
                for hit in hits
                if not any(overlaps_text_span(hit, span) for span in each.spans)
            ]
            if missed or wrong:
                print(each.category, "|", text, "| missed", missed, "| wrong", wrong)


if __name__ == "__main__":
    if sys.argv[1:] == ["misses"]:
        print_screening_mistakes("tuned")
    else:
        for name in SCREENING_DATA_PARTS:
            print_screening_table(name)
        print_demo_warnings()
