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

from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.places.countries import get_regional_group
from jukwaa.places.country_search import find_country
from jukwaa.places.regions import RegionalGroup
from jukwaa.places.text_folding import APOSTROPHE_CHARACTERS, fold_text


def _load_ignored_words(file_name: str) -> frozenset[str]:
    lines = files("jukwaa.coalitions").joinpath(f"data/{file_name}").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


NAME_FILLER_WORDS = _load_ignored_words("around-names.txt")
COMMON_NAME_WORDS = _load_ignored_words("in-many-names.txt")
ABBREVIATION_EXPANSIONS = {
    "inst": "institute",
    "assoc": "association",
    "assn": "association",
    "intl": "international",
    "natl": "national",
    "dept": "department",
    "univ": "university",
}
DOTTED_ABBREVIATIONS = {"found": "foundation", "org": "organisation", "min": "ministry", "co": "company"}  # else words
MIN_WORD_SIMILARITY = 80  # of 100, for each word against its counterpart: one slip in five letters
MIN_NAME_SIMILARITY = 70  # of 100, for the first sieve alone
LONGEST_SHORT_NAME_SAMPLE = "four"  # names of so many letters have too many neighbours
MAX_NAMES_PER_INDEXED_WORD = 500  # names; a word in more of them tells nothing apart
MAX_ORGANISATION_MATCHES = 5


class MatchReason(IntEnum):
    """Why it matches, the surest first."""

    NAME = 1
    ACRONYM = 2
    FORMER_NAME = 3
    SAME_WORDS = 4
    INITIALS = 5
    NAMED_WITHIN = 6
    PART_OF_NAME = 7
    SPELLING = 8
    SAME_CONTACT = 9  # the names have nothing in common


@dataclass(frozen=True, order=True)
class OrganisationMatch:
    """`how` says why; matches sort from sure to likely."""

    how: MatchReason
    name: str
    organisation_id: int = field(compare=False)

    @property
    def is_exact(self) -> bool:
        return self.how <= MatchReason.SAME_WORDS


@dataclass(frozen=True)
class DirectoryEntry:
    """One organisation, as the directory writes it."""

    pk: int
    name: str
    acronym: str = ""
    country: str = ""
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameVariant:
    """One way of writing one entry, folded once."""

    entry: DirectoryEntry
    how: MatchReason
    folded: str
    words: tuple[str, ...]

    @cached_property
    def key(self) -> str:
        return " ".join(sorted(self.words))


@dataclass(frozen=True)
class MatchQuery:
    """A text that is asked for, taken apart once; `but` is an organisation that is not meant."""

    text: str
    but: int | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        return get_core_words(self.text)

    @cached_property
    def capitalised_words(self) -> frozenset[str]:
        """Abbreviations: words of three letters or more, in capitals."""
        return frozenset(fold_text(word) for word in re.findall(r"\w{3,}", self.text) if word.isupper())


_ABBREVIATION_PATTERN = re.compile(
    rf"(?<![\w.])(?:(?P<word>{'|'.join(ABBREVIATION_EXPANSIONS)})\b|(?P<dotted>{'|'.join(DOTTED_ABBREVIATIONS)})\.(?!\w))",
    re.IGNORECASE,
)


# "Digital Services Regulator (DSR)", "Observatoire (O.E.C.)"; not "Ministry of Health (Kenya)".
_BRACKETED_ACRONYM_PATTERN = re.compile(
    r"(?P<name>.*\w.*?)\s*\((?P<acronym>(?=(?:[^A-Z]*[A-Z]){2})(?:[A-Z][A-Za-z]?[.&\d-]?){2,9})\)"
)


def expand_abbreviations(text: str) -> str:
    """Folded, with the usual abbreviations as whole words: "Family Safety Inst.", "Int'l Found."."""
    bare = "".join(letter for letter in text if letter not in APOSTROPHE_CHARACTERS)
    known = ABBREVIATION_EXPANSIONS | DOTTED_ABBREVIATIONS
    return fold_text(
        _ABBREVIATION_PATTERN.sub(lambda found: known[(found["word"] or found["dotted"]).lower()] + " ", bare)
    )


