"""How well offers are found for a need: `python -m bench.together_help`. What it costs: `bench/together.py`.

Quality: the needs and offers of `bench/data/help.tsv`, made up and labelled for it. They are in two halves, one to tune
on and one to judge by; so far no weight of `cooperation/matching.py` was fitted to either. The words of the need in the
search of Jukwaa are the baseline, in the same run: precision among the first 5 and recall among the first 10.
"""

import csv
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.setup import use_temporary_installation

LABELLED_HELP_FILE = Path(__file__).parent / "data" / "help.tsv"


def load_labelled_help() -> tuple[dict[str, list[str]], list[list[str]]]:
    """Offers by key, and needs."""
    with LABELLED_HELP_FILE.open(encoding="utf-8") as lines:
        rows = [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]
    return {row[1]: row for row in rows if row[0] == "offer"}, [row for row in rows if row[0] == "need"]


def build_help_fields(help_row: list[str]) -> dict[str, Any]:
    countries, languages = (cell.split(",") if cell else [] for cell in (help_row[3], help_row[4]))
    return {
        "sort": help_row[2],
        "countries": countries,
        "languages": languages,
        "title": help_row[6],
        "summary": help_row[7],
    }


class MatchingQuality:
    def __init__(self) -> None:
        from jukwaa.coalitions.models import AreaOfWork
        from jukwaa.records import index
        from tests.factories import CoalitionFactory, NeedFactory, OfferFactory

        self.coalition = CoalitionFactory(slug="labelled", name="Labelled")
        offers, needs = load_labelled_help()
        names = {row[5] for row in [*offers.values(), *needs]} - {""}
        areas = {name: AreaOfWork.objects.create(coalition=self.coalition, name=name) for name in sorted(names)}

        def create_help_row(factory: Any, help_row: list[str]) -> Any:
            given = factory(
                coalition=self.coalition,
                published=True,
                language=help_row[4].split(",")[0],
                **build_help_fields(help_row),
            )
            if help_row[5]:
                given.areas.add(areas[help_row[5]])
            index.reindex_record(given)
            return given

        self.keys = {create_help_row(OfferFactory, row).pk: key for key, row in offers.items()}
        self.needs = [(row[1], create_help_row(NeedFactory, row), row[8].split(",")) for row in needs]

    def suggested(self, need: Any) -> list[str]:
        from django.contrib.auth.models import AnonymousUser
        from django.utils import timezone

        from jukwaa.cooperation.help_matching import rank_help_suggestions
        from jukwaa.cooperation.models import Offer
        from jukwaa.cooperation.suggestions import build_help_facts, find_help_candidates

        areas = {area.pk for area in need.areas.all()}
        found = find_help_candidates(need, Offer, AnonymousUser())
        return [
            self.keys[each.pk]
            for each in rank_help_suggestions(build_help_facts(need, areas), found, timezone.localdate())
        ]

    def searched(self, need: Any) -> list[str]:
        from django.contrib.auth.models import AnonymousUser

        from jukwaa.records import index

        words = f"{need.title} {need.summary}"
        found = index.find_records_with_any_word(
            self.coalition, AnonymousUser(), words, language=need.language, record_kind="help-offered", max_results=10
        )
        return [self.keys[pk] for pk in found]

    def table(self) -> Iterator[str]:
        yield "| half | needs | how | precision at 5 | recall at 10 | the first one fits |"
        yield "|---|---|---|---|---|---|"
        for half, name in (("a", "first"), ("b", "second"), ("ab", "both")):
            rows = [(need, set(fits)) for which, need, fits in self.needs if which in half]
            for how, find in (("plain search", self.searched), ("matching", self.suggested)):
                yield f"| {name} | {len(rows)} | {how} | {_compute_matching_scores(rows, find)} |"


def _compute_matching_scores(
    labelled_rows: list[tuple[Any, set[str]]], find_suggestions: Callable[[Any], list[str]]
) -> str:
    """Of five shown at most as many can fit as there are: what precision is possible stands beside it."""
    recall, first = [], []
    for need, fits in labelled_rows:
        found = find_suggestions(need)
        recall.append(len(fits & set(found[:10])) / len(fits))
        first.append(bool(found) and found[0] in fits)
    raw = statistics.mean(len(fits & set(find_suggestions(need)[:5])) / 5 for need, fits in labelled_rows)
    best = statistics.mean(min(5, len(fits)) / 5 for _need, fits in labelled_rows)
    return f"{raw:.2f} of {best:.2f} possible | {statistics.mean(recall):.2f} | {statistics.mean(first):.0%}"


def main() -> None:
    with use_temporary_installation():
        from django.db import transaction

        with transaction.atomic():
            quality = MatchingQuality()
        print("\n".join(quality.table()), flush=True)


if __name__ == "__main__":
    main()
