"""How well offers are found for a need, and what it costs: `python -m bench.together_help`.

Quality: the needs and offers of `bench/data/help.tsv`, made up and labelled for it. They are in two halves, one to tune
on and one to judge by; so far no weight of `cooperation/matching.py` was fitted to either. The words of the need in the
search of Jukwaa are the baseline, in the same run: precision among the first 5 and recall among the first 10.

Cost: a coalition with 5,000 offers and 5,000 needs.
"""

import csv
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.setup import a_place_of_its_own

LABELLED = Path(__file__).parent / "data" / "help.tsv"
MANY = int(os.environ.get("MANY", "5000"))
RUNS = 30


def labelled() -> tuple[dict[str, list[str]], list[list[str]]]:
    """Offers by key, and needs."""
    with LABELLED.open(encoding="utf-8") as lines:
        rows = [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]
    return {row[1]: row for row in rows if row[0] == "offer"}, [row for row in rows if row[0] == "need"]


def fields(row: list[str]) -> dict[str, Any]:
    countries, languages = (cell.split(",") if cell else [] for cell in (row[3], row[4]))
    return {"sort": row[2], "countries": countries, "languages": languages, "title": row[6], "summary": row[7]}


class Quality:
    def __init__(self) -> None:
        from jukwaa.coalitions.models import AreaOfWork
        from jukwaa.records import index
        from tests.factories import CoalitionFactory, NeedFactory, OfferFactory

        self.coalition = CoalitionFactory(slug="labelled", name="Labelled")
        offers, needs = labelled()
        names = {row[5] for row in [*offers.values(), *needs]} - {""}
        areas = {name: AreaOfWork.objects.create(coalition=self.coalition, name=name) for name in sorted(names)}

        def made(factory: Any, row: list[str]) -> Any:
            given = factory(coalition=self.coalition, published=True, language=row[4].split(",")[0], **fields(row))
            if row[5]:
                given.areas.add(areas[row[5]])
            index.refresh(given)
            return given

        self.keys = {made(OfferFactory, row).pk: key for key, row in offers.items()}
        self.needs = [(row[1], made(NeedFactory, row), row[8].split(",")) for row in needs]

    def suggested(self, need: Any) -> list[str]:
        from django.contrib.auth.models import AnonymousUser
        from django.utils import timezone

        from jukwaa.cooperation.matching import suggest
        from jukwaa.cooperation.models import Offer
        from jukwaa.cooperation.suggesting import candidates, plain

        areas = {area.pk for area in need.areas.all()}
        found = candidates(need, Offer, AnonymousUser())
        return [self.keys[each.pk] for each in suggest(plain(need, areas), found, timezone.localdate())]

    def searched(self, need: Any) -> list[str]:
        from django.contrib.auth.models import AnonymousUser

        from jukwaa.records import index

        words = f"{need.title} {need.summary}"
        found = index.any_words(
            self.coalition, AnonymousUser(), words, language=need.language, kind="help-offered", most=10
        )
        return [self.keys[pk] for pk in found]

    def table(self) -> Iterator[str]:
        yield "| half | needs | how | precision at 5 | recall at 10 | the first one fits |"
        yield "|---|---|---|---|---|---|"
        for half, name in (("a", "first"), ("b", "second"), ("ab", "both")):
            rows = [(need, set(fits)) for which, need, fits in self.needs if which in half]
            for how, find in (("plain search", self.searched), ("matching", self.suggested)):
                yield f"| {name} | {len(rows)} | {how} | {_scores(rows, find)} |"


def _scores(rows: list[tuple[Any, set[str]]], find: Callable[[Any], list[str]]) -> str:
    """Of five shown at most as many can fit as there are: what precision is possible stands beside it."""
    recall, first = [], []
    for need, fits in rows:
        found = find(need)
        recall.append(len(fits & set(found[:10])) / len(fits))
        first.append(bool(found) and found[0] in fits)
    raw = statistics.mean(len(fits & set(find(need)[:5])) / 5 for need, fits in rows)
    best = statistics.mean(min(5, len(fits)) / 5 for _need, fits in rows)
    return f"{raw:.2f} of {best:.2f} possible | {statistics.mean(recall):.2f} | {statistics.mean(first):.0%}"