def get_core_words(text: str) -> tuple[str, ...]:
    """The words that make the name; all of them where nothing else would be left."""
    words = expand_abbreviations(text).split()
    return tuple(word for word in words if word not in NAME_FILLER_WORDS) or tuple(words)


def get_initials(text: str) -> str:
    """Such as nspcc for "National Society for the Prevention of Cruelty to Children"."""
    words = [
        word for word in fold_text(text).split() if word not in NAME_FILLER_WORDS or word in {"network", "organisation"}
    ]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _are_initials(acronym: str, name: str) -> bool:
    """Not "(MENA)" and "(LAC)", which name a branch."""
    letters = "".join(letter for letter in acronym if letter.isalpha())
    return letters in {get_initials(name), "".join(word[0] for word in fold_text(name).split())}


class OrganisationDirectory:
    """The names of a coalition's organisations, ready to be asked."""

    def __init__(self, directory_entries: Iterable[DirectoryEntry]) -> None:
        self.entries = sorted(directory_entries, key=lambda entry: (fold_text(entry.name), entry.pk))
        self.names = [name for entry in self.entries for name in _iter_name_variants(entry)]
        self.folded: dict[str, list[NameVariant]] = defaultdict(list)
        self.keys: dict[str, list[NameVariant]] = defaultdict(list)
        self.initials: dict[str, list[DirectoryEntry]] = defaultdict(list)
        self.with_word: dict[str, list[NameVariant]] = defaultdict(list)
        self.long_names: dict[str, list[NameVariant]] = defaultdict(
            list
        )  # by their first letter: a slip seldom comes first
        for name in self.names:
            if name.how is not MatchReason.ACRONYM and len(name.folded) > len(LONGEST_SHORT_NAME_SAMPLE):
                self.long_names[name.key[:1]].append(name)
            self.folded[name.folded].append(name)
            self.keys[name.key].append(name)
            for word in set(name.words):
                self.with_word[word].append(name)
        for entry in self.entries:
            if letters := get_initials(entry.name):
                self.initials[letters].append(entry)

    @classmethod
    def of(cls, coalition: Coalition) -> Self:
        """One query, however many texts are asked for afterwards: a row is an organisation with one of its names."""
        former: dict[tuple[int, str, str, str], list[str]] = defaultdict(list)
        rows = Organisation.objects.of(coalition).order_by("pk", "names")
        columns = rows.values_list("pk", "name", "acronym", "country", "names__name")
        for pk, name, acronym, country, former_name in columns:
            former[pk, name, acronym, country] += [former_name] if former_name else []
        return cls(
            DirectoryEntry(pk=pk, name=name, acronym=acronym, country=country, former_names=tuple(names))
            for (pk, name, acronym, country), names in former.items()
        )

    def find(self, text: str) -> list[OrganisationMatch]:
        """At most five, the surest first; only the surest kind of match is given. Nothing for nothing."""
        for reading in _iter_text_variants(text):
            question = MatchQuery(reading)
            for rule in (self._match_exact_name, *self._inexact_match_rules):
                if found := _remove_duplicate_matches(rule(question)):
                    return found[:MAX_ORGANISATION_MATCHES]
        return []

    def find_exact_match(self, text: str) -> int | None:
        """Return the number of the one organisation that surely is meant."""
        numbers = {match.organisation_id for match in self.find(text) if match.is_exact}
        return numbers.pop() if len(numbers) == 1 else None

    def find_similar_names(self, directory_entry: DirectoryEntry) -> list[OrganisationMatch]:
        """Organisations that may be the same as this one, by any rule."""
        question = MatchQuery(directory_entry.name, but=directory_entry.pk)
        return _remove_duplicate_matches(match for rule in self._inexact_match_rules for match in rule(question))

    @property
    def _inexact_match_rules(self) -> tuple[Callable[[MatchQuery], Iterator[OrganisationMatch]], ...]:
        return (
            self._match_same_words,
            self._match_by_initials,
            self._match_name_within_text,
            self._match_part_of_name,
            self._match_similar_spelling,
        )

    def _match_exact_name(self, match_query: MatchQuery) -> Iterator[OrganisationMatch]:
        for name in self.folded.get(fold_text(match_query.text), []):
            yield _build_organisation_match(name.entry, name.how)
        if found := _BRACKETED_ACRONYM_PATTERN.fullmatch(match_query.text):
            acronym = fold_text(found["acronym"])
            for name in self.folded.get(fold_text(found["name"]), []):
                known = fold_text(name.entry.acronym)
                is_acronym = known == acronym or (not known and _are_initials(acronym, found["name"]))
                if is_acronym and find_country(found["acronym"]) is None:
                    yield _build_organisation_match(name.entry, name.how)

    def _match_same_words(self, match_query: MatchQuery) -> Iterator[OrganisationMatch]:
        """As in "Mauritius government delegate"; "MCIT Egypt" means MCIT, which is in Egypt."""
        words = match_query.words
        for name in self.keys.get(" ".join(sorted(words)), []):
            if name.entry.pk != match_query.but:
                yield _build_organisation_match(
                    name.entry, name.how if name.how is MatchReason.ACRONYM else MatchReason.SAME_WORDS
                )
        for name in self._find_names_sharing_words(match_query):
            beyond = [word for word in words if word not in name.words]
            if beyond and set(name.words) < set(words) and all(_is_country_of(word, name.entry) for word in beyond):
                yield _build_organisation_match(name.entry, MatchReason.SAME_WORDS)

    def _match_by_initials(self, match_query: MatchQuery) -> Iterator[OrganisationMatch]:
        """As in "NSPCC", which nobody has entered as an acronym. In capitals alone."""
        if len(match_query.words) == 1 and match_query.words[0] in match_query.capitalised_words:
            for entry in self.initials.get(match_query.words[0], []):
                if entry.pk != match_query.but:
                    yield _build_organisation_match(entry, MatchReason.INITIALS)

    def _match_name_within_text(self, match_query: MatchQuery) -> Iterator[OrganisationMatch]:
        """As in "Chair of the coalition, ECPAT International": the whole name, one word after the other."""
        words = match_query.words
        for name in self._find_names_sharing_words(match_query):
            size = len(name.words)
            stands_in = any(words[at : at + size] == name.words for at in range(len(words) - size + 1))
            if (
                stands_in
                and (set(name.words) - COMMON_NAME_WORDS)
                and (size > 1 or name.words[0] in match_query.capitalised_words)
            ):
                yield _build_organisation_match(name.entry, MatchReason.NAMED_WITHIN)

    def _match_part_of_name(self, match_query: MatchQuery) -> Iterator[OrganisationMatch]:
        """As in "Family Online Safety" for its Institute; one word, such as "ECPAT", if no other name has it."""
        words = match_query.words
        names = [name for name in self._find_names_sharing_words(match_query) if set(words) <= set(name.words)]
        several = len(set(words)) > 1
        alone = len({name.entry.pk for name in names}) == 1
        distinctive = set(words) - COMMON_NAME_WORDS
        for name in names:
            of_country = {word for word in distinctive if _is_country_of(word, name.entry)}
            government = set(name.words) - set(words) <= {"government", "ministry", "republic"}
            named = bool(distinctive - of_country) and (several or alone)
            if named or (distinctive and government) or (several and words == name.words[: len(words)]):
                yield _build_organisation_match(name.entry, MatchReason.PART_OF_NAME)

    def _match_similar_spelling(self, match_query: MatchQuery) -> Iterator[OrganisationMatch]:
        """As in "Mircosoft", "Harbour Watch Aust.". Every word has its counterpart, so that Kenya never means Korea."""
        yield from self._match_abbreviated_words(match_query)
        key = " ".join(sorted(match_query.words))
        names = self.long_names.get(key[:1], [])
        keys = [name.key for name in names]
        close = process.extract(
            key, keys, scorer=fuzz.ratio, score_cutoff=MIN_NAME_SIMILARITY, limit=MAX_ORGANISATION_MATCHES * 4
        )
        for _key, _score, at in close:
            if names[at].entry.pk != match_query.but and _are_names_similar(match_query.words, names[at].words):
                yield _build_organisation_match(names[at].entry, MatchReason.SPELLING)

    def _match_abbreviated_words(self, match_query: MatchQuery) -> Iterator[OrganisationMatch]:
        """The same words in the same order, of which some are cut off with a full stop: "Harbour Watch Aust."."""
        cut = frozenset(map(fold_text, re.findall(r"(\w{3,})\.(?!\w)", match_query.text)))
        for name in self._find_names_sharing_words(match_query) if cut else ():
            pairs = list(zip(match_query.words, name.words, strict=False))
            if len(match_query.words) == len(name.words) and all(
                word == other or (word in cut and other.startswith(word)) for word, other in pairs
            ):
                yield _build_organisation_match(name.entry, MatchReason.SPELLING)

    def _find_names_sharing_words(self, match_query: MatchQuery) -> list[NameVariant]:
        """Names that have a word in common, but for words that too many share."""
        words = [
            word
            for word in sorted(set(match_query.words))
            if len(self.with_word.get(word, ())) <= MAX_NAMES_PER_INDEXED_WORD
        ]
        found = {id(name): name for word in words for name in self.with_word.get(word, ())}
        return [name for name in found.values() if name.entry.pk != match_query.but]


