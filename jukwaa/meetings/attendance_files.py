"""Reading the attendance files of video calls: whom they name, each once. Pure; nothing is looked up or stored."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from django.utils.translation import gettext as _

from jukwaa.core.attendance_modes import ONLINE_MODE, find_mode_of_label
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.attendance_durations import Stay, read_stay
from jukwaa.places.country_search import find_country
from jukwaa.places.text_folding import fold_text

MAX_FILE_PARTICIPANTS = 500  # different people in one file
MAX_INITIALS_LENGTH = 3
_CLOCK_TIME_PATTERN = re.compile(r"\d[:.h]\d\d(?!\d)")
_SECTION_NUMBER_PATTERN = re.compile(r"\d+\. ")  # Teams numbers the parts of its file
_BRACKETS_PATTERN = re.compile(r"\(([^()]*)\)")
_BRACKET_SIGN_PATTERN = re.compile(r"[()\[\]|_]|\s[-\u2013\u2014]\s")
_NAME_SEPARATOR_PATTERN = re.compile(r"\s+[-\u2013\u2014/:]\s+|\s*\|\s*|,\s+")


def _load_column_vocabulary() -> tuple[dict[str, str], dict[str, frozenset[str]], dict[str, str]]:
    table = tomllib.loads((files("jukwaa.meetings") / "data" / "attendance_files.toml").read_text("utf-8"))
    columns = {fold_text(heading): kind for kind, headings in table["columns"].items() for heading in headings}
    nobody = {kind: frozenset(fold_text(each) for each in listed) for kind, listed in table["nobody"].items()}
    roles = {fold_text(word): role for role, words in table["roles"].items() for word in words}
    return columns, nobody, roles


COLUMN_BY_HEADING, GENERIC_NAMES, ROLE_BY_WORD = _load_column_vocabulary()


@dataclass
class FileParticipant:
    """Somebody in a file, or everybody of one name in it, such as "iPhone". `rows` is how many rows they have."""

    name: str
    addresses: set[str] = field(default_factory=set)
    organisation: str = ""
    rows: int = 0
    country: str = ""  # ISO 3166-1, where the table names one
    is_room: bool = False  # a device in a meeting room, as the file says
    role: str = ""  # "guest" or "secretariat", where the table says so: as in Attendance.As
    mode: str = ""  # as in Attendance.Mode: as the table says, or online where it is the list of a video call
    shown_name: str = ""  # what the call showed, where the file has the name of the account too
    stays: list[Stay] = field(default_factory=list)
    wants_no_name: bool = False  # says so in the file

    def add(self, other_participant: "FileParticipant") -> None:
        """Add what another row says of the same person. The name of a person replaces that of a device."""
        if is_generic_attendee_name(self.name) or (other_participant.has_account_name and not self.has_account_name):
            self.name, self.shown_name = other_participant.name, other_participant.shown_name
        self.addresses |= other_participant.addresses
        self.organisation = self.organisation or other_participant.organisation
        self.shown_name = self.shown_name or other_participant.shown_name
        self.country = self.country or other_participant.country
        self.role = self.role or other_participant.role
        self.mode = self.mode or other_participant.mode
        self.rows += other_participant.rows
        self.add_stays(other_participant)

    def add_stays(self, other_participant: "FileParticipant") -> None:
        """Add how long the same person was there under another name, and whether they asked not to be named there."""
        self.stays += other_participant.stays
        self.wants_no_name = self.wants_no_name or other_participant.wants_no_name

    @property
    def is_bot(self) -> bool:
        mailboxes = {fold_text(address.partition("@")[0]) for address in self.addresses}
        return is_bot_name(self.name) or bool(mailboxes & GENERIC_NAMES["mailboxes"])

    @property
    def identity_keys(self) -> list[str]:
        """By what its rows are recognised. A name that names nobody joins only rows without an address."""
        is_name = not (self.addresses and is_generic_attendee_name(self.name))
        return [*self.addresses, *([fold_text(self.name) or self.name] if is_name else [])]

    @property
    def has_account_name(self) -> bool:
        return bool(self.shown_name) and self.shown_name != self.name

    @property
    def shown_key(self) -> str:
        """The name that the call showed, for a row with the name of its account; nothing for "iPhone"."""
        is_name = self.has_account_name and not is_generic_attendee_name(self.shown_name)
        return fold_text(self.shown_name) if is_name else ""

    def could_be_same_account(self, other_participant: "FileParticipant") -> bool:
        """Whether both may be one person who shows this name: several people may show "Ana" or "Kenya delegation"."""
        has_two_addresses = self.addresses and other_participant.addresses
        return not has_two_addresses and self.has_account_name != other_participant.has_account_name


def find_participants_in_rows(table_rows: Iterable[list[str]]) -> list[FileParticipant]:
    """Return everybody in the table once: rows of the same name or address are one person.

    What stands above the headings is skipped. Raises ActionRefused where there is no column of names, nobody in it, or
    more people than `MOST`.
    """
    found: dict[str, FileParticipant] = {}
    for participant in _read_participant_rows(table_rows):
        _merge_repeated_participant(participant, found)
    people = list({id(one): one for one in found.values()}.values())
    if not people:
        raise ActionRefused(_("This file has no names. Check that a column of names has the heading “Name”."), "file")
    if len(people) > MAX_FILE_PARTICIPANTS:
        sentence = _("This file has more than %(limit)s names. Split it and import the parts one by one.")
        raise ActionRefused(sentence % {"limit": MAX_FILE_PARTICIPANTS}, "file")
    return people


def _merge_repeated_participant(
    file_participant: FileParticipant, participants_by_key: dict[str, FileParticipant]
) -> None:
    keys = file_participant.identity_keys
    known = [participants_by_key[key] for key in keys if key in participants_by_key]
    shown_key = file_participant.shown_key
    shown = participants_by_key.get(shown_key or f"shown as {fold_text(file_participant.name)}")
    if not known and shown is not None and shown.could_be_same_account(file_participant):
        known = [shown]
    first, *others = list({id(one): one for one in known}.values()) or [file_participant]
    if first is not file_participant:
        first.add(file_participant)
    for other in others:
        first.add(other)
        keys += [key for key, one in participants_by_key.items() if one is other]
    participants_by_key.update(dict.fromkeys(keys, first))
    if shown_key:
        participants_by_key.setdefault(f"shown as {shown_key}", first)


def _read_participant_rows(table_rows: Iterable[list[str]]) -> Iterator[FileParticipant]:
    columns: dict[str, int] = {}
    table = 0
    for row in table_rows:
        if (headings := _find_participant_columns(row)) and not _is_participant_row(row, columns):
            columns = headings
            table += 1
            continue
        cells = {kind: row[at].strip() for kind, at in columns.items() if at < len(row)}
        names = [cells.get("first_name", ""), cells.get("last_name", "")]
        # People choose the name that a call shows, such as "iPad de Kaede"; both names are those of their account.
        shown_name = cells.get("name", "")
        is_whole = all(names) and (not shown_name or all(map(_is_written_out, names)))
        name = " ".join(names) if is_whole else shown_name or "".join(names)
        organisation = cells.get("organisation", "")
        is_section = _SECTION_NUMBER_PATTERN.match(name) and sum(map(bool, row)) == 1
        if not (name or organisation) or is_section:
            continue
        address = cells.get("email", "").lower()
        times = {kind: cells.get(kind, "") for kind in ("duration", "joined", "left")}
        stay = read_stay(table, **times)
        yield FileParticipant(
            _remove_name_markers(name) if name else organisation,
            {address} if "@" in address else set(),
            organisation,
            rows=1,
            country=_get_country_code(cells.get("country", "")),
            role=_get_role(cells.get("role", ""), organisation, *_find_remarks_in_brackets(name)),
            mode=_get_mode(cells, stay),
            shown_name=_remove_name_markers(shown_name) if shown_name else "",
            is_room=fold_text(cells.get("connection", "")) in GENERIC_NAMES["connections"],
            stays=[stay] if stay else [],
            wants_no_name=any(map(_asks_not_to_be_named, row)),
        )


def _get_mode(cells: dict[str, str], stay: Stay | None) -> str:
    """As the table says, else online for what only the program of a video call writes: how long, on which device.

    A list of signatures has none of that, and the day on which a member joined is no time of day.
    """
    if "mode" in cells:
        return find_mode_of_label(cells["mode"])
    is_call = stay is not None or bool(cells.get("connection"))
    is_joined = "email" in cells and _CLOCK_TIME_PATTERN.search(cells.get("joined", "")) is not None
    return ONLINE_MODE if is_call or is_joined else ""


def _asks_not_to_be_named(cell: str) -> bool:
    words = f" {fold_text(cell)} "
    return any(f" {wish} " in words for wish in GENERIC_NAMES["unnamed"])


def _is_written_out(name_part: str) -> bool:
    """Whether it is a first or last name, and not initials such as "KR"."""
    return len(name_part) > 1 and not (name_part.isupper() and len(name_part) <= MAX_INITIALS_LENGTH)


def _is_participant_row(row: list[str], columns: dict[str, int]) -> bool:
    """Whether a row below headings has a name where they say: "Attendee" is also a role, and no heading there."""
    place = columns.get("name", len(row))
    return place < len(row) and bool(row[place]) and fold_text(row[place]) not in COLUMN_BY_HEADING


def _get_role(*cells: str) -> str:
    return next((role for cell in cells if (role := ROLE_BY_WORD.get(fold_text(cell), ""))), "")


def _find_remarks_in_brackets(name: str) -> list[str]:
    """As in "Ana Paz (secretariat)", without what the program adds."""
    return [text for text in _BRACKETS_PATTERN.findall(name) if fold_text(text) not in GENERIC_NAMES["markers"]]


def _get_country_code(country: str) -> str:
    found = find_country(country) if country else None
    return found.code if found else ""


def _find_participant_columns(header_cells: list[str]) -> dict[str, int]:
    """Return which column is which, if these are the headings: they have a column of names, or of organisations."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(header_cells):
        if kind := COLUMN_BY_HEADING.get(fold_text(cell)):
            columns.setdefault(kind, at)
    is_table = "organisation" in columns and len(columns) > 1
    return columns if is_table or "name" in columns or "first_name" in columns else {}


