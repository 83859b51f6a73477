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

PAGES = Path("/usr/share/man")
FOLDERS = {"en": "", "fr": "fr", "es": "es", "pt": "pt_BR", "ru": "ru", "zh": "zh_CN"}
CATALOGUES = ("ar", "sw")
MOST_TEXTS = 1_000  # of each language
LONGEST_TEXT = 6_000
TITLE_OF_A_MESSAGE = 6  # words
SHORTEST_TITLE = 3  # words; in Chinese, where none are told apart, twice as many characters
SHORTEST_WORD = 4  # that gets an error
WITHIN = 10
HOW = ("exact", "one error", "three words")

_REQUEST = re.compile(r"^[.'](?P<name>\\?\S*)\s?(?P<text>.*)$")
_ESCAPE = re.compile(r"\\(?:f(?:\[[^]]*\]|\(..|.)|\*(?:\[[^]]*\]|\(..|.)|[|^&,/:c%]|s[-+]?\d+)")
_SPELLED = {r"\-": "-", r"\(aq": "'", r"\(bu": "•", r"\e": "\\", r"\ ": " ", r"\~": " ", r"\(lq": "“", r"\(rq": "”"}


@dataclass(frozen=True)
class Text:
    language: str
    title: str
    body: str


def manual_pages(language: str, folder: str) -> Iterator[Text]:
    for path in sorted((PAGES / folder).glob("man[1-8]/*.gz")):
        try:
            source = gzip.decompress(path.read_bytes()).decode()
        except (OSError, UnicodeDecodeError):
            continue  # a link into nowhere, or an older encoding
        sections = re.split(r"^\.S[Hh]\s", source, flags=re.MULTILINE)
        if len(sections) > 2:
            name = " ".join(plain(sections[1]).split("\n")[1:])
            title = re.split(r"\s[-\u2013\u2014]+\s", name, maxsplit=1)[-1].strip()
            body = "\n".join(plain(section) for section in sections[2:])
            yield Text(language, title[:200], body[:LONGEST_TEXT])


def plain(section: str) -> str:
    """What a reader of the page would see, nearly: without the requests of the formatter."""
    lines = []
    for line in section.split("\n"):
        found = _REQUEST.match(line)
        text = line if found is None else "" if found["name"].startswith('\\"') else found["text"].strip('"')
        for spelled, letter in _SPELLED.items():
            text = text.replace(spelled, letter)
        lines.append(_ESCAPE.sub("", text))
    return "\n".join(lines)