def find_organisation_matches(coalition: Coalition, text: str) -> list[OrganisationMatch]:
    """For one text. Whoever asks for many keeps a `Directory.of(coalition)`."""
    return OrganisationDirectory.of(coalition).find(text)


def _iter_name_variants(directory_entry: DirectoryEntry) -> Iterator[NameVariant]:
    written = [(MatchReason.NAME, directory_entry.name), (MatchReason.ACRONYM, directory_entry.acronym)]
    written += [(MatchReason.FORMER_NAME, name) for name in directory_entry.former_names]
    bracketed = (
        _BRACKETED_ACRONYM_PATTERN.fullmatch(directory_entry.name) if directory_entry.name.endswith(")") else None
    )
    if bracketed and find_country(bracketed["acronym"]) is None:
        written += [(MatchReason.NAME, bracketed["name"]), (MatchReason.ACRONYM, bracketed["acronym"])]
    seen: set[str] = set()
    for how, text in written:
        if (folded := fold_text(text)) and folded not in seen:
            seen.add(folded)
            yield NameVariant(directory_entry, how, folded, get_core_words(text))


def _iter_text_variants(text: str) -> Iterator[str]:
    """The text; then what stands before its brackets or its first comma; then what stands in the brackets."""
    whole = " ".join(text.split())
    if not fold_text(whole):
        return
    yield whole
    brackets = re.findall(r"\(([^()]+)\)", whole)
    outside = re.sub(r"\([^()]*\)", " ", whole)
    for part in (outside, *brackets, *outside.split(",")):
        if part != whole and fold_text(part):
            yield part


def _build_organisation_match(directory_entry: DirectoryEntry, reason: MatchReason) -> OrganisationMatch:
    return OrganisationMatch(reason, directory_entry.name, directory_entry.pk)


def _remove_duplicate_matches(organisation_matches: Iterable[OrganisationMatch]) -> list[OrganisationMatch]:
    """Each organisation once, by its surest match."""
    found: dict[int, OrganisationMatch] = {}
    for match in sorted(organisation_matches):
        found.setdefault(match.organisation_id, match)
    return list(found.values())


def _is_country_of(possible_word: str, directory_entry: DirectoryEntry) -> bool:
    """Whether a word names the country that the organisation is in."""
    if get_regional_group(directory_entry.country) == RegionalGroup.UNKNOWN:
        return False
    known = find_country(possible_word, accepts_codes=False)
    return known is not None and known.code == directory_entry.country


def _are_names_similar(words: tuple[str, ...], other_names: tuple[str, ...]) -> bool:
    """As many words, and each much like its counterpart, in any order."""
    left = list(other_names)
    for word in words:
        best = max(left, key=lambda other: fuzz.ratio(word, other), default="")
        if fuzz.ratio(word, best) < MIN_WORD_SIMILARITY:
            return False
        left.remove(best)
    return not left
