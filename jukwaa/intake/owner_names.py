"""Whom the owners of tasks mean, where a report writes them in short: "Ili", "Anil (tbc)", "Stefan H", "Mr Lomidze".

Only a name that can mean one person is spelled out: of those whom the report lists, else of the directory. A name left
as written is better than a wrong person.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import cached_property

from jukwaa.accounts.models import Person
from jukwaa.coalitions.known_people import (
    KnownPeople,
    fold_person_name,
    get_known_people,
    get_person_name_key,
    is_country_or_organisation,
    is_short_name,
)
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.nicknames import is_beginning_of_first_name, is_certain_short_name
from jukwaa.intake import reader
from jukwaa.intake.guesses import is_group_name
from jukwaa.intake.matching import (
    OrganisationNameMatch,
    build_organisation_matcher,
    find_match_beside_name,
    is_duty_name,
    split_name_from_bracket,
)
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS, add_apologies
from jukwaa.intake.reader.lexicon import COLLECTIVE_NOUNS
from jukwaa.intake.reader.markers import GROUP_NOUNS, PLURAL_OWNER_WORDS
from jukwaa.intake.reader.names import find_bracketed_text_by_name, is_full_name
from jukwaa.places.text_folding import fold_text

DOUBT_PATTERN = re.compile(
    r"\?|\b(?:tb[acd]|to be (?:asked|confirmed|decided)|to confirm|à confirmer|por confirmar|a confirmar|zu klären)\b",
    re.IGNORECASE,
)
ORGANISATION_NOUNS = COLLECTIVE_NOUNS | {"trust", "fund", "foundation", "ministry", "ngo"}
MAX_NAME_WORDS = 6
MIN_NAME_LETTERS = 3  # of the longest word of a name


def spell_out_owner_names(parsed_report: reader.Reading, coalition: Coalition) -> reader.Reading:
    """The same suggestions, where owners written in short have their full names. Those who attended stay as written."""
    tasks = (made for made in parsed_report.suggestions if made.kind == "commitment")
    written = {name for made in tasks for name in (*made.actors, made.owner) if name}
    if not written:
        return parsed_report
    attendances = [made for made in add_apologies(parsed_report).suggestions if made.kind == "attendee"]
    listed = _list_people(attendances)
    excused = {fold_text(name) for made in attendances if made.status == APOLOGIES_STATUS for name in made.actors}
    attending = {name for made in attendances for name in made.actors}
    full_names = {plain for name in written if " " in (plain := split_name_from_bracket(name)[0].strip())}
    first_names = {words[0] for name in attending | full_names if (words := fold_text(name).split())}
    finder = _OwnerFinder(coalition, listed, excused, first_names)
    names = {name: full for name in written - set(listed) if (full := finder.find(name))}
    if not names:
        return parsed_report
    suggestions = (made if made.kind == "attendee" else made.with_names(names) for made in parsed_report.suggestions)
    return replace(parsed_report, suggestions=tuple(suggestions))


def _list_people(attendances: Iterable[reader.Suggestion]) -> dict[str, str]:
    """The full names of those present and excused, each with the organisation beside it, as written."""
    groups: dict[str, str] = {}
    for made in attendances:
        beside = find_bracketed_text_by_name(made.quote, made.actors)
        for name in filter(_is_full_person_name, made.actors):
            groups[name] = groups.get(name) or made.group or beside.get(name, "")
    return groups


def _is_full_person_name(name: str) -> bool:
    return is_full_name(name) and not is_group_name(name) and not GROUP_NOUNS & set(fold_text(name).split())


class _OwnerFinder:
    """The directory is read once, for the first name that needs it."""

    def __init__(
        self,
        coalition: Coalition,
        listed_people: dict[str, str],
        excused: Collection[str],
        first_names_in_report: Collection[str],
    ) -> None:
        self._coalition, self._listed, self._excused = coalition, listed_people, excused
        self._first_names_in_report = first_names_in_report
        self._known = KnownPeople(coalition)

    def find(self, written_name: str) -> str:
        """The full name; nothing for a full one, a group or an organisation, or where several people may be meant."""
        name, note = split_name_from_bracket(written_name)
        if not _may_be_person(name) or is_country_or_organisation(self._coalition, name, self._known.directory):
            return ""
        if note and not _is_plain_note(note):
            return self._find_in_organisation(name, DOUBT_PATTERN.sub("", note).strip())
        if fold_text(name) in self._first_words_of_organisations:
            return ""
        if listed := self._find_listed(name):
            is_other = fold_text(name) in self._excused  # "Apologies: Ana" is not the Ana who was there
            return listed[0] if len(listed) == 1 and not is_other and self._is_certain(name, listed[0]) else ""
        return self._find_in_directory(name) or self._find_by_beginning(name)

    def _find_listed(self, name: str) -> list[str]:
        return _keep_one_spelling(full for full in self._listed if is_short_name(name, full))

    def _is_certain(self, name: str, full_name: str) -> bool:
        """A title or an initial with a surname also has to fit nobody else of the directory."""
        if not is_certain_short_name(name, full_name):
            return False
        key = get_person_name_key(full_name)
        is_one_name = " " not in name.strip()
        return is_one_name or all(get_person_name_key(each.name) == key for each in self._find_known_people(name))

    def _find_by_beginning(self, name: str) -> str:
        """As "Ili" begins Ilisapeci, where no other person has that name itself."""
        folded = fold_text(name)
        if folded in self._first_names_in_report or self._find_known_people(name):
            return ""
        found = _keep_one_spelling(full for full in self._listed if is_beginning_of_first_name(name, full))
        return found[0] if len(found) == 1 else ""

    def _find_in_directory(self, name: str) -> str:
        people = self._find_known_people(name)
        if len(people) != 1 or people[0].is_minor or people[0].pk not in self._directory_people:
            return ""
        return self._choose_spelling(people[0]) if is_certain_short_name(name, people[0].name) else ""

    def _find_in_organisation(self, name: str, organisation_name: str) -> str:
        """The one person of the organisation beside the name, by the report or by the directory."""
        match = find_match_beside_name(self._find_organisation, organisation_name)
        organisation = match.sure or match.likely
        listed = [full for full in self._find_listed(name) if self._is_in_group(full, organisation_name)]
        if listed or organisation is None:
            return listed[0] if len(listed) == 1 and is_certain_short_name(name, listed[0]) else ""
        person = self._known.find_in_organisation(name, organisation.pk)
        is_certain = person is not None and is_certain_short_name(name, person.name)
        return self._choose_spelling(person) if person is not None and is_certain else ""

    def _is_in_group(self, listed_name: str, organisation_name: str) -> bool:
        group = self._listed[listed_name]
        found = self._find_organisation(group).sure if group else None
        is_same = found is not None and found == find_match_beside_name(self._find_organisation, organisation_name).sure
        return is_same or (bool(group) and fold_text(group) == fold_text(organisation_name))

    def _choose_spelling(self, person: Person) -> str:
        """As the report lists the person, else as the directory does."""
        listed = [full for full in self._listed if is_certain_short_name(full, person.name)]
        return listed[0] if len(listed) == 1 else person.name

    def _find_known_people(self, name: str) -> list[Person]:
        """Everyone whom the name may mean, also people under 18 and those who left: they make it ambiguous."""
        words = fold_person_name(name).split()
        candidates = {person.pk: person for word in words for person in self._everyone_by_word.get(word, ())}
        return [person for person in candidates.values() if is_short_name(name, person.name)]

    @cached_property
    def _everyone_by_word(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for person in get_known_people(self._coalition).exclude(name="").only("name", "is_minor"):
            for word in set(fold_person_name(person.name).split()):
                found[word].append(person)
        return found

    @cached_property
    def _first_words_of_organisations(self) -> set[str]:
        """Of the directory and of the report: "Meta" may be the organisation, not short for Metaxia."""
        entries = self._known.directory.entries
        known = (name for entry in entries for name in (entry.name, entry.acronym, *entry.former_names))
        return {words[0] for name in (*known, *self._listed.values()) if (words := fold_text(name).split())}

    @cached_property
    def _directory_people(self) -> set[int]:
        holders = Role.objects.in_force().filter(coalition=self._coalition, person__isnull=False)
        return self._known.affiliated_people | set(holders.values_list("person", flat=True))

    @cached_property
    def _find_organisation(self) -> Callable[[str], OrganisationNameMatch]:
        return build_organisation_matcher(self._coalition)


def _is_plain_note(note: str) -> bool:
    """Whether the bracket beside a name does not say where this person belongs: "tbc", "lead", "Bright Mobile: tbc"."""
    rest = DOUBT_PATTERN.sub("", note).strip(" ,;.-")
    is_about_other = rest != note and rest.endswith(":")
    return is_about_other or not rest or (rest[0].islower() and not ORGANISATION_NOUNS & set(fold_text(rest).split()))


def _may_be_person(name: str) -> bool:
    words = fold_text(name).split()
    is_written_so = name.strip("'\u2018\u2019\u02bb\u02bc")[:1].isalpha() and not name[:1].islower()
    is_group = is_group_name(name) or is_duty_name(name) or " ".join(words) in PLURAL_OWNER_WORDS
    return (
        is_written_so
        and not name.isupper()
        and not is_group
        and not GROUP_NOUNS & set(words)
        and len(words) <= MAX_NAME_WORDS
        and max(map(len, words), default=0) >= MIN_NAME_LETTERS
    )


def _keep_one_spelling(names: Iterable[str]) -> list[str]:
    """The names without those that only write the same one in another way."""
    return list({get_person_name_key(name): name for name in names}.values())