def grown() -> Any:
    """A coalition of many, with a member; its offers and needs differ in all that is compared."""
    from jukwaa.coalitions.models import AreaOfWork
    from jukwaa.cooperation.schema import sorts
    from jukwaa.places.countries import COUNTRIES
    from jukwaa.records import index
    from tests.factories import CoalitionFactory, MembershipFactory, NeedFactory, OfferFactory

    choose = random.Random(7)
    coalition = CoalitionFactory(slug="many", name="Many")
    areas = [AreaOfWork.objects.create(coalition=coalition, name=f"Area {number}") for number in range(12)]
    seats = [MembershipFactory(coalition=coalition, organisation__coalition=coalition) for _ in range(200)]
    members = [seat.organisation for seat in seats]
    offers, needs = labelled()
    words = [row[6:8] for row in [*offers.values(), *needs]]
    names, codes = [sort.name for sort in sorts()], list(COUNTRIES)
    for number in range(MANY):
        for factory in (OfferFactory, NeedFactory):
            title, summary = choose.choice(words)[0], choose.choice(words)[1]
            given = factory(
                coalition=coalition,
                published=True,
                organisation=choose.choice(members),
                sort=choose.choice(names),
                countries=choose.sample(codes, choose.randint(0, 4)),
                title=f"{title} ({number})",
                summary=summary,
            )
            given.areas.add(choose.choice(areas))
            index.refresh(given)
    return coalition


def costs(coalition: Any) -> Iterator[str]:
    from django.contrib.auth.models import AnonymousUser
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from jukwaa.coalitions.models import Coalition
    from jukwaa.cooperation.matching import suggest
    from jukwaa.cooperation.models import Need, Offer
    from jukwaa.cooperation.suggesting import candidates, plain

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    needs = list(Need.objects.of(coalition)[:RUNS])
    read, ranked = [], []
    for need in needs:
        areas = {area.pk for area in need.areas.all()}
        begun = time.process_time()
        found = candidates(need, Offer, AnonymousUser())
        read.append((time.process_time() - begun) * 1000)
        begun = time.process_time()
        suggest(plain(need, areas), found, timezone.localdate())
        ranked.append((time.process_time() - begun) * 1000)
    yield f"| matching of one need: read {len(found)} candidates | {statistics.median(read):.1f} | |"
    yield f"| matching of one need: rank them | {statistics.median(ranked):.1f} | |"
    client = Client(headers={"host": "localhost"})
    for name, path in (
        ("offers and needs", f"/{coalition.slug}/together/"),
        ("list of offers", f"/{coalition.slug}/together/offers/"),
        ("list of offers, narrowed", f"/{coalition.slug}/together/offers/?sort=training&country=KE"),
        ("page of a need", needs[0].get_absolute_url()),
    ):
        spent = []
        for _ in range(8):
            Coalition.objects.bump([coalition.pk])  # so that it is made anew
            begun = time.process_time()
            answer = client.get(path)
            spent.append((time.process_time() - begun) * 1000)
        begun = time.process_time()
        client.get(path)
        kept = (time.process_time() - begun) * 1000
        size = len(answer.content) / 1024
        yield f"| {name}, made anew | {statistics.median(spent):.1f} | {size:.0f} kB unpacked; kept: {kept:.1f} ms |"


def main() -> None:
    with a_place_of_its_own():
        from django.db import transaction

        with transaction.atomic():
            quality = Quality()
        print("\n".join(quality.table()), flush=True)
        with transaction.atomic():
            coalition = grown()
        print(f"\n| with {MANY} offers and {MANY} needs | ms of CPU, median | |\n|---|---|---|")
        print("\n".join(costs(coalition)))


if __name__ == "__main__":
    main()
