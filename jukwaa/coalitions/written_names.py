"""Names of speakers and owners as sources write them: what visitors may read of them.

A source may name a person: "Byron, Red Farolito". Members read that; visitors read the organisation.
"""

from collections import defaultdict
from functools import cached_property

from jukwaa.coalitions.known_people import fold_person_name, get_known_people
from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.coalitions.models.organisation import OrganisationName
from jukwaa.coalitions.organisation_matching import COMMON_NAME_WORDS, NAME_FILLER_WORDS
from jukwaa.places.country_search import find_country
from jukwaa.places.text_folding import fold_text

# A name of these words alone is a role or a group: "The secretariat", "Vice-chair of the board". It names nobody.
ROLE_WORDS = (
    NAME_FILLER_WORDS
    | COMMON_NAME_WORDS
    | frozenset(("guest", "guests", "host", "moderator", "participant", "participants", "rapporteur", "rapporteurs"))
    | frozenset(("secretariat", "secretary", "treasurer", "vice", "coordinators", "visitor", "visitors", "all"))
)
# Names of countries and peoples, in some language, that are common names of people. Alone, they may name a person.
COUNTRY_NAMES_OF_PEOPLE = (
    frozenset(("ascension", "chad", "dominica", "dominique", "finn", "franca", "georgia", "georgie", "german"))
    | frozenset(("guadalupe", "ira", "ireland", "israel", "italia", "jersey", "jordan", "maurice", "mauricio"))
    | frozenset(("montserrat", "saba", "salvador", "trinidad"))
)
ARTICLES = frozenset(("a", "an", "the", "un", "une", "una", "um", "uma", "ein", "eine"))


class WrittenNames:
    """Finds the public reading of names in one coalition, whose people and names of organisations it reads once."""

    def __init__(self, coalition_id: int) -> None:
        self._coalition_id = coalition_id

    def find_public_name(self, capacity: Capacity) -> str:
        """Return a public name: of an organisation, a country, a role, or a person who made their name public.

        Otherwise return the organisation of the person. Return nothing for a name that matches nobody.
        """
        organisation = capacity.organisation
        if organisation is None:
            is_public = _names_nobody(capacity.name) or _describes_person(capacity.name)
            return capacity.name if is_public or self._is_public_person(capacity) else ""
        is_public = _names_nobody(capacity.name) or self._names_organisation(capacity.name, organisation)
        return capacity.name if is_public or self._is_public_person(capacity) else organisation.name

    def _names_organisation(self, written_name: str, organisation: Organisation) -> bool:
        """Whether all words of a name are words of the names of the organisation, also of its earlier names."""
        words = set(fold_text(written_name).split()) - ROLE_WORDS  # "ITU representatives"
        if words <= set(fold_text(f"{organisation.name} {organisation.acronym}").split()):
            return True
        others = {word for name in self._other_names.get(organisation.pk, ()) for word in fold_text(name).split()}
        return words <= others | set(fold_text(f"{organisation.name} {organisation.acronym}").split())

    @cached_property
    def _other_names(self) -> dict[int, list[str]]:
        """The earlier and other names of organisations, by organisation."""
        names: dict[int, list[str]] = defaultdict(list)
        rows = OrganisationName.objects.filter(organisation__coalition=self._coalition_id)
        for organisation_id, name in rows.values_list("organisation", "name"):
            names[organisation_id].append(name)
        return names

    def _is_public_person(self, capacity: Capacity) -> bool:
        return fold_person_name(capacity.name) in self._public_people

    @cached_property
    def _public_people(self) -> set[str]:
        """The names that their people made public; a name of several people only if all of them did."""
        people = get_known_people(self._coalition_id).exclude(name="")
        rows = people.values_list("name", "name_is_public", "is_minor", "former_in")
        is_public_by_name: dict[str, bool] = {}
        for name, is_public, is_minor, former_in in rows:
            folded = fold_person_name(name)
            is_shown = is_public and not is_minor and self._coalition_id not in former_in
            is_public_by_name[folded] = is_public_by_name.get(folded, True) and is_shown
        return {name for name, is_public in is_public_by_name.items() if is_public}


def _describes_person(written_name: str) -> bool:
    """Whether it says what a person is, as "A teacher from Mombasa" does; "A. Lopes" is a name."""
    first, *others = written_name.split() or [""]
    return first.lower() in ARTICLES and bool(others) and others[0][0].islower()


def _names_nobody(written_name: str) -> bool:
    """Whether it is a role, a group or a country, and so no person."""
    folded_name = fold_text(written_name)
    name = " ".join(word for word in folded_name.split() if word not in ROLE_WORDS)
    if name in COUNTRY_NAMES_OF_PEOPLE and f"of {name}" not in folded_name and "government" not in folded_name:
        return False
    return not name or any(find_country(each, accepts_codes=False) is not None for each in (written_name, name))
