"""How fast the one search index is: `python -m bench.search --passages 20000` (or under bin/with-postgres).

The texts are made up: names of countries, languages and times in twelve languages (from CLDR, by Babel), and words made
of their syllables, drawn as often as words of real texts are (Zipf). Each measure is taken in one run beside the
engine's own query: the same words, no access rule, best twenty passages.
"""

import argparse
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.setup import update_database_statistics

SEARCH_LANGUAGES = ("en", "fr", "es", "pt", "de", "ru", "ar", "hi", "zh", "ja", "th", "tr")
VOCABULARY_SIZE = 30_000
FUNCTION_WORD_COUNT = 100  # the most frequent ones are not asked for
PASSAGES_PER_RECORD = 10
WORDS_PER_PASSAGE = 60
RECORD_KINDS = ("document", "meeting", "topic", "announcement", "decision", "commitment", "observation")


def build_random_vocabulary(language: str, random_source: random.Random) -> list[str]:
    """Words of the language, and as many more as a large collection has, made of their parts."""
    from babel import Locale

    locale = Locale.parse(language)
    names = [*locale.territories.values(), *locale.languages.values(), *locale.currencies.values()]
    words = sorted({word for name in names for word in re.split(r"[\s(),/\u2019'.-]+", name.lower()) if len(word) > 1})
    random_source.shuffle(words)
    made: dict[str, None] = dict.fromkeys(words)
    while len(made) < VOCABULARY_SIZE:
        head, tail = random_source.choice(words), random_source.choice(words)
        made[head[: max(2, len(head) // 2)] + tail[len(tail) // 2 :]] = None
    return list(made)[:VOCABULARY_SIZE]


class TextGenerator:
    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.words = {language: build_random_vocabulary(language, self.random) for language in SEARCH_LANGUAGES}
        weights = [1 / (rank + 2.7) for rank in range(VOCABULARY_SIZE)]
        self.weights = _accumulate_word_weights(weights)

    def passage(self, language: str) -> str:
        return self.joined(
            language, self.random.choices(self.words[language], cum_weights=self.weights, k=WORDS_PER_PASSAGE)
        )

    def title(self, language: str) -> str:
        return self.joined(language, self.random.choices(self.words[language], cum_weights=self.weights, k=6))[:200]

    def query(self, language: str) -> str:
        """One to three words of one passage, none of them among the most frequent."""
        common = set(self.words[language][:FUNCTION_WORD_COUNT])
        drawn = self.random.choices(self.words[language], cum_weights=self.weights, k=WORDS_PER_PASSAGE)
        telling = [word for word in drawn if word not in common]
        return " ".join(telling[: self.random.choice([1, 2, 2, 3])])

    @staticmethod
    def joined(language: str, words: list[str]) -> str:
        return ("" if language in {"zh", "ja", "th"} else " ").join(words)


def _accumulate_word_weights(weights: list[float]) -> list[float]:
    total, sums = 0.0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return sums


def create_search_records(text_generator: TextGenerator, passage_count: int) -> Any:
    """A coalition with four fifths of the records and another with the rest; returns the coalition and a member."""
    from tests.factories import CoalitionFactory

    coalition = CoalitionFactory(slug="bench", name="Bench")
    other = CoalitionFactory(slug="other", name="Other")
    done = 0
    while done < passage_count:
        size = min(500, -(-(passage_count - done) // PASSAGES_PER_RECORD))
        write_search_records(text_generator, coalition, other, size)
        done += size * PASSAGES_PER_RECORD
    return coalition, create_search_reader(coalition)


def create_search_reader(coalition: Any) -> Any:
    """A delegate: a seat through an organisation, so that the whole rule is at work."""
    from tests.factories import AffiliationFactory, MembershipFactory

    organisation = MembershipFactory(coalition=coalition, organisation__coalition=coalition).organisation
    return AffiliationFactory(organisation=organisation).person


def write_search_records(text_generator: TextGenerator, coalition: Any, other_records: Any, passage_count: int) -> None:
    from django.db import transaction

    from jukwaa.records.index.analyser import tokenize_text
    from jukwaa.records.index.current_engine import get_search_engine
    from jukwaa.records.index.engine import PASSAGE_POSITION_BITS, PassageRow, PassageWords
    from jukwaa.records.models import Record

    with transaction.atomic():
        records = Record.objects.bulk_create(
            list(build_search_records(text_generator, coalition, other_records, passage_count))
        )
        link_records_to_areas(text_generator, coalition, records)
        link_records_to_authors(text_generator, coalition, records)
        rows = []
        for record in records:
            title = tokenize_text(record.title, record.language)
            for position in range(PASSAGES_PER_RECORD):
                text = text_generator.passage(record.language)
                words = PassageWords([], title, tokenize_text(text, record.language))
                if position == 0:
                    text, words = f"{record.title}\n{text}", PassageWords(title, [], words.body)
                pk = record.pk << PASSAGE_POSITION_BITS | position
                rows.append(PassageRow(pk, record.pk, f"c{position}", record.language, text, position, words))
        get_search_engine().write(rows)


def build_search_records(
    text_generator: TextGenerator, coalition: Any, other_records: Any, passage_count: int
) -> Iterator[Any]:
    from django.utils import timezone

    from jukwaa.places.countries import COUNTRIES_BY_CODE
    from jukwaa.records.models import Label, Record, State

    choice, codes = text_generator.random.choices, list(COUNTRIES_BY_CODE)
    for _ in range(passage_count):
        language = text_generator.random.choice(SEARCH_LANGUAGES)
        draft = text_generator.random.random() < 0.05
        yield Record(
            coalition=coalition if text_generator.random.random() < 0.8 else other_records,
            kind=text_generator.random.choice(RECORD_KINDS),
            title=text_generator.title(language),
            language=language,
            label=choice([Label.CLEAR, Label.GREEN, Label.AMBER, Label.RED], [75, 15, 7, 3])[0],
            state=State.DRAFT if draft else State.PUBLISHED,
            published_at=None if draft else timezone.now() - timedelta(days=text_generator.random.randrange(3_000)),
            countries=text_generator.random.sample(codes, text_generator.random.choice([0, 1, 1, 2])),
        )


def link_records_to_areas(text_generator: TextGenerator, coalition: Any, records: list[Any]) -> None:
    from jukwaa.coalitions.models import AreaOfWork
    from jukwaa.records.models import Record

    for number in range(5):
        AreaOfWork.objects.get_or_create(coalition=coalition, name=f"Area {number}")
    areas = list(AreaOfWork.objects.filter(coalition=coalition))
    links = Record.areas.through
    links.objects.bulk_create(
        links(record_id=r.pk, areaofwork_id=text_generator.random.choice(areas).pk) for r in records
    )


def link_records_to_authors(text_generator: TextGenerator, coalition: Any, records: list[Any]) -> None:
    """Each record was written by one person, in a capacity of one of the stakeholder groups."""
    from jukwaa.accounts.models import Person
    from jukwaa.coalitions.models import Capacity
    from jukwaa.places.regions import StakeholderGroup
    from jukwaa.records.models import Authorship

    author, _created = Person.objects.get_or_create(email="author@example.org", defaults={"name": "Author"})
    for group in StakeholderGroup:
        Capacity.objects.get_or_create(coalition=coalition, name=group.label, stakeholder_group=group)
    capacities = list(Capacity.objects.filter(coalition=coalition))
    Authorship.objects.bulk_create(
        Authorship(record=record, person=author, capacity=text_generator.random.choice(capacities))
        for record in records
    )


RAW_QUERY_SQL_BY_VENDOR = {
    "sqlite": "SELECT rowid FROM records_passage_words WHERE records_passage_words MATCH %s ORDER BY rank LIMIT 20",
    "postgresql": "SELECT id FROM records_passage WHERE words @@ %s::tsquery"
    " ORDER BY ts_rank_cd(words, %s::tsquery) DESC LIMIT 20",
}


def build_search_queries(coalition: Any, search_reader: Any) -> dict[str, Callable[[str], object]]:
    from django.db import connection

    from jukwaa.records.index.current_engine import get_search_engine
    from jukwaa.records.index.query import parse_search_query
    from jukwaa.records.index.search_results import get_indexed_languages, search_records
    from jukwaa.records.index.search_sql import SearchFilters, SearchScope, run_search_query

    languages = get_indexed_languages()

    def run_unranked_query(search_query: str) -> object:
        match = get_search_engine().match(parse_search_query(search_query, languages))
        with connection.cursor() as cursor:
            cursor.execute(RAW_QUERY_SQL_BY_VENDOR[connection.vendor], match.after_visible or match.in_score * 2)
            return cursor.fetchall()

    def build_search_scope(*, counts: bool) -> SearchScope:
        return SearchScope(
            coalition=coalition, viewer=search_reader, filters=SearchFilters(), own_language="en", counts=counts
        )

    return {
        "the engine's own query": run_unranked_query,
        "records, with the access rule": lambda query: run_search_query(
            parse_search_query(query, languages), build_search_scope(counts=False)
        ),
        "and counts": lambda query: run_search_query(
            parse_search_query(query, languages), build_search_scope(counts=True)
        ),
        "a page of results, marked": lambda query: search_records(coalition, search_reader, query, own_language="en"),
    }


def measure_search_queries(
    queries: list[str], search_methods: dict[str, Callable[[str], object]]
) -> dict[str, list[tuple[float, float]]]:
    """CPU and wall milliseconds of each query each way, taken in turn so that all share the machine's mood."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in search_methods}
    for query in queries:
        for name, way in search_methods.items():
            cpu, wall = time.process_time(), time.perf_counter()
            way(query)
            taken[name].append(((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000))
    return taken


def render_table(timings: dict[str, list[tuple[float, float]]]) -> list[str]:
    """Rows of Markdown. The ratio is of the sums: what all queries together cost."""
    base = sum(wall for _cpu, wall in next(iter(timings.values())))
    lines = ["| | CPU p50 | CPU p95 | wall p50 | wall p95 | ratio |", "|---|---|---|---|---|---|"]
    for name, pairs in timings.items():
        cells = []
        for column in (0, 1):
            values = sorted(pair[column] for pair in pairs)
            cells += [f"{statistics.median(values):.1f}", f"{values[int(len(values) * 0.95)]:.1f}"]
        ratio = sum(wall for _cpu, wall in pairs) / base
        lines.append(f"| {name} | {' | '.join(cells)} | {ratio:.2f} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--keep", help="a folder to keep the database in, or to find it in again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jukwaa-bench-") as folder:
        os.environ["JUKWAA_DATA"] = options.keep or folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jukwaa.config.settings")
        import django

        django.setup()
        print("\n".join(build_search_report(options.iter_passages, options.queries)))


def build_search_report(passage_count: int, query_count: int) -> list[str]:
    from django.core.management import call_command
    from django.db import connection

    from jukwaa.coalitions.models import Affiliation, Coalition

    texts = TextGenerator()
    if "records_record" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    if (coalition := Coalition.objects.filter(slug="bench").first()) is None:
        coalition, reader = create_search_records(texts, passage_count)
        update_database_statistics()
    else:
        reader = Affiliation.objects.get().person
    built = time.perf_counter() - begun
    texts.random.seed(2)
    asked = [texts.query(texts.random.choice(SEARCH_LANGUAGES)) for _ in range(query_count)]
    ways = build_search_queries(coalition, reader)
    measure_search_queries(asked[:20], ways)
    head = (
        f"{connection.vendor}, {passage_count:,} passages, {query_count} queries; built in {built:.0f} s (milliseconds)"
    )
    return [head, "", *render_table(measure_search_queries(asked, ways))]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
