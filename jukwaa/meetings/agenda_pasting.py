"""Who presents the items of an agenda that was pasted as text: only whom the directory knows for sure."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.meetings.agenda_headings import AGENDA_WORDS, find_private_remarks, get_email_writer
from jukwaa.meetings.agenda_lines import AgendaLine, parse_agenda_lines
from jukwaa.meetings.models import Part
from jukwaa.places.text_folding import fold_text

MIN_NICKNAME_LENGTH = 3
_SHORT_NAME_PATTERN = re.compile(r"[^\W\d_a-z][\w\u2019'-]+")  # "Ili"
_NAMES_OF_DAYS = {*AGENDA_WORDS["months"], *AGENDA_WORDS["weekdays"]}  # "Deadlines - May" is not about a person
_NOBODY = {
    *_NAMES_OF_DAYS,
    *(words for kind in ("usual_items", "breaks", "roles", "no_names") for words in AGENDA_WORDS[kind]),
}


@dataclass(frozen=True)
class PastedItem:
    """An item as it will be added. `presenter` is a name and its organisation, if it is one."""

    title: str
    minutes: int | None
    presenter: tuple[str, Organisation | None] | None
    purpose: Part.Purpose | None = None

    @property
    def details(self) -> dict[str, Any]:
        """Return the purpose, if the line states one; otherwise an item has the usual one."""
        return {"purpose": self.purpose} if self.purpose else {}

    @property
    def presenter_name(self) -> str:
        return self.presenter[0] if self.presenter else ""

    @property
    def private_remarks(self) -> list[str]:
        """Return what the title says that everyone who is invited should perhaps not read."""
        return list(find_private_remarks(self.title))


@dataclass(frozen=True)
class _FoundPresenter:
    name: str
    organisation_id: int | None = None


def read_pasted_agenda(coalition: Coalition, text: str, *, kept_lines: Container[str] = ()) -> list[PastedItem]:
    """Return the items that this text describes. Names that are not known for sure stay in the titles.

    `kept_lines` are lines that become items although they seem to be none.

    Raises ActionRefused for the name of somebody whose name is not kept in the record.
    """
    finder = _PresenterFinder(coalition, writer=get_email_writer(text))
    found = [_split_title_and_presenter(finder, line) for line in parse_agenda_lines(text, kept_lines=kept_lines)]
    numbers = {presenter.organisation_id for _line, _title, presenter in found if presenter}
    organisations = Organisation.objects.in_bulk([number for number in numbers if number])
    return [
        PastedItem(
            title,
            line.minutes,
            (presenter.name, organisations.get(presenter.organisation_id or 0)) if presenter else None,
            line.purpose,
        )
        for line, title, presenter in found
    ]


def _split_title_and_presenter(
    finder: "_PresenterFinder", line: AgendaLine
) -> tuple[AgendaLine, str, _FoundPresenter | None]:
    for part in line.name_parts:
        is_about_them = part.ends_list or is_about_organisations(part.title)
        if presenter := finder.find(part.names, accepts_organisations=not is_about_them):
            return line, replace(line, title=part.title).title_with_parts, presenter
    return line, line.title_with_parts, None


def is_about_organisations(title: str) -> bool:
    """Whether the organisations that an item names are what it is about: "New members: A, B"."""
    subject = fold_text(re.split(r"[:\u2013\u2014]|\s-\s|\.\s", title, maxsplit=1)[0])
    return subject in AGENDA_WORDS["about_organisations"]


class _PresenterFinder:
    """Reads the directory and the people of a coalition once, if there is a name to look for."""

    def __init__(self, coalition: Coalition, *, writer: str = "") -> None:
        self._coalition, self._writer = coalition, writer
        self._people = KnownPeople(coalition)

    @cached_property
    def _directory(self) -> OrganisationDirectory:
        return OrganisationDirectory.of(self._coalition)

    @cached_property
    def _organisation_names(self) -> dict[int, str]:
        return {entry.pk: entry.name for entry in self._directory.entries}

    def find(self, names: Iterable[str], *, accepts_organisations: bool = True) -> _FoundPresenter | None:
        """Return who presents, if these names are known. Several people become one presenter with all names.

        In a list of which more than half are known people, short names of others are as written.
        """
        found = [(name, self._find_presenter_by_name(name)) for name in names]
        known = [each for _name, each in found if each is not None]
        if any(each.organisation_id and not accepts_organisations for each in known) or 2 * len(known) <= len(found):
            return None
        unknown = [name for name, each in found if each is None]
        if unknown and not (all(map(_is_short_name, unknown)) and all(each.organisation_id is None for each in known)):
            return None
        if len(found) == 1:
            return known[0]
        return _FoundPresenter(join_with_separator(each.name if each else name for name, each in found))

    def _find_presenter_by_name(self, name: str) -> _FoundPresenter | None:
        if self._writer and (fold_text(name) in AGENDA_WORDS["writer"] or self._is_short_for_writer(name)):
            name = self._writer
        if (number := self._directory.find_exact_match(name)) is not None:
            return _FoundPresenter(self._organisation_names[number], number)
        if (person := self._people.find(name)) is not None:
            return _FoundPresenter(person.name)
        if fold_text(name) in _NAMES_OF_DAYS:
            return None
        people = {person.pk: person for person, _organisation in self._people.find_by_short_name(name)}
        person = next(iter(people.values())) if len(people) == 1 else None
        if person is None and not people:
            person = self._people.find_member_by_part_of_name(name)
        return _FoundPresenter(person.name) if person else None

    def _is_short_for_writer(self, name: str) -> bool:
        """As "Sam" or "Samuel" is for Samuel Lagat, who has written the email, unless another person has that name."""
        short, first = fold_text(name), next(iter(fold_text(self._writer).split()), "")
        return (
            len(short) >= MIN_NICKNAME_LENGTH
            and first.startswith(short)
            and not any(True for _found in self._people.find_by_short_name(name))
        )


def _is_short_name(word: str) -> bool:
    """Whether it is written like the name of a person: "Ili", and not "TBC" or "Closing"."""
    return _SHORT_NAME_PATTERN.fullmatch(word) is not None and not word.isupper() and fold_text(word) not in _NOBODY
