"""Several owners in one field, as people write them: "Ana Lopes, Ben Okoro", "Ana Lopes and Oak Trust"."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from jukwaa.coalitions.known_people import KnownPeople, get_person_name_key, is_short_name
from jukwaa.coalitions.models import Coalition
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.matching import OrganisationNameMatch, build_organisation_matcher, is_duty_name
from jukwaa.places.text_folding import fold_text

SEPARATOR_PATTERN = re.compile(r"\s*[,،&+]\s*|\s+(?:/|and|et|y|e|und|na|و)\s+")
MAX_SEPARATORS = 12
MIN_LETTERS = 3
PERSON, ORGANISATION = "person", "organisation"


class OwnerSplitter:
    """Finds the owners in a typed text, where each is a name of the report, or of the directory of the coalition.

    Names and directory are read once, when a text may have several names.
    """

    def __init__(self, coalition: Coalition, report_names: Iterable[str]) -> None:
        self._coalition, self._report_names = coalition, report_names
        self._known = KnownPeople(coalition)

    def split(self, text: str) -> list[str]:
        """The owners; the text as it is, where it is one name, or where a part of it is not known."""
        if not 0 < len(SEPARATOR_PATTERN.findall(text)) <= MAX_SEPARATORS:
            return [text]
        names = self._find_known_names(text)
        are_different = len({self._identify(name) for name in names}) == len(names)
        return names if names and are_different else [text]

    def _find_known_names(self, text: str) -> list[str]:
        """The longest known name first, so that "Rights and Research" stays whole."""
        if self._identify(text):
            return [text]
        for place in reversed(list(SEPARATOR_PATTERN.finditer(text))):
            first, rest = text[: place.start()], text[place.end() :]
            if self._identify(first) and (others := self._find_known_names(rest)):
                kinds = tuple(self._identify(name)[0] for name in (first, others[0]))
                works_there = "," in place[0] and kinds == (PERSON, ORGANISATION)  # "Ana Lopes, Oak Trust"
                return [] if works_there else [first, *others]
        return []

    def _identify(self, name: str) -> tuple[str, ...]:
        """What a name means: a person or an organisation, and which; nothing where it is not known."""
        if organisation := self._find_organisation(name).sure:
            return ORGANISATION, str(organisation.pk)
        if person := self._find_person(name):
            return PERSON, person
        written = self._find_written_name(name)
        return (PERSON, get_person_name_key(written or name)) if written or is_duty_name(name) else ()

    def _find_person(self, name: str) -> str:
        """The number of the one adult of the directory whom a name, or a part of one, means."""
        try:
            person = self._known.find(name)
        except ActionRefused:
            return ""
        found = {person.pk} if person else {each.pk for each, _organisation in self._known.find_by_short_name(name)}
        return str(found.pop()) if len(found) == 1 else ""

    def _find_written_name(self, name: str) -> str:
        """The one name of the report that is this, or of which this is a part."""
        same = [written for written in self._written_names if fold_text(written) == fold_text(name)]
        found = same or [each for each in self._written_names if len(name) >= MIN_LETTERS and is_short_name(name, each)]
        return found[0] if len(found) == 1 else ""

    @cached_property
    def _written_names(self) -> list[str]:
        return list(self._report_names)

    @cached_property
    def _find_organisation(self) -> Callable[[str], OrganisationNameMatch]:
        return build_organisation_matcher(self._coalition)
