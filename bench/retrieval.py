"""How well the search finds what somebody half remembers: `python -m bench.retrieval` (or under bin/with-postgres).

Known-item search by rule. The texts are Debian's manual pages in six languages (apt-get install manpages manpages-fr
manpages-es manpages-pt-br manpages-ru manpages-zh), each a record whose title is what its NAME line says it does. There
are none in Arabic and Swahili, so the messages of Django and allauth in these languages stand in for them: a message's
first six words are its title. The words of a title must find their record, among all of them: as they are, with one
typing error in one word, and three of them alone. Plain FTS5 over the same texts is asked the same in the same run.
"""

import gettext
import gzip
import random
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANUAL_FOLDER = Path("/usr/share/man")
MANUAL_FOLDERS_BY_LANGUAGE = {"en": "", "fr": "fr", "es": "es", "pt": "pt_BR", "ru": "ru", "zh": "zh_CN"}
CATALOGUE_LANGUAGES = ("ar", "sw")
MAX_TEXT_COUNT = 1_000  # of each language
MAX_TEXT_LENGTH = 6_000
MAX_TITLE_WORDS = 6  # words
MIN_TITLE_WORDS = 3  # words; in Chinese, where none are told apart, twice as many characters
MIN_WORD_LENGTH = 4  # that gets an error
TOP_RESULT_COUNT = 10
RETRIEVAL_QUERY_TYPES = ("exact", "one error", "three words")

ROFF_REQUEST_PATTERN = re.compile(r"^[.'](?P<name>\\?\S*)\s?(?P<text>.*)$")
ROFF_ESCAPE_PATTERN = re.compile(r"\\(?:f(?:\[[^]]*\]|\(..|.)|\*(?:\[[^]]*\]|\(..|.)|[|^&,/:c%]|s[-+]?\d+)")
ROFF_ESCAPED_CHARACTERS = {
    r"\-": "-",
    r"\(aq": "'",
    r"\(bu": "•",
    r"\e": "\\",
    r"\ ": " ",
    r"\~": " ",
    r"\(lq": "“",
    r"\(rq": "”",
}


@dataclass(frozen=True)
class SampleText:
    language: str
    title: str
    body: str


def load_manual_pages(language: str, folder: str) -> Iterator[SampleText]:
    for path in sorted((MANUAL_FOLDER / folder).glob("man[1-8]/*.gz")):
        try:
            source = gzip.decompress(path.read_bytes()).decode()
        except (OSError, UnicodeDecodeError):
            continue  # a link into nowhere, or an older encoding
        sections = re.split(r"^\.S[Hh]\s", source, flags=re.MULTILINE)
        if len(sections) > 2:
            name = " ".join(strip_roff_formatting(sections[1]).split("\n")[1:])
            title = re.split(r"\s[-\u2013\u2014]+\s", name, maxsplit=1)[-1].strip()
            body = "\n".join(strip_roff_formatting(section) for section in sections[2:])
            yield SampleText(language, title[:200], body[:MAX_TEXT_LENGTH])


def strip_roff_formatting(manual_section: str) -> str:
    """What a reader of the page would see, nearly: without the requests of the formatter."""
    lines = []
    for line in manual_section.split("\n"):
        found = ROFF_REQUEST_PATTERN.match(line)
        text = line if found is None else "" if found["name"].startswith('\\"') else found["text"].strip('"')
        for spelled, letter in ROFF_ESCAPED_CHARACTERS.items():
            text = text.replace(spelled, letter)
        lines.append(ROFF_ESCAPE_PATTERN.sub("", text))
    return "\n".join(lines)