def messages(language: str) -> Iterator[Text]:
    import allauth
    import django

    for package in (django, allauth):
        root = Path(str(package.__file__)).parent
        for path in sorted(root.rglob(f"locale/{language}/LC_MESSAGES/*.mo")):
            with path.open("rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog  # noqa: SLF001 - there is no other list of them
            for key, text in catalogue.items():
                words = text.split()
                if key and len(words) > TITLE_OF_A_MESSAGE:
                    yield Text(language, " ".join(words[:TITLE_OF_A_MESSAGE]), " ".join(words[TITLE_OF_A_MESSAGE:]))


def collection(source: random.Random) -> list[Text]:
    """At most so many of each language, each title once."""
    texts: list[Text] = []
    for language in [*FOLDERS, *CATALOGUES]:
        found = manual_pages(language, FOLDERS[language]) if language in FOLDERS else messages(language)
        by_title: dict[str, list[Text]] = defaultdict(list)
        for text in found:
            by_title[text.title.casefold()].append(text)
        single = [same[0] for same in by_title.values() if len(same) == 1 and is_long_enough(same[0])]
        texts += source.sample(single, min(MOST_TEXTS, len(single)))
    return texts


def is_long_enough(text: Text) -> bool:
    return len(text.title) >= 2 * SHORTEST_TITLE if text.language == "zh" else len(text.title.split()) >= SHORTEST_TITLE


def with_an_error(title: str, language: str, source: random.Random) -> str | None:
    """One letter of one word left out, doubled, changed for another of the title, or changed places; None if it is too
    short for that. In Chinese one character is changed.
    """
    from jukwaa.records.index.analyser import plain_words

    if language == "zh":
        places = [place for place, letter in enumerate(title) if letter > "\u4e00"]
        place = source.choice(places) if len(places) > SHORTEST_WORD else None
        return None if place is None else f"{title[:place]}{source.choice('的一是不了人我在有他')}{title[place + 1 :]}"
    words = [word for word in plain_words(title) if len(word) >= SHORTEST_WORD and word.isalpha()]
    if not words:
        return None
    word = source.choice(words)
    return re.sub(rf"(?<!\w){word}(?!\w)", misspelt(word, source), title, count=1, flags=re.IGNORECASE)


def some_of_it(title: str, language: str, source: random.Random) -> str:
    """Three words of a title in their order, or six characters of a Chinese one."""
    from jukwaa.records.index.analyser import plain_words

    if language == "zh":
        start = source.randrange(max(len(title) - 5, 1))
        return title[start : start + 6]
    words = plain_words(title)
    chosen = sorted(source.sample(range(len(words)), min(3, len(words))))
    return " ".join(words[place] for place in chosen)


def misspelt(word: str, source: random.Random) -> str:
    at = source.randrange(len(word) - 1)
    return source.choice(
        [
            word[:at] + word[at + 1 :],
            word[: at + 1] + word[at:],
            word[:at] + source.choice(sorted(set(word) - {word[at]}) or "x") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def fill(texts: list[Text]) -> tuple[Any, list[int]]:
    """A coalition with the texts as public records; and their numbers."""
    from django.db import transaction
    from django.utils import timezone

    from jukwaa.records.index.engine import engine
    from jukwaa.records.index.writing import rows_of
    from jukwaa.records.models import Document, State
    from tests.factories import CoalitionFactory

    coalition = CoalitionFactory(slug="bench", name="Bench")
    numbers = []
    with transaction.atomic():
        for text in texts:
            document = Document(
                coalition=coalition, kind="document", title=text.title, text=text.body, language=text.language
            )
            document.state, document.published_at, document.fingerprint = State.PUBLISHED, timezone.now(), "0" * 64
            document.save()
            engine().write(rows_of(document))
            numbers.append(document.pk)
    return coalition, numbers


def plain_fts5(texts: list[Text]) -> Callable[[Text, str], list[int]]:
    """The baseline: what SQLite offers by itself, all words, best first."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE plain USING fts5(title, body, tokenize='unicode61')")
    database.executemany("INSERT INTO plain VALUES (?, ?)", [(text.title, text.body) for text in texts])

    def find(_text: Text, query: str) -> list[int]:
        asked = " ".join(f'"{word}"' for word in query.replace('"', " ").split())
        rows = database.execute(
            "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY bm25(plain, 3.0, 1.0) LIMIT ?", [asked, WITHIN]
        )
        return [rowid - 1 for (rowid,) in rows]

    return find


def ours(coalition: Any, numbers: list[int]) -> Callable[[Text, str], list[int]]:
    from django.contrib.auth.models import AnonymousUser

    from jukwaa.records import index

    places = {number: place for place, number in enumerate(numbers)}

    def find(text: Text, query: str) -> list[int]:
        found = index.search(coalition, AnonymousUser(), query, own_language=text.language)
        return [places[hit.record.pk] for hit in found.hits[:WITHIN]]

    return find


def score(
    texts: list[Text], asked: list[tuple[int, str]], find: Callable[[Text, str], list[int]]
) -> tuple[float, float]:
    """Mean reciprocal rank, and the share that is among the first ten."""
    ranks = []
    for place, query in asked:
        found = find(texts[place], query)
        ranks.append(found.index(place) + 1 if place in found else 0)
    return sum(1 / rank for rank in ranks if rank) / len(ranks), sum(map(bool, ranks)) / len(ranks)


def report(most: int, seed: int) -> list[str]:
    source = random.Random(seed)
    texts = collection(source)
    coalition, numbers = fill(texts)
    ways = {"Jukwaa": ours(coalition, numbers), "plain FTS5": plain_fts5(texts)}
    lines = [
        "| language | texts | asked | " + " | ".join(f"{name}, {how}" for how in HOW for name in ways),
        "|---|---|---|" + "---|" * len(HOW) * len(ways),
    ]
    lines[0] += " |"
    every: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for language in dict.fromkeys(text.language for text in texts):
        places = [place for place, text in enumerate(texts) if text.language == language]
        chosen = source.sample(places, min(most, len(places)))
        asked = questions(chosen, texts, source)
        for how, queries in asked.items():
            every[how] += queries
        lines.append(row(language, len(places), texts, asked, ways))
    lines.append(row("all", len(texts), texts, every, ways))
    return ["MRR / recall at 10:", "", *lines]


def questions(chosen: list[int], texts: list[Text], source: random.Random) -> dict[str, list[tuple[int, str]]]:
    """Each way of asking for each of them."""
    asked: dict[str, list[tuple[int, str]]] = {how: [] for how in HOW}
    for place in chosen:
        title, language = texts[place].title, texts[place].language
        asked["exact"].append((place, title))
        if (wrong := with_an_error(title, language, source)) is not None:
            asked["one error"].append((place, wrong))
        asked["three words"].append((place, some_of_it(title, language, source)))
    return asked


def row(name: str, size: int, texts: list[Text], asked: dict[str, list[tuple[int, str]]], ways: dict[str, Any]) -> str:
    cells = [
        f"{mrr:.2f} / {recall:.2f}"
        for how in asked
        for mrr, recall in (score(texts, asked[how], way) for way in ways.values())
    ]
    return f"| {name} | {size} | {len(asked['exact'])} | {' | '.join(cells)} |"


def main() -> None:
    import argparse

    from bench.setup import a_place_of_its_own

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=100, help="of each language, exact and with an error")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with a_place_of_its_own():
        print("\n".join(report(options.queries, options.seed)))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
