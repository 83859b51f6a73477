"""Which organisation of the directory a few words mean: "INSAFE network", "Representative of Mauritius government".

Read the directory once, ask it often: `Directory.of(coalition)`, then `find(text)` for each text, without a query.
The rules go from certain to likely; a person confirms whatever is not exact.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from importlib.resources import files
from typing import Self

from rapidfuzz import fuzz, process

from jukwaa.coalitions.models import Coalition, Organisation, OrganisationName
from jukwaa.places.countries import group_of
from jukwaa.places.finding import find_country
from jukwaa.places.folding import APOSTROPHES, plain
from jukwaa.places.regions import RegionalGroup


def _words(file: str) -> frozenset[str]:
    lines = files("jukwaa.coalitions").joinpath(f"data/{file}").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


AROUND = _words("around-names.txt")
COMMON = _words("in-many-names.txt")
SHORTENED = {
    "inst": "institute",
    "assoc": "association",
    "assn": "association",
    "intl": "international",
    "natl": "national",
    "dept": "department",
    "univ": "university",
}
SHORTENED_WITH_A_DOT = {"found": "foundation", "org": "organisation", "min": "ministry", "co": "company"}  # else words
CLOSE_TOKEN = 80  # of 100, for each word against its counterpart: one slip in five letters
CLOSE_NAME = 70  # of 100, for the first sieve alone
SHORT = "four"  # names of so many letters have too many neighbours
SHARED_BY_MANY = 500  # names; a word in more of them tells nothing apart
AT_MOST = 5


class How(IntEnum):
    """Why it matches, the surest first."""

    NAME = 1
    ACRONYM = 2
    FORMER_NAME = 3
    SAME_WORDS = 4
    INITIALS = 5
    NAMED_WITHIN = 6
    PART_OF_NAME = 7
    SPELLING = 8


@dataclass(frozen=True, order=True)
class Match:
    """`how` says why; matches sort from sure to likely."""

    how: How
    name: str
    organisation_id: int = field(compare=False)

    @property
    def is_exact(self) -> bool:
        return self.how <= How.SAME_WORDS


@dataclass(frozen=True)
class Entry:
    """One organisation, as the directory writes it."""

    pk: int
    name: str
    acronym: str = ""
    country: str = ""
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Name:
    """One way of writing one entry, folded once."""

    entry: Entry
    how: How
    folded: str
    words: tuple[str, ...]

    @cached_property
    def key(self) -> str:
        return " ".join(sorted(self.words))


@dataclass(frozen=True)
class Question:
    """A text that is asked for, taken apart once; `but` is an organisation that is not meant."""

    text: str
    but: int | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        return core_words(self.text)

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Abbreviations: words of three letters or more, in capitals."""
        return frozenset(plain(word) for word in re.findall(r"\w{3,}", self.text) if word.isupper())


_SHORTENED = re.compile(
    rf"(?<![\w.])(?:(?P<word>{'|'.join(SHORTENED)})\b|(?P<dotted>{'|'.join(SHORTENED_WITH_A_DOT)})\.(?!\w))",
    re.IGNORECASE,
)


def spelled_out(text: str) -> str:
    """Folded, with the usual abbreviations as whole words: "Family Safety Inst.", "Int'l Found."."""
    bare = "".join(letter for letter in text if letter not in APOSTROPHES)
    known = SHORTENED | SHORTENED_WITH_A_DOT
    return plain(_SHORTENED.sub(lambda found: known[(found["word"] or found["dotted"]).lower()] + " ", bare))


def core_words(text: str) -> tuple[str, ...]:
    """The words that make the name; all of them where nothing else would be left."""
    words = spelled_out(text).split()
    return tuple(word for word in words if word not in AROUND) or tuple(words)


def initials(text: str) -> str:
    """Such as nspcc for "National Society for the Prevention of Cruelty to Children"."""
    words = [word for word in plain(text).split() if word not in AROUND or word in {"network", "organisation"}]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


