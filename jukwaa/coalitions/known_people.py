"""People of a coalition whose names are typed where a source is written down, such as the attendance of a meeting.

A typed name is compared as a whole, never as a word within a sentence. One that is also the name of a country or of an
organisation of the directory means that: "Jordan" in an attendance is the delegation.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Capacity, Coalition, ListEntry, Membership, Role
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.core.refusals import ActionRefused
from jukwaa.places.country_search import find_country
from jukwaa.places.text_folding import fold_text

MIN_NAME_WORDS = 2  # words that a name has at least, to be recognised among others


class KnownPeople:
    """Finds whom a typed name means. Reads the people of the coalition once, and its directory if it must."""

    def __init__(self, coalition: Coalition) -> None:
        self._coalition = coalition
        self._adults: dict[str, list[Person]] = defaultdict(list)
        self._minors: list[tuple[str, ...]] = []
        for person in get_known_people(coalition).exclude(name="").only("name", "is_minor"):
            if person.is_minor:
                self._minors.append(_split_name_words(person.name))
            else:
                self._adults[fold_text(person.name)].append(person)

    def find(self, name: str) -> Person | None:
        """Return the one adult of exactly this name, if there is one.

        Raises ActionRefused for the name of somebody whose name is not kept in the record. The sentence is the same
        whoever that is, and does not say why.
        """
        found = self._adults.get(fold_text(name), [])
        is_minor = any(is_named_in(name, words) for words in self._minors)
        if not (found or is_minor) or is_country_or_organisation(self._coalition, name, self._directory):
            return None
        if is_minor:
            raise _build_ambiguous_name_refusal(name)
        return found[0] if len(found) == 1 else None

    @cached_property
    def _directory(self) -> OrganisationDirectory:
        return OrganisationDirectory.of(self._coalition)

    def require_adult(self, person: Person) -> Person:
        """Return the person. Raises ActionRefused as `find` does."""
        if person.is_minor:
            raise _build_ambiguous_name_refusal(person.name)
        return person


def _build_ambiguous_name_refusal(name: str) -> ActionRefused:
    sentence = _("Enter the organisation or the role instead. “%(name)s” can't be recorded here.")
    return ActionRefused(sentence % {"name": name}, "name")


def find_capacities_naming(person: Person) -> Iterator[Capacity]:
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
            if is_named_in(each.name, _split_name_words(person.name))
        )


def is_named_in(text: str, words: tuple[str, ...]) -> bool:
    """Whether a typed text names the person of these words: in any order, or as a part where there are two or more."""
    typed = _split_name_words(text)
    if not words or sorted(typed) == sorted(words):
        return bool(words)
    at = range(len(typed) - len(words) + 1)
    return len(words) >= MIN_NAME_WORDS and any(typed[start : start + len(words)] == words for start in at)


def get_known_people(coalition: Coalition) -> QuerySet[Person]:
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
    coalition: Coalition, name: str, organisation_directory: OrganisationDirectory | None = None
) -> bool:
    """Whether it is the name of a country or of an organisation of the directory, which is read if it is not given."""
    if find_country(name, accepts_codes=False) is not None:
        return True
    return any(match.is_exact for match in (organisation_directory or OrganisationDirectory.of(coalition)).find(name))


def _split_name_words(text: str) -> tuple[str, ...]:
    return tuple(fold_text(text).split())
