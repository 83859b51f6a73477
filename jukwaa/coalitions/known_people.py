"""People of a coalition whose names are typed where a source is written down, such as the attendance of a meeting.

A typed name is compared as a whole, never as a word within a sentence. One that is also the name of a country or of an
organisation of the directory means that: "Jordan" in an attendance is the delegation.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from itertools import pairwise
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.arabic_names import has_arabic_letters, is_arabic_name_of
from jukwaa.coalitions.models import Affiliation, Capacity, Coalition, ListEntry, Membership, Organisation, Role
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.coalitions.person_titles import MIN_NAME_WORDS, TITLES_IN_SENTENCES, remove_degrees, remove_titles
from jukwaa.core.refusals import ActionRefused
from jukwaa.places.country_search import find_country
from jukwaa.places.text_folding import fold_text

MIN_SHORT_NAME_LENGTH = 2  # letters of the longest word of a name: initials alone mean nobody
# Between the words of one name, but not of two sentences; with characters that nobody sees, such as isolates.
_NAME_GAP_PATTERN = re.compile(r"[\s,\u2010-\u2013\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069-]*")
MIN_LONE_NAME_LENGTH = 3  # letters of one name that stands for a person: "da" and "de" are parts of many names
_INITIALS_PATTERN = re.compile(r"\b[A-Z]{2,3}\b")
_UMLAUT_PATTERN = re.compile("ae|oe|ue")
# Vowels and other marks of Hebrew, Arabic, Indian, Thai, Burmese and Khmer words, and joiners within them.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0e4e"
    "\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)
# A word of a sentence, without the English "'s" behind it and the French or Portuguese "d'" before it.
_WORD_PATTERN = re.compile(
    f"[dl]['\u2019](?=[^\\W\\d_a-z])|[^\\W_](?:(?!['\u2019]s\\b)(?:[^\\W_]|['\u2019\u02bb{_MARKS}]))*"
)
_ELISIONS = frozenset({"d", "l"})  # may be a part of the name: "Jean d'Almeida"


class KnownPeople:
    """Finds whom a typed name means. Reads the people of the coalition once, and its directory if it must.

    With `for_members`, hidden names are those that members may learn: of adults who have not left.
    """

    def __init__(self, coalition: Coalition, *, for_members: bool = False) -> None:
        self._coalition, self._for_members = coalition, for_members

    @cached_property
    def _people(self) -> list[Person]:
        return list(get_known_people(self._coalition).only("name", "is_minor", "email"))

    @cached_property
    def by_address(self) -> dict[str, Person]:
        """The people by their email addresses, those under 18 too."""
        return {person.email: person for person in self._people if person.email}

    @cached_property
    def _people_by_name(self) -> tuple[dict[str, list[Person]], list[tuple[str, ...]]]:
        """The adults by the keys of their names, and the names of those under 18."""
        adults: dict[str, list[Person]] = defaultdict(list)
        minors: list[tuple[str, ...]] = []
        for person in self._people:
            if not person.name:
                continue
            if person.is_minor:
                minors.append(_split_name_words(person.name))
            else:
                adults[get_person_name_key(person.name)].append(person)
        return adults, minors

    def find(self, person_name: str) -> Person | None:
        """Return the one adult of exactly this name, or of the same words in another order, if there is one.

        Raises ActionRefused for the name of somebody whose name is not kept in the record. The sentence is the same
        whoever that is, and does not say why.
        """
        adults, minors = self._people_by_name
        namesakes = adults.get(get_person_name_key(person_name), [])
        name = fold_person_name(person_name)
        found = [person for person in namesakes if fold_person_name(person.name) == name] or namesakes
        is_minor = any(is_person_named_in_text(person_name, words) for words in minors)
        if not (found or is_minor) or is_country_or_organisation(self._coalition, person_name, self.directory):
            return None
        if is_minor:
            raise _build_ambiguous_name_refusal(person_name)
        return found[0] if len(found) == 1 else None

    def is_hidden_name_in(self, text: str, *, is_for_members: bool = False) -> bool:
        """Whether a typed text, such as "Ada Obi and Ben Otieno", names an adult whose name its readers may not read.

        Everyone reads the names that are public, and members those of all adults; of people who left, neither do.
        """
        return any(
            (has_left or not is_for_members) and is_person_named_in_text(text, words)
            for words, has_left in self._hidden_names
        )

    def count_hidden_names_in(self, document_text: str) -> int:
        """Count the people of two or more names whom a whole document names, and whose names are not public."""
        folded = f" {_fold_words(document_text)} "
        return sum(
            any(f" {' '.join(order)} " in folded for order in (words, (words[-1], *words[:-1])))
            for words in self._hidden_full_names
        )

    def find_hidden_names_in(self, text: str, involved_names: Iterable[str] = ()) -> list[tuple[int, int]]:
        """Return where a text names people whose names are not public: start and end of each, in the order of the text.

        People are named by all of their names, by the first and the last, or by a title and their family name. Those of
        `involved_names`, such as the speakers, are also named by one of their names alone: "Amélia will send the list".
        """
        words = self._split_text(text)
        lone_names = self._get_lone_names(involved_names)
        found, after = [], 0
        for at, (word, start, end) in enumerate(words):
            if at < after:
                continue
            length = self._count_words_of_hidden_name(text, words, at)
            if not length and word in lone_names and not text[start:end].islower():
                length = 1
            if length:
                after = at + length
                found.append((start, max(end, words[after - 1][2])))
        return found

    def _split_text(self, text: str) -> list[tuple[str, int, int]]:
        """Return the words of a text, folded as those of names are, each with its start and end in the text."""
        words: list[tuple[str, int, int]] = []
        for match in _WORD_PATTERN.finditer(text):
            for word in _fold_words(match[0]).split():
                before, start, end = words[-1] if words else ("", 0, 0)
                if before in _ELISIONS and end == match.start() and before + word in self._words_of_hidden_names:
                    words[-1] = (before + word, start, match.end())
                else:
                    words.append((word, match.start(), match.end()))
        return words

    def _get_lone_names(self, involved_names: Iterable[str]) -> set[str]:
        """Return the single names of those hidden people whom these names mean, in full or in part."""
        involved = [set(_split_name_words(name)) for name in involved_names if name]
        meant = [
            words
            for words, _has_left in self._hidden_names
            if any(typed and (typed <= set(words) or set(words) <= typed) for typed in involved)
        ]
        return {word for words in meant for word in words if len(word) >= MIN_LONE_NAME_LENGTH}

    def _count_words_of_hidden_name(self, text: str, words: list[tuple[str, int, int]], at: int) -> int:
        """Return how many words from here on name a person; 0 if they do not."""
        for name in self._hidden_names_by_first_word.get(words[at][0], ()):
            found = words[at : at + len(name)]
            if tuple(word for word, *_span in found) == name and all(
                _NAME_GAP_PATTERN.fullmatch(text[end:start]) or (len(word) == 1 and text[end] == ".")
                for (word, _start, end), (_word, start, _end) in pairwise(found)
            ):
                return len(name)
        is_title = words[at][0] in TITLES_IN_SENTENCES and at + 1 < len(words)
        return 2 if is_title and words[at + 1][0] in self._hidden_family_names else 0

    @cached_property
    def _hidden_full_names(self) -> set[tuple[str, ...]]:
        minors = () if self._for_members else self._people_by_name[1]
        hidden = {words for words, _has_left in self._hidden_names} | set(minors)
        return {words for words in hidden if len(words) >= MIN_NAME_WORDS}

    @cached_property
    def _hidden_names_by_first_word(self) -> dict[str, list[tuple[str, ...]]]:
        """Full names in both orders, and the first with the last of several, the longest first."""
        written = {
            order
            for words in self._hidden_full_names
            for order in (words, (words[-1], *words[:-1]), (words[0], words[-1]), (words[-1], words[0]))
        }
        by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for words in sorted(written, key=len, reverse=True):
            by_word[words[0]].append(words)
        return by_word

    @cached_property
    def _words_of_hidden_names(self) -> set[str]:
        return {word for words in self._hidden_full_names for word in words}

    @cached_property
    def _hidden_family_names(self) -> set[str]:
        return {words[-1] for words, _has_left in self._hidden_names if len(words) >= MIN_NAME_WORDS}

    @cached_property
    def _hidden_names(self) -> list[tuple[tuple[str, ...], bool]]:
        """The names of adults that are not public, and whether their people left."""
        adults = get_known_people(self._coalition).filter(is_minor=False).exclude(name="")
        hidden = adults.exclude(name_is_public=True, former_in=[]).only("name", "name_is_public", "former_in")
        return [
            (_split_name_words(person.name), has_left)
            for person in hidden
            if (has_left := self._coalition.pk in person.former_in) or not person.name_is_public
            if not (has_left and self._for_members)
        ]

    def find_in_organisation(self, name: str, organisation_id: int) -> Person | None:
        """Return the one adult of an organisation whom a name, or a part of one, means: "Jörg", "N. Torvin".

        No person if several may be meant, or if the person is under 18.
        """
        people = self._people_by_organisation.get(organisation_id, [])
        exact = [person for person in people if get_person_name_key(person.name) == get_person_name_key(name)]
        written = (name, _separate_initials(name))
        found = exact or [person for person in people if any(is_short_name(each, person.name) for each in written)]
        return found[0] if len(found) == 1 and not found[0].is_minor else None

    def find_by_several_names(self, name: str) -> Person | None:
        """Return the one adult of the directory to whom two or more written-out names belong: "Domingos Kiala".

        Other words of the name may be initials, and a name in Arabic letters may be in Latin letters in the directory.
        """
        words = [word for word in _split_name_words(name) if len(word) > 1]
        if len(words) < MIN_NAME_WORDS:
            return None
        if has_arabic_letters(name):
            everyone = {person.pk: person for people in self._people_by_organisation.values() for person in people}
            found = [person for person in everyone.values() if is_arabic_name_of(name, person.name)]
        else:
            candidates = self._people_by_word.get(words[0], {}).values()
            found = [person for person in candidates if is_short_name(name, person.name)]
        return found[0] if len(found) == 1 and not found[0].is_minor else None

    @cached_property
    def _people_by_word(self) -> dict[str, dict[int, Person]]:
        found: dict[str, dict[int, Person]] = defaultdict(dict)
        for people in self._people_by_organisation.values():
            for person in people:
                for word in _split_name_words(person.name):
                    found[word][person.pk] = person
        return found

    def find_by_short_name(self, name: str) -> list[tuple[Person, Organisation]]:
        """Return the adults whom a name, or a part of one, may mean, each with an organisation that they belong to."""
        return [
            (person, self._organisations[number])
            for number, people in self._people_by_organisation.items()
            for person in people
            if not person.is_minor and is_short_name(name, person.name)
        ]

    def may_mean_another(self, name: str, full_name: str) -> bool:
        """Whether a name, or a part of one, may mean a person, of any age, who is not the one of the full name."""
        others = (person.name for person in self._people if is_short_name(name, person.name))
        return not all(is_short_name(full_name, each) or is_short_name(each, full_name) for each in others)

    def find_member_by_part_of_name(self, name: str) -> Person | None:
        """Return the adult with a role or a membership of their own, if a name can mean no other person known here."""
        found = [person for person in self._people if is_short_name(name, person.name)]
        is_one = len(found) == 1 and not found[0].is_minor and found[0].pk in self._own_members
        return found[0] if is_one else None

    @cached_property
    def _own_members(self) -> set[int]:
        """The numbers of those who have a role, or are members without an organisation, at present."""
        roles = Role.objects.in_force().filter(coalition=self._coalition).values_list("person_id", flat=True)
        own = Membership.objects.active().filter(coalition=self._coalition, person__isnull=False)
        return {*roles, *own.values_list("person_id", flat=True)}

    @cached_property
    def affiliated_people(self) -> set[int]:
        """The numbers of those who belong to an organisation at present."""
        return {each.person_id for each in self._affiliations}

    @cached_property
    def _affiliations(self) -> list[Affiliation]:
        rows = Affiliation.objects.in_force().filter(
            organisation__coalition=self._coalition,
            organisation__merged_into__isnull=True,
            person__erased_at__isnull=True,
        )
        return list(rows.exclude(person__name="").select_related("person", "organisation").order_by("pk"))

    @cached_property
    def _organisations(self) -> dict[int, Organisation]:
        return {each.organisation_id: each.organisation for each in self._affiliations}

    @cached_property
    def _people_by_organisation(self) -> dict[int, list[Person]]:
        people: dict[int, dict[int, Person]] = defaultdict(dict)
        for each in self._affiliations:
            people[each.organisation_id][each.person_id] = each.person
        return {number: list(found.values()) for number, found in people.items()}

    @cached_property
    def directory(self) -> OrganisationDirectory:
        return OrganisationDirectory.of(self._coalition)

    def require_adult(self, person: Person) -> Person:
        """Return the person. Raises ActionRefused as `find` does."""
        if person.is_minor:
            raise _build_ambiguous_name_refusal(person.name)
        return person


def _build_ambiguous_name_refusal(person_name: str) -> ActionRefused:
    sentence = _("Enter the organisation or the role instead. “%(name)s” can't be recorded here.")
    return ActionRefused(sentence % {"name": person_name}, "name")


def find_capacities_mentioning_person(person: Person) -> Iterator[Capacity]:
    """Return what sources have written down under the name of this person, in the coalitions that know them."""
    for coalition in Coalition.objects.all():
        if not get_known_people(coalition).filter(pk=person.pk).exists():
            continue
        if is_country_or_organisation(coalition, person.name):
            continue
        typed = Capacity.objects.filter(coalition=coalition, person__isnull=True).exclude(name="")
        yield from (
            each
            for each in typed.select_related("organisation")
            if is_person_named_in_text(each.name, _split_name_words(person.name))
        )


def is_person_named_in_text(text: str, words: tuple[str, ...]) -> bool:
    """Whether a typed text names the person of these words: in any order, or as a part where there are two or more."""
    typed = _split_name_words(text)
    if not words or sorted(typed) == sorted(words):
        return bool(words)
    at = range(len(typed) - len(words) + 1)
    return len(words) >= MIN_NAME_WORDS and any(typed[start : start + len(words)] == words for start in at)


def get_known_people(coalition: Coalition | int) -> QuerySet[Person]:
    """Return everybody whom a coalition knows, under 18 or not."""
    rows = (
        Affiliation.objects.filter(organisation__coalition=coalition).values("person"),
        *(model.objects.filter(coalition=coalition).values("person") for model in (Role, ListEntry)),
        *(
            model.objects.filter(coalition=coalition, person__isnull=False).values("person")
            for model in (Membership, Capacity)
        ),
        Membership.objects.filter(coalition=coalition, applicant__isnull=False).values("applicant"),
    )
    known = reduce(or_, (Q(pk__in=each) for each in rows))
    return Person.objects.filter(known, erased_at__isnull=True)


def is_country_or_organisation(
    coalition: Coalition, written_name: str, organisation_directory: OrganisationDirectory | None = None
) -> bool:
    """Whether it is the name of a country or of an organisation of the directory, which is read if it is not given."""
    if find_country(written_name, accepts_codes=False) is not None:
        return True
    return any(
        match.is_exact for match in (organisation_directory or OrganisationDirectory.of(coalition)).find(written_name)
    )


def fold_person_name(name: str) -> str:
    """Return the name for comparing: as `fold_text`, without titles, and the same for "Jörg" and "Joerg"."""
    return remove_titles(_fold_words(remove_degrees(name)))


def get_person_name_key(person_name: str) -> str:
    """The same for "Dünenbrink, Heike" and "Heike Duenenbrink"."""
    return " ".join(sorted(fold_person_name(person_name).split()))


def _fold_words(text: str) -> str:
    return " ".join(_UMLAUT_PATTERN.sub(lambda found: found[0][0], fold_text(text)).split())


def _separate_initials(name: str) -> str:
    """As "Chesney D C" of "Chesney DC"."""
    return _INITIALS_PATTERN.sub(lambda found: " ".join(found[0]), name)


def is_short_name(name: str, full_name: str) -> bool:
    """Whether a name is the whole of another or a part of it: a first name, a surname, "N. Torvin" for Niamh Torvin, or
    "Mme Torvin". "M. Torvin" may be either, a person of that initial or a man of that surname.
    """
    words = _split_name_words(name)
    titled = len(words) > 1 and words[0] in TITLES_IN_SENTENCES
    return _is_part_of_name(words, full_name) or (titled and _is_part_of_name(words[1:], full_name))


def _is_part_of_name(name_words: tuple[str, ...], full_name: str) -> bool:
    left = list(_split_name_words(full_name))
    words = sorted(name_words, key=len, reverse=True)
    if not words or len(words[0]) < MIN_SHORT_NAME_LENGTH:
        return False
    for word in words:
        found = next((each for each in left if each == word or (len(word) == 1 and each.startswith(word))), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _split_name_words(text: str) -> tuple[str, ...]:
    return tuple(fold_person_name(text).split())
