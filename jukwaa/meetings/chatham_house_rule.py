"""The Chatham House Rule: what was said may be kept; who said it, and who was there, may not.

An entry made under it names nobody, not even in its text: whoever writes one is asked to write it without the name.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from django.db.models import Q

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity, Organisation, OrganisationName
from jukwaa.meetings.models import Meeting

MIN_NAME_LENGTH = 2  # a letter alone is nobody's name
MIN_FAMILY_NAME_LENGTH = 4
MAX_ACRONYM_LENGTH = 5  # short names are sought as they are written: "who" is not the WHO


class NamesFoundError(Exception):
    """A text under the Chatham House Rule names a person or an organisation. `names` are those found in it."""

    def __init__(self, found_names: list[str]) -> None:
        super().__init__("the text names somebody")
        self.names = found_names


class ForbiddenNames:
    """The names that a text under the rule must not hold. Reads the directory once, when it is made."""

    def __init__(self, meeting: Meeting) -> None:
        self._names = {name for name in _find_known_names(meeting) if len(name) >= MIN_NAME_LENGTH}

    def refuse_names_in_texts(self, *texts: str, additional_names: Iterable[str] = ()) -> None:
        """Raises NamesFoundError. `additional_names` are names that came with the texts, such as a speaker's."""
        names = self._names | {name.strip() for name in additional_names if len(name.strip()) >= MIN_NAME_LENGTH}
        if found := _list_found_names("\n".join(texts), names):
            raise NamesFoundError(found)


def get_topic_key(entry_topic: str, text: str) -> tuple[bool, str, str]:
    """Return the place of an entry under the rule: by topic, those without one first, then by its first words.

    The order in which people spoke shows nowhere.
    """
    return bool(entry_topic), entry_topic.casefold(), text.casefold()


def _find_known_names(meeting: Meeting) -> Iterator[str]:
    directory = Organisation.objects.filter(coalition=meeting.coalition_id)
    former = OrganisationName.objects.filter(organisation__coalition=meeting.coalition_id)
    here = Q(memberships__coalition=meeting.coalition_id) | Q(roles__coalition=meeting.coalition_id)
    people = Person.objects.filter(here | Q(affiliations__organisation__coalition=meeting.coalition_id))
    heard = Q(attendance__meeting=meeting, attendance__is_group=False) | Q(entries__meeting=meeting)
    heard |= Q(dissents__entry__meeting=meeting)
    yield from chain.from_iterable(directory.values_list("name", "acronym"))
    yield from former.values_list("name", flat=True)
    yield from Capacity.objects.filter(heard).values_list("name", flat=True)
    for name in people.values_list("name", flat=True):
        yield name
        family_name = name.rpartition(" ")[2]
        if len(family_name) >= MIN_FAMILY_NAME_LENGTH and family_name.istitle():
            yield family_name


def _list_found_names(text: str, forbidden_names: set[str]) -> list[str]:
    """Return the names found, in the order of the text. Boundaries are Latin letters and digits only."""
    return list(dict.fromkeys(match.group() for match in find_names_in_text(text, forbidden_names)))


def find_names_in_text(text: str, forbidden_names: set[str]) -> list[re.Match[str]]:
    """Return where these names stand in a text, in its order, and the longest of those that begin at one place first.

    Acronyms are found only as they are written.
    """
    exact = {name for name in forbidden_names if len(name) <= MAX_ACRONYM_LENGTH}
    found = chain(
        _iter_name_matches(text, exact, re.NOFLAG), _iter_name_matches(text, forbidden_names - exact, re.IGNORECASE)
    )
    return sorted(found, key=lambda match: (match.start(), -match.end()))


def _iter_name_matches(text: str, forbidden_names: set[str], regex_flags: re.RegexFlag) -> Iterable[re.Match[str]]:
    if not forbidden_names:
        return []
    longest_first = sorted(forbidden_names, key=lambda name: (-len(name), name))
    alternatives = "|".join(re.escape(name) for name in longest_first)
    return re.finditer(rf"(?<![A-Za-z0-9])(?:{alternatives})(?![A-Za-z0-9])", text, regex_flags)