def _remove_name_markers(attendee_name: str) -> str:
    """Without what the program adds in brackets, such as "(Guest)", or "(2)" for a second connection."""
    bare = _BRACKETS_PATTERN.sub(
        lambda found: "" if fold_text(found[1]) in GENERIC_NAMES["markers"] or _is_repetition(found[1]) else found[0],
        attendee_name,
    )
    return " ".join(bare.split()) or attendee_name


def _is_repetition(bracketed_text: str) -> bool:
    return bracketed_text.isdecimal() and len(bracketed_text) == 1


def is_bot_name(attendee_name: str) -> bool:
    """Whether it is the name of a program that takes notes of a call, such as "Ana's Notetaker"."""
    words = f" {fold_text(attendee_name)} "
    return any(f" {bot} " in words for bot in GENERIC_NAMES["bots"])


def is_generic_attendee_name(attendee_name: str) -> bool:
    """Whether it is the name of a device or of any guest, such as "iPhone", "Zoom user" or "Galaxy S9"."""
    words = fold_text(attendee_name).split()
    left = [
        word for word in words if not (word in GENERIC_NAMES["additions"] or len(word) == 1 or _has_word_digit(word))
    ]
    is_number = bool(words) and all(word.isdecimal() for word in words)
    return not words or is_number or (bool(left) and all(word in GENERIC_NAMES["names"] for word in left))