def load_catalogue_messages(language: str) -> Iterator[SampleText]:
    import allauth
    import django

    for package in (django, allauth):
        root = Path(str(package.__file__)).parent
        for path in sorted(root.rglob(f"locale/{language}/LC_MESSAGES/*.mo")):
            with path.open("rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog  # noqa: SLF001 - there is no other list of them
            for key, text in catalogue.items():
                words = text.split()
                if key and len(words) > MAX_TITLE_WORDS:
                    yield SampleText(language, " ".join(words[:MAX_TITLE_WORDS]), " ".join(words[MAX_TITLE_WORDS:]))


def load_language_collection(random_source: random.Random) -> list[SampleText]:
    """At most so many of each language, each title once."""
    texts: list[SampleText] = []
    for language in [*MANUAL_FOLDERS_BY_LANGUAGE, *CATALOGUE_LANGUAGES]:
        found = (
            load_manual_pages(language, MANUAL_FOLDERS_BY_LANGUAGE[language])
            if language in MANUAL_FOLDERS_BY_LANGUAGE
            else load_catalogue_messages(language)
        )
        by_title: dict[str, list[SampleText]] = defaultdict(list)
        for text in found:
            by_title[text.title.casefold()].append(text)
        single = [same[0] for same in by_title.values() if len(same) == 1 and is_long_enough(same[0])]
        texts += random_source.sample(single, min(MAX_TEXT_COUNT, len(single)))
    return texts


def is_long_enough(text: SampleText) -> bool:
    return (
        len(text.title) >= 2 * MIN_TITLE_WORDS if text.language == "zh" else len(text.title.split()) >= MIN_TITLE_WORDS
    )


def add_typing_error(title: str, language: str, random_source: random.Random) -> str | None:
    """One letter of one word left out, doubled, changed for another of the title, or changed places; None if it is too
    short for that. In Chinese one character is changed.
    """
    from jukwaa.records.index.analyser import split_text_words

    if language == "zh":
        places = [place for place, letter in enumerate(title) if letter > "\u4e00"]
        place = random_source.choice(places) if len(places) > MIN_WORD_LENGTH else None
        return (
            None
            if place is None
            else f"{title[:place]}{random_source.choice('的一是不了人我在有他')}{title[place + 1 :]}"
        )
    words = [word for word in split_text_words(title) if len(word) >= MIN_WORD_LENGTH and word.isalpha()]
    if not words:
        return None
    word = random_source.choice(words)
    return re.sub(rf"(?<!\w){word}(?!\w)", misspell_word(word, random_source), title, count=1, flags=re.IGNORECASE)


def pick_query_words(title: str, language: str, random_source: random.Random) -> str:
    """Three words of a title in their order, or six characters of a Chinese one."""
    from jukwaa.records.index.analyser import split_text_words

    if language == "zh":
        start = random_source.randrange(max(len(title) - 5, 1))
        return title[start : start + 6]
    words = split_text_words(title)
    chosen = sorted(random_source.sample(range(len(words)), min(3, len(words))))
    return " ".join(words[place] for place in chosen)


def misspell_word(word: str, random_source: random.Random) -> str:
    at = random_source.randrange(len(word) - 1)
    return random_source.choice(
        [
            word[:at] + word[at + 1 :],
            word[: at + 1] + word[at:],
            word[:at] + random_source.choice(sorted(set(word) - {word[at]}) or "x") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def create_sample_records(sample_texts: list[SampleText]) -> tuple[Any, list[int]]:
    """A coalition with the texts as public records; and their numbers."""
    from django.db import transaction
    from django.utils import timezone

    from jukwaa.records.index.current_engine import get_search_engine
    from jukwaa.records.index.indexer import build_passage_rows
    from jukwaa.records.models import Document, State
    from tests.factories import CoalitionFactory

    coalition = CoalitionFactory(slug="bench", name="Bench")
    numbers = []
    with transaction.atomic():
        for text in sample_texts:
            document = Document(
                coalition=coalition, kind="document", title=text.title, text=text.body, language=text.language
            )
            document.state, document.published_at, document.fingerprint = State.PUBLISHED, timezone.now(), "0" * 64
            document.save()
            get_search_engine().write(build_passage_rows(document))
            numbers.append(document.pk)
    return coalition, numbers


def build_fts5_search(sample_texts: list[SampleText]) -> Callable[[SampleText, str], list[int]]:
    """The baseline: what SQLite offers by itself, all words, best first."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE plain USING fts5(title, body, tokenize='unicode61')")
    database.executemany("INSERT INTO plain VALUES (?, ?)", [(text.title, text.body) for text in sample_texts])

    def find_with_fts5(_text: SampleText, search_query: str) -> list[int]:
        asked = " ".join(f'"{word}"' for word in search_query.replace('"', " ").split())
        rows = database.execute(
            "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY bm25(plain, 3.0, 1.0) LIMIT ?",
            [asked, TOP_RESULT_COUNT],
        )
        return [rowid - 1 for (rowid,) in rows]

    return find_with_fts5


def build_own_search(coalition: Any, passage_numbers: list[int]) -> Callable[[SampleText, str], list[int]]:
    from django.contrib.auth.models import AnonymousUser

    from jukwaa.records import index

    places = {number: place for place, number in enumerate(passage_numbers)}

    def find_with_own_engine(text: SampleText, search_query: str) -> list[int]:
        found = index.search_records(coalition, AnonymousUser(), search_query, own_language=text.language)
        return [places[hit.record.pk] for hit in found.hits[:TOP_RESULT_COUNT]]

    return find_with_own_engine


def compute_retrieval_score(
    sample_texts: list[SampleText],
    queries: list[tuple[int, str]],
    find_text_ids: Callable[[SampleText, str], list[int]],
) -> tuple[float, float]:
    """Mean reciprocal rank, and the share that is among the first ten."""
    ranks = []
    for place, query in queries:
        found = find_text_ids(sample_texts[place], query)
        ranks.append(found.index(place) + 1 if place in found else 0)
    return sum(1 / rank for rank in ranks if rank) / len(ranks), sum(map(bool, ranks)) / len(ranks)


def build_retrieval_report(result_limit: int, seed: int) -> list[str]:
    source = random.Random(seed)
    texts = load_language_collection(source)
    coalition, numbers = create_sample_records(texts)
    ways = {"Jukwaa": build_own_search(coalition, numbers), "plain FTS5": build_fts5_search(texts)}
    lines = [
        "| language | texts | asked | "
        + " | ".join(f"{name}, {how}" for how in RETRIEVAL_QUERY_TYPES for name in ways),
        "|---|---|---|" + "---|" * len(RETRIEVAL_QUERY_TYPES) * len(ways),
    ]
    lines[0] += " |"
    every: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for language in dict.fromkeys(text.language for text in texts):
        places = [place for place, text in enumerate(texts) if text.language == language]
        chosen = source.sample(places, min(result_limit, len(places)))
        asked = build_retrieval_queries(chosen, texts, source)
        for how, queries in asked.items():
            every[how] += queries
        lines.append(render_retrieval_row(language, len(places), texts, asked, ways))
    lines.append(render_retrieval_row("all", len(texts), texts, every, ways))
    return ["MRR / recall at 10:", "", *lines]


def build_retrieval_queries(
    chosen_indexes: list[int], sample_texts: list[SampleText], random_source: random.Random
) -> dict[str, list[tuple[int, str]]]:
    """Each way of asking for each of them."""
    asked: dict[str, list[tuple[int, str]]] = {how: [] for how in RETRIEVAL_QUERY_TYPES}
    for place in chosen_indexes:
        title, language = sample_texts[place].title, sample_texts[place].language
        asked["exact"].append((place, title))
        if (wrong := add_typing_error(title, language, random_source)) is not None:
            asked["one error"].append((place, wrong))
        asked["three words"].append((place, pick_query_words(title, language, random_source)))
    return asked


def render_retrieval_row(
    method_name: str,
    text_count: int,
    sample_texts: list[SampleText],
    queries: dict[str, list[tuple[int, str]]],
    search_methods: dict[str, Any],
) -> str:
    cells = [
        f"{mrr:.2f} / {recall:.2f}"
        for how in queries
        for mrr, recall in (compute_retrieval_score(sample_texts, queries[how], way) for way in search_methods.values())
    ]
    return f"| {method_name} | {text_count} | {len(queries['exact'])} | {' | '.join(cells)} |"


def main() -> None:
    import argparse

    from bench.setup import use_temporary_installation

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=100, help="of each language, exact and with an error")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with use_temporary_installation():
        print("\n".join(build_retrieval_report(options.queries, options.seed)))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