class Directory:
    """The names of a coalition's organisations, ready to be asked."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = sorted(entries, key=lambda entry: (plain(entry.name), entry.pk))
        self.names = [name for entry in self.entries for name in _names_of(entry)]
        self.folded: dict[str, list[Name]] = defaultdict(list)
        self.keys: dict[str, list[Name]] = defaultdict(list)
        self.initials: dict[str, list[Entry]] = defaultdict(list)
        self.with_word: dict[str, list[Name]] = defaultdict(list)
        self.long_names: dict[str, list[Name]] = defaultdict(list)  # by their first letter: a slip seldom comes first
        for name in self.names:
            if name.how is not How.ACRONYM and len(name.folded) > len(SHORT):
                self.long_names[name.key[:1]].append(name)
            self.folded[name.folded].append(name)
            self.keys[name.key].append(name)
            for word in set(name.words):
                self.with_word[word].append(name)
        for entry in self.entries:
            if letters := initials(entry.name):
                self.initials[letters].append(entry)

    @classmethod
    def of(cls, coalition: Coalition) -> Self:
        """Two queries, however many texts are asked for afterwards."""
        former: dict[int, list[str]] = defaultdict(list)
        names = OrganisationName.objects.filter(
            organisation__coalition=coalition, organisation__merged_into__isnull=True
        )
        for pk, name in names.values_list("organisation_id", "name"):
            former[pk].append(name)
        rows = Organisation.objects.of(coalition).values_list("pk", "name", "acronym", "country")
        return cls(
            Entry(pk=pk, name=name, acronym=acronym, country=country, former_names=tuple(former[pk]))
            for pk, name, acronym, country in rows
        )

    def find(self, text: str) -> list[Match]:
        """At most five, the surest first; only the surest kind of match is given. Nothing for nothing."""
        for reading in _readings(text):
            question = Question(reading)
            for rule in (self._exact, *self._likely):
                if found := _distinct(rule(question)):
                    return found[:AT_MOST]
        return []

    def find_exact(self, text: str) -> int | None:
        """Return the number of the one organisation that surely is meant."""
        numbers = {match.organisation_id for match in self.find(text) if match.is_exact}
        return numbers.pop() if len(numbers) == 1 else None

    def others_like(self, entry: Entry) -> list[Match]:
        """Organisations that may be the same as this one, by any rule."""
        question = Question(entry.name, but=entry.pk)
        return _distinct(match for rule in self._likely for match in rule(question))

    @property
    def _likely(self) -> tuple[Callable[[Question], Iterator[Match]], ...]:
        return (self._same_words, self._same_initials, self._within, self._part, self._spelled_alike)

    def _exact(self, question: Question) -> Iterator[Match]:
        for name in self.folded.get(plain(question.text), []):
            yield _match(name.entry, name.how)

    def _same_words(self, question: Question) -> Iterator[Match]:
        """As in "Mauritius government delegate"; "MCIT Egypt" means MCIT, which is in Egypt."""
        words = question.words
        for name in self.keys.get(" ".join(sorted(words)), []):
            if name.entry.pk != question.but:
                yield _match(name.entry, name.how if name.how is How.ACRONYM else How.SAME_WORDS)
        for name in self._sharing(question):
            beyond = [word for word in words if word not in name.words]
            if beyond and set(name.words) < set(words) and all(_is_country(word, name.entry) for word in beyond):
                yield _match(name.entry, How.SAME_WORDS)

    def _same_initials(self, question: Question) -> Iterator[Match]:
        """As in "NSPCC", which nobody has entered as an acronym. In capitals alone."""
        if len(question.words) == 1 and question.words[0] in question.capitals:
            for entry in self.initials.get(question.words[0], []):
                if entry.pk != question.but:
                    yield _match(entry, How.INITIALS)

    def _within(self, question: Question) -> Iterator[Match]:
        """As in "Chair of the coalition, ECPAT International": the whole name, one word after the other."""
        words = question.words
        for name in self._sharing(question):
            size = len(name.words)
            stands_in = any(words[at : at + size] == name.words for at in range(len(words) - size + 1))
            if stands_in and (set(name.words) - COMMON) and (size > 1 or name.words[0] in question.capitals):
                yield _match(name.entry, How.NAMED_WITHIN)

    def _part(self, question: Question) -> Iterator[Match]:
        """As in "Family Online Safety" for its Institute; one word, such as "ECPAT", if no other name has it."""
        words = question.words
        names = [name for name in self._sharing(question) if set(words) <= set(name.words)]
        several = len(set(words)) > 1
        alone = len({name.entry.pk for name in names}) == 1
        distinctive = set(words) - COMMON
        for name in names:
            of_country = {word for word in distinctive if _is_country(word, name.entry)}
            government = set(name.words) - set(words) <= {"government", "ministry", "republic"}
            named = bool(distinctive - of_country) and (several or alone)
            if named or (distinctive and government) or (several and words == name.words[: len(words)]):
                yield _match(name.entry, How.PART_OF_NAME)

    def _spelled_alike(self, question: Question) -> Iterator[Match]:
        """As in "Mircosoft". Every word has its counterpart, so that Kenya never means Korea."""
        key = " ".join(sorted(question.words))
        names = self.long_names.get(key[:1], [])
        keys = [name.key for name in names]
        close = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=CLOSE_NAME, limit=AT_MOST * 4)
        for _key, _score, at in close:
            if names[at].entry.pk != question.but and _alike(question.words, names[at].words):
                yield _match(names[at].entry, How.SPELLING)

    def _sharing(self, question: Question) -> list[Name]:
        """Names that have a word in common, but for words that too many share."""
        words = [word for word in sorted(set(question.words)) if len(self.with_word.get(word, ())) <= SHARED_BY_MANY]
        found = {id(name): name for word in words for name in self.with_word.get(word, ())}
        return [name for name in found.values() if name.entry.pk != question.but]


def find_organisation(coalition: Coalition, text: str) -> list[Match]:
    """For one text. Whoever asks for many keeps a `Directory.of(coalition)`."""
    return Directory.of(coalition).find(text)


def _names_of(entry: Entry) -> Iterator[Name]:
    written = [(How.NAME, entry.name), (How.ACRONYM, entry.acronym)]
    written += [(How.FORMER_NAME, name) for name in entry.former_names]
    for how, text in written:
        if folded := plain(text):
            yield Name(entry, how, folded, core_words(text))


def _readings(text: str) -> Iterator[str]:
    """The text; then what stands before its brackets or its first comma; then what stands in the brackets."""
    whole = " ".join(text.split())
    if not plain(whole):
        return
    yield whole
    brackets = re.findall(r"\(([^()]+)\)", whole)
    outside = re.sub(r"\([^()]*\)", " ", whole)
    for part in (outside, *brackets, *outside.split(",")):
        if part != whole and plain(part):
            yield part


def _match(entry: Entry, how: How) -> Match:
    return Match(how, entry.name, entry.pk)


def _distinct(matches: Iterable[Match]) -> list[Match]:
    """Each organisation once, by its surest match."""
    found: dict[int, Match] = {}
    for match in sorted(matches):
        found.setdefault(match.organisation_id, match)
    return list(found.values())


def _is_country(word: str, entry: Entry) -> bool:
    """Whether a word names the country that the organisation is in."""
    if group_of(entry.country) == RegionalGroup.UNKNOWN:
        return False
    known = find_country(word, codes=False)
    return known is not None and known.code == entry.country


def _alike(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """As many words, and each much like its counterpart, in any order."""
    left = list(others)
    for word in words:
        best = max(left, key=lambda other: fuzz.ratio(word, other), default="")
        if fuzz.ratio(word, best) < CLOSE_TOKEN:
            return False
        left.remove(best)
    return not left
