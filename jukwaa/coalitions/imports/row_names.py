"""Which rows of one file name the same organisation: by folded names, acronyms, brackets, initials and spelling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jukwaa.coalitions.imports.bracketed_names import BracketedNames
from jukwaa.coalitions.imports.contact_domains import ContactDomains
from jukwaa.coalitions.imports.contact_parsing import find_email_addresses
from jukwaa.coalitions.imports.name_writing import choose_organisation_name
from jukwaa.coalitions.imports.shared_contacts import SharedContacts, get_contact_keys_of_row
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY
from jukwaa.coalitions.models import ImportRow
from jukwaa.coalitions.organisation_matching import (
    COMMON_NAME_WORDS,
    DirectoryEntry,
    MatchReason,
    OrganisationDirectory,
    expand_abbreviations,
    get_core_words,
    get_initials,
)
from jukwaa.places.country_search import find_country
from jukwaa.places.text_folding import fold_text

LIKELY_MATCH_REASONS = frozenset({MatchReason.SAME_WORDS, MatchReason.INITIALS, MatchReason.SPELLING})
MAX_ACRONYM_LENGTH = 12
MIN_INITIALS_LENGTH = 3
_DASH_PATTERN = re.compile(r"\s[-\u2013\u2014]\s")
_LEGAL_FORM_PATTERN = re.compile(
    r"(?: (?:ltd|limited|inc|llc|llp|plc|pty|pvt|gmbh|s ?r ?l|s ?a ?s|s ?a ?r ?l|s ?a|s ?l|a ?c|b ?v|asbl|corp))+$"
)
MIN_SHARED_WORDS = 2  # of names whose contacts have addresses at the same domain, in two countries
_EARLIER_NAME_WORDS, _SAME_AS_ABOVE_WORDS = (
    tuple(f"{fold_text(word)} " for word in IMPORT_VOCABULARY[section])
    for section in ("earlier_names", "same_as_above")
)
_ACRONYM_BEFORE_DASH_PATTERN = re.compile(r"^([A-Z\d]{2,12})\s+[-\u2013\u2014]\s+(.+)$")
_ACRONYM_AFTER_DASH_PATTERN = re.compile(r"^(.+?)\s+[-\u2013\u2014]\s+([A-Z\d]{2,12})$")


_DOTTED_ACRONYM_PATTERN = re.compile(r"(?<!\w)(?:[A-Z]\.){2,}(?:[A-Z](?!\w))?")  # "M.C.M.C."


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """The number of a row that names the same organisation; `is_certain` unless it is only alike.

    `is_nearly_certain` if the names differ little, and the contacts or all other words are the same.
    """

    number: int
    is_certain: bool
    is_nearly_certain: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationNameForms:
    """The ways in which a row calls its organisation: whole names and acronyms, folded."""

    names: frozenset[str]
    acronyms: frozenset[str]
    initials: str

    @classmethod
    def of(cls, organisation_name: str, acronym: str = "") -> "OrganisationNameForms":
        """Of "Internet Watch Foundation (IWF)": the name with and without its brackets, and the acronym in them.

        "IWF - Internet Watch Foundation" is read in the same way.
        """
        organisation_name = _DOTTED_ACRONYM_PATTERN.sub(lambda found: found[0].replace(".", ""), organisation_name)
        organisation_name = _ACRONYM_BEFORE_DASH_PATTERN.sub(
            r"\2 (\1)", _ACRONYM_AFTER_DASH_PATTERN.sub(r"\1 (\2)", organisation_name)
        )
        brackets = re.findall(r"\(([^()]+)\)", organisation_name)
        outside = remove_bracketed_text(organisation_name)
        names, acronyms = {expand_abbreviations(organisation_name)}, {fold_text(acronym)}
        initials = get_initials(outside or organisation_name)
        if outside:
            names.add(expand_abbreviations(outside))
            for text in brackets:
                is_acronym = " " not in text.strip() and len(text) <= MAX_ACRONYM_LENGTH
                (acronyms if is_acronym else names).add(fold_text(text))
        return cls(
            frozenset(names - {""}),
            frozenset(acronyms - {""}),
            initials if len(initials) >= MIN_INITIALS_LENGTH else "",
        )


def remove_bracketed_text(organisation_name: str) -> str:
    """The name without what stands in brackets; nothing if that is a country, which tells two organisations apart."""
    if any(find_country(text, accepts_codes=False) for text in re.findall(r"\(([^()]+)\)", organisation_name)):
        return ""
    return " ".join(re.sub(r"\([^()]*\)", " ", organisation_name).split())


def find_earlier_names(organisation_name: str) -> list[str]:
    """The names in brackets that the organisation had before."""
    brackets = (fold_text(text) for text in re.findall(r"\(([^()]+)\)", organisation_name))
    return [text.removeprefix(word) for text in brackets for word in _EARLIER_NAME_WORDS if text.startswith(word)]


def choose_current_name(first_name: str, later_name: str) -> str:
    """The name of an organisation in two rows: "KidNest (formerly Pebble)" is KidNest, if the other row has Pebble.

    Of two writings of one name it is the better one.
    """
    if fold_text(first_name) in find_earlier_names(later_name):
        return remove_bracketed_text(later_name) or first_name
    if is_national_office_of(first_name, later_name):
        return later_name
    return choose_organisation_name(first_name, later_name)


def is_national_office_of(organisation_name: str, other_name: str) -> bool:
    """Whether "Red Farolito (Guatemala)" and "Red Farolito" differ in a country in brackets alone."""
    outside, brackets, inside = organisation_name.partition("(")
    country = find_country(inside.strip(" )"), accepts_codes=False) if brackets else None
    return country is not None and fold_text(outside) == fold_text(other_name)


class OrganisationNamesInFile:
    """The names in a file, row after row: each row is compared with those before it."""

    def __init__(self, import_rows: Iterable[ImportRow]) -> None:
        import_rows = list(import_rows)
        self._shared, in_all_rows = SharedContacts(), SharedContacts()
        for row in import_rows:
            in_all_rows.add(row.number, get_contact_keys_of_row(row))
        self._common_keys = in_all_rows.list_common_keys()
        self._directory = OrganisationDirectory(
            DirectoryEntry(pk=row.number, name=name, acronym=row.cells.get("acronym", ""))
            for row in import_rows
            if (name := row.cells.get("name", ""))
        )
        self._entries = {entry.pk: entry for entry in self._directory.entries}
        self._names: dict[str, int] = {}
        self._names_without_form: dict[str, int] = {}
        self._acronyms: dict[str, int] = {}
        self._initials: dict[str, int] = {}
        self._addresses: dict[str, int] = {}
        self._domains = ContactDomains()
        self._bracketed_names = BracketedNames()
        self._words: dict[int, frozenset[str]] = {}
        self._countries: dict[int, str] = {}
        self._numbers: set[int] = set()

    def add(self, import_row: ImportRow) -> None:
        """Compare later rows with this one, too."""
        written = OrganisationNameForms.of(import_row.cells.get("name", ""), import_row.cells.get("acronym", ""))
        self._numbers.add(import_row.number)
        self._names_without_form.setdefault(_remove_legal_form(import_row.cells.get("name", "")), import_row.number)
        self._words[import_row.number], self._countries[import_row.number] = (
            _get_distinctive_words(import_row),
            _get_country_of_row(import_row),
        )
        addresses = find_email_addresses(import_row.cells.get("email", ""))
        self._domains.add(
            import_row.number, _get_country_of_row(import_row), addresses, [import_row.cells.get("contact", "")]
        )
        self._bracketed_names.add(import_row.number, import_row.cells.get("name", ""), _get_country_of_row(import_row))
        self._shared.add(import_row.number, get_contact_keys_of_row(import_row) - self._common_keys)
        for address in addresses:
            self._addresses.setdefault(address, import_row.number)
        for known, words in ((self._names, written.names), (self._acronyms, written.acronyms)):
            for word in words:
                known.setdefault(word, import_row.number)
        if written.initials:
            self._initials.setdefault(written.initials, import_row.number)

    def find_earlier_row(self, import_row: ImportRow) -> EarlierRow | None:
        """The first of the rows added so far that names the same organisation."""
        written = OrganisationNameForms.of(import_row.cells.get("name", ""), import_row.cells.get("acronym", ""))
        certain = [
            number
            for words, known in (
                (written.names, self._names),
                (written.names, self._acronyms),
                (written.acronyms, self._names),
            )
            for word in words
            if (number := known.get(word, import_row.number)) != import_row.number
        ]
        if certain:
            return EarlierRow(min(certain), is_certain=True)
        likely = self._find_likely_rows(import_row, written)
        if not likely:
            return None
        number = min(likely)
        return EarlierRow(
            number, is_certain=False, is_nearly_certain=self._is_nearly_certain(import_row, self._entries.get(number))
        )

    def _is_nearly_certain(self, import_row: ImportRow, earlier_entry: DirectoryEntry | None) -> bool:
        """As "Quillwort" and "Quillwort Trust" at one domain; not in two countries, nor "Quillwort - Lagos branch"."""
        if earlier_entry is None:
            return False
        names = (str(import_row.get("name")), earlier_entry.name)
        countries = {_get_country_of_row(import_row), self._countries.get(earlier_entry.pk, "")} - {""}
        if len(countries) > 1 or any(_DASH_PATTERN.search(name) for name in names):
            return False
        if len({_remove_legal_form(name) for name in names}) == 1:
            return True
        words, earlier_words = (frozenset(get_core_words(name)) for name in names)
        shared = words & earlier_words - COMMON_NAME_WORDS
        addresses = find_email_addresses(import_row.cells.get("email", ""))
        has_contact = earlier_entry.pk in self._domains.find_by_domain(addresses) | self._shared.find(
            get_contact_keys_of_row(import_row)
        )
        return bool(shared) and has_contact and (words <= earlier_words or earlier_words <= words)

    def _find_likely_rows(self, import_row: ImportRow, written_name: OrganisationNameForms) -> set[int]:
        likely = {self._initials[name] for name in written_name.names if name in self._initials}
        likely |= {self._names[word] for word in {written_name.initials} if word in self._names}
        if entry := self._entries.get(import_row.number):
            alike = self._directory.find_similar_names(entry)
            likely |= {match.organisation_id for match in alike if match.how in LIKELY_MATCH_REASONS}
        likely |= self._find_rows_with_same_acronym(import_row, written_name) | self._find_rows_with_same_address(
            import_row
        )
        addresses = find_email_addresses(import_row.cells.get("email", ""))
        likely |= self._domains.find(_get_country_of_row(import_row), addresses, import_row.cells.get("contact", ""))
        likely |= self._shared.find(get_contact_keys_of_row(import_row)) | self._find_rows_by_earlier_name(import_row)
        likely |= {self._names_without_form.get(_remove_legal_form(import_row.cells.get("name", "")), 0)}
        likely |= self._find_rows_by_domain_and_words(import_row, addresses) | self._find_row_above(import_row)
        likely |= self._bracketed_names.find(import_row.cells.get("name", ""), _get_country_of_row(import_row))
        return (likely & self._numbers) - {import_row.number}

    def _find_rows_by_earlier_name(self, import_row: ImportRow) -> set[int]:
        """As in "KidNest Labs (formerly Pebble & Co)"."""
        names = find_earlier_names(import_row.cells.get("name", ""))
        return {self._names[expand_abbreviations(name)] for name in names if expand_abbreviations(name) in self._names}

    def _find_row_above(self, import_row: ImportRow) -> set[int]:
        """As in "ídem — capítulo Oaxaca"."""
        is_same = f"{fold_text(import_row.cells.get('name', ''))} ".startswith(_SAME_AS_ABOVE_WORDS)
        return (
            {max((number for number in self._numbers if number < import_row.number), default=0)} if is_same else set()
        )

    def _find_rows_by_domain_and_words(self, import_row: ImportRow, addresses: list[str]) -> set[int]:
        """An office of the same organisation in another country."""
        words = _get_distinctive_words(import_row)
        numbers = self._domains.find_by_domain(addresses)
        return {number for number in numbers if len(words & self._words[number]) >= MIN_SHARED_WORDS}

    def _find_rows_with_same_acronym(self, import_row: ImportRow, written_name: OrganisationNameForms) -> set[int]:
        """Two organisations of different countries may share one; of the same country, or of none, they seldom do."""
        country = _get_country_of_row(import_row)
        numbers = {self._acronyms[word] for word in written_name.acronyms if word in self._acronyms}
        return {number for number in numbers if not country or self._countries.get(number, "") in {"", country}}

    def _find_rows_with_same_address(self, import_row: ImportRow) -> set[int]:
        """The same contact address and a word of the name: an umbrella organisation may have one address for many."""
        words = _get_distinctive_words(import_row)
        numbers = {
            self._addresses.get(address, import_row.number)
            for address in find_email_addresses(import_row.cells.get("email", ""))
        }
        return {number for number in numbers if words & self._words.get(number, frozenset())}


def _remove_legal_form(organisation_name: str) -> str:
    """The folded name of "Quillwort, S.R.L." without the form of its company."""
    folded = fold_text(organisation_name)
    return _LEGAL_FORM_PATTERN.sub("", folded) or folded


def _get_distinctive_words(import_row: ImportRow) -> frozenset[str]:
    return frozenset(get_core_words(import_row.cells.get("name", ""))) - COMMON_NAME_WORDS


def _get_country_of_row(import_row: ImportRow) -> str:
    found = find_country(import_row.cells.get("country", ""))
    return found.code if found else ""
