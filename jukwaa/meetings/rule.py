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

SHORTEST = 2  # a letter alone is nobody's name
SHORTEST_FAMILY_NAME = 4
LONGEST_ACRONYM = 5  # short names are sought as they are written: "who" is not the WHO


class NamesSomebody(Exception):  # noqa: N818 - it names what the text does
    """A text under the Chatham House Rule names a person or an organisation. `names` are those found in it."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("the text names somebody")
        self.names = names


class Names:
    """The names that a text under the rule must not hold. Reads the directory once, when it is made."""

    def __init__(self, meeting: Meeting) -> None:
        self._names = {name for name in _known(meeting) if len(name) >= SHORTEST}

    def refuse(self, *texts: str, also: Iterable[str] = ()) -> None:
        """Raises NamesSomebody. `also` are names that came with the texts, such as a speaker's."""
        names = self._names | {name.strip() for name in also if len(name.strip()) >= SHORTEST}
        if found := _found("\n".join(texts), names):
            raise NamesSomebody(found)


def get_place(topic: str, text: str) -> tuple[bool, str, str]:
    """Return the place of an entry under the rule: by topic, those without one first, then by its first words.

    The order in which people spoke shows nowhere.
    """
    return bool(topic), topic.casefold(), text.casefold()


def _known(meeting: Meeting) -> Iterator[str]:
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
        if len(family_name) >= SHORTEST_FAMILY_NAME and family_name.istitle():
            yield family_name


def _found(text: str, names: set[str]) -> list[str]:
    """In the order of the text. Letters of other scripts bound nothing: they may be a prefix, or need no space."""
    return list(dict.fromkeys(match.group() for match in find_names(text, names)))


def find_names(text: str, names: set[str]) -> list[re.Match[str]]:
    """Return where these names stand in a text, in its order, and the longest of those that begin at one place first.

    Acronyms are found only as they are written.
    """
    exact = {name for name in names if len(name) <= LONGEST_ACRONYM}
    found = chain(_matches(text, exact, re.NOFLAG), _matches(text, names - exact, re.IGNORECASE))
    return sorted(found, key=lambda match: (match.start(), -match.end()))


def _matches(text: str, names: set[str], flags: re.RegexFlag) -> Iterable[re.Match[str]]:
    if not names:
        return []
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    alternatives = "|".join(re.escape(name) for name in longest_first)
    return re.finditer(rf"(?<![A-Za-z0-9])(?:{alternatives})(?![A-Za-z0-9])", text, flags)