def _has_word_digit(word: str) -> bool:
    return any(character.isdecimal() for character in word)


def list_possible_attendee_names(file_participant: FileParticipant) -> list[str]:
    """Return what may be the name of the person or the organisation: the whole, then its parts.

    As in "Name (Organisation)", "Name (Original Name)" and "Organisation - Name".
    """
    names = (file_participant.name, file_participant.shown_name)
    parts = [*(part for name in names for part in _iter_name_parts(name)), file_participant.organisation]
    cleaned = (" ".join(part.split()) for part in parts)
    return list(dict.fromkeys(part for part in cleaned if fold_text(part)))


def find_device_owner(attendee_name: str) -> str:
    """Return whose device a name says it is, or which organisation's room: "Ili" of "iPad (Ili)" or "Ili's iPad"."""
    words = [
        word.removesuffix("'s").removesuffix("\u2019s")
        for word in _BRACKET_SIGN_PATTERN.sub(" ", attendee_name).split()
    ]
    kinds = GENERIC_NAMES["names"] | GENERIC_NAMES["rooms"]
    if not any(fold_text(word) in kinds for word in words):
        return ""
    ignored = kinds | GENERIC_NAMES["additions"] | GENERIC_NAMES["connectors"]
    return " ".join(word for word in words if fold_text(word) not in ignored and not _has_word_digit(word))


def _iter_name_parts(name: str) -> Iterator[str]:
    outside = _BRACKETS_PATTERN.sub(" ", name)
    in_brackets = _BRACKETS_PATTERN.findall(name)
    yield from (name, outside, *in_brackets)
    for text in (outside, *in_brackets):
        yield from _NAME_SEPARATOR_PATTERN.split(text)


def get_person_name(name: str, is_organisation: Callable[[str], bool]) -> str:
    """Return the name of the person alone: "Selam" for "iPhone (Selam)", "Ana" for "Ana, Child Aid".

    Nothing where only a device or an organisation is named.
    """
    outside = " ".join(_BRACKETS_PATTERN.sub(" ", name).split())
    for text in (outside, *_BRACKETS_PATTERN.findall(name)):
        parts = _NAME_SEPARATOR_PATTERN.split(text)
        people = [part for part in parts if not is_organisation(part)]
        person = text if people == parts else ", ".join(people)
        if not is_generic_attendee_name(person):
            return person
    return ""
