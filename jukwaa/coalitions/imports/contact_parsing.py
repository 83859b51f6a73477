"""The contact person in a row: a name, an address, a position and a telephone number, as people write them."""

import re
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.imports.contact_names import (
    ParsedPersonName,
    split_names_of_addresses,
    split_person_name,
)
from jukwaa.coalitions.imports.name_order import is_full_name, join_names_on_lines, split_two_people
from jukwaa.coalitions.imports.problems import InvalidRowError, RowProblem, RowProblems

MAX_PERSON_LENGTH, MAX_POSITION_LENGTH, MAX_PHONE_LENGTH, MAX_EMAIL_LENGTH = 120, 120, 40, 254
CONTACT_FIELDS = ("contact", "email", "position", "phone")
PERSON_FIELDS = ("contact", "person", "email")  # who the person in a row is
# Columns that together are the name of the contact person or subscriber.
PARTS_BY_NAME_FIELD = {
    "contact": ("contact_first", "contact_last"),
    "person": ("person_first", "person_last"),
}
NAME_PART_FIELDS = tuple(part for parts in PARTS_BY_NAME_FIELD.values() for part in parts)

_EMAIL_ADDRESS_PATTERN = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_DISGUISED_AT_PATTERN = re.compile(r"\s*[\[({]\s*(?:at|arroba|arobase)\s*[\])}]\s*", re.IGNORECASE)
_DISGUISED_DOT_PATTERN = re.compile(r"\s*[\[({]\s*(?:dot|point|punto|ponto)\s*[\])}]\s*", re.IGNORECASE)
_PHONE_PATTERN = re.compile(r"\+?\d[\d ()./-]{6,}\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPerson:
    """At least a name or an address. `email` is in small letters."""

    name: str = ""
    email: str = ""
    position: str = ""
    phone: str = ""
    no_invitations: str = ""  # why they are not selected for invitations: Affiliation.InvitationObjection


def parse_contact(
    cells_by_field: dict[str, str], parse_notes: list[str], row_problems: RowProblems
) -> ContactPerson | None:
    """None if the row names nobody. What is wrong with a cell is added to the problems."""
    written = join_names_on_lines(cells_by_field.get("contact", ""))
    if not written and _is_name_with_phone(cells_by_field.get("email", "")):  # a column for the name or the address
        written, cells_by_field = " ".join(cells_by_field["email"].split()), {**cells_by_field, "email": ""}
    people = () if written else find_people_with_addresses(cells_by_field.get("email", ""))
    if people:
        row_problems.append(_build_people_with_addresses_problem(cells_by_field["email"], people))
        return None
    email = row_problems.note(lambda: parse_email_cell(cells_by_field.get("email", "")), "")
    if not cells_by_field.get("email"):
        email = row_problems.note(lambda: _find_address_in_name(written), "")
    addresses = find_email_addresses(cells_by_field.get("email", "") or written)
    person = split_person_name(
        _remove_email_addresses(written)
        or _remove_email_addresses(_split_off_address(cells_by_field.get("email", ""))),
        parse_notes,
        addresses,
    )
    if not person.others:
        others = split_names_of_addresses(person.name, len(addresses)) or split_two_people(person.name, addresses)
        person = replace(person, others=others)
    if person.others:
        row_problems.append(_build_several_people_problem(person))
    name = person.name
    phone = cells_by_field.get("phone", "") or _find_phone_number(written)
    position = cells_by_field.get("position", "") or person.position
    for field, text, limit in (
        ("contact", name, MAX_PERSON_LENGTH),
        ("position", position, MAX_POSITION_LENGTH),
        ("phone", phone, MAX_PHONE_LENGTH),
    ):
        row_problems.note(lambda field=field, text=text, limit=limit: refuse_long_text(text, limit, field), None)  # type: ignore[misc]  # the loop's values
    if not name and not email:
        if (position or phone) and not cells_by_field.get("email"):
            parse_notes.append(
                _("The row has no name or email address of a contact person, so no person will be added.")
            )
        return None
    return ContactPerson(
        name=name,
        email=email,
        position=" ".join(position.split()),
        phone=" ".join(phone.split()),
        no_invitations=cells_by_field.get("no_invitations", ""),
    )


def _build_several_people_problem(person: ParsedPersonName) -> RowProblem:
    sentence = ngettext(
        "“%(text)s” names %(n)s person. Choose one. You can add other people after the import.",
        "“%(text)s” names %(n)s people. Choose one. You can add other people after the import.",
        len(person.others),
    ) % {"text": person.name[:120], "n": len(person.others)}
    first, second, *_more = person.others
    if f"{second} {first}" in person.others:
        sentence = _("“%(text)s” may be 2 people, or 1 person with 2 last names. Choose a name.") % {
            "text": person.name[:120]
        }
    return RowProblem(sentence, "contact", options=person.others)


def find_people_with_addresses(text: str) -> tuple[str, ...]:
    """As "Ana Lopes <ana@example.org>", if a cell has several addresses, each of them behind a full name; else nothing.

    A label may be before a name, as in "alt.: Ben Doe". Where there are remarks, people choose one of the addresses.
    """
    texts, addresses = split_at_email_addresses(text)
    parts = [text.strip(" \n()[]<>;,").rpartition(":") for text in texts]
    *names, remark = [_remove_email_addresses(name) for _label, _colon, name in parts]
    has_labels_alone = not remark and all(len(label.split()) <= 1 for label, _colon, _name in parts)
    people = tuple(f"{name} <{address}>" for name, address in zip(names, addresses, strict=True))
    return people if len(set(addresses)) > 1 and has_labels_alone and all(map(is_full_name, names)) else ()


def _build_people_with_addresses_problem(text: str, people: tuple[str, ...]) -> RowProblem:
    """With the first person chosen, who comes before deputies."""
    sentence = ngettext(
        "“%(text)s” names %(n)s person. Choose one. You can add other people after the import.",
        "“%(text)s” names %(n)s people. Choose one. You can add other people after the import.",
        len(people),
    ) % {"text": " ".join(text.split())[:120], "n": len(people)}
    return RowProblem(sentence, "email", options=people, suggestion=people[0])


def parse_email_cell(text: str, *, required: bool = False) -> str:
    """The one address in a cell, in small letters. Raises InvalidRowError for none, several or an invalid one."""
    addresses = find_email_addresses(text)
    if not text.strip():
        if required:
            raise InvalidRowError(RowProblem(_("Enter an email address. This row has none."), "email"))
        return ""
    if len(addresses) > 1:
        sentence = ngettext(
            "“%(text)s” has %(n)s email address. Choose one.",
            "“%(text)s” has %(n)s email addresses. Choose one.",
            len(addresses),
        ) % {"text": text[:120], "n": len(addresses)}
        raise InvalidRowError(RowProblem(sentence, "email", options=tuple(addresses)))
    email = addresses[0] if addresses else text.removeprefix("mailto:").strip("<> ").lower()
    try:
        validate_email(email)
    except ValidationError as error:
        sentence = _("“%(text)s” is not an email address. Enter an address in the format name@example.org.")
        raise InvalidRowError(RowProblem(sentence % {"text": email[:120]}, "email")) from error
    if len(email) > MAX_EMAIL_LENGTH:
        raise InvalidRowError(RowProblem(_("Check the email address. It is too long."), "email"))
    return email


def find_email_addresses(text: str) -> list[str]:
    """Each address once, in small letters, also those written as "name [at] example [dot] org"."""
    plain = _DISGUISED_DOT_PATTERN.sub(".", _DISGUISED_AT_PATTERN.sub("@", text))
    return list(dict.fromkeys(found.strip(".'").lower() for found in _EMAIL_ADDRESS_PATTERN.findall(plain)))


def split_at_email_addresses(text: str) -> tuple[list[str], list[str]]:
    """The texts before, between and after the addresses, and the addresses in small letters."""
    plain = _DISGUISED_DOT_PATTERN.sub(".", _DISGUISED_AT_PATTERN.sub("@", text))
    addresses = [found.strip(".'").lower() for found in _EMAIL_ADDRESS_PATTERN.findall(plain)]
    return _EMAIL_ADDRESS_PATTERN.split(plain), addresses


def remove_email_addresses(text: str) -> str:
    return _EMAIL_ADDRESS_PATTERN.sub(" ", _DISGUISED_DOT_PATTERN.sub(".", _DISGUISED_AT_PATTERN.sub("@", text)))


def _find_address_in_name(text: str) -> str:
    return parse_email_cell(text) if find_email_addresses(text) else ""


def _split_off_address(text: str) -> str:
    """The name in "Jane Doe <jane@example.org>" and "Jane Doe, jane@example.org"; nothing where there is none.

    Words after the address are remarks: "info@example.org (shared)".
    """
    found = _EMAIL_ADDRESS_PATTERN.search(text)
    return text[: found.start()].removesuffix("mailto:") if found else ""


def _is_name_with_phone(text: str) -> bool:
    return (
        "@" not in text
        and not find_email_addresses(text)
        and bool(_PHONE_PATTERN.search(text) and _remove_email_addresses(text))
    )


def _remove_email_addresses(text: str) -> str:
    """What is left of a cell without addresses and telephone numbers, if that has letters."""
    plain = (
        _DISGUISED_DOT_PATTERN.sub(".", _DISGUISED_AT_PATTERN.sub("@", text)) if find_email_addresses(text) else text
    )
    bare = _PHONE_PATTERN.sub(" ", _EMAIL_ADDRESS_PATTERN.sub(" ", plain.replace("mailto:", " ")))
    name = " ".join(re.sub(r"[<>()]\s*[<>()]|[<>]", " ", bare).split()).strip(' ,;:-\u2013|/"')
    if name.endswith("'"):  # a name may begin with one, as "'Ana" does
        name = name.strip(" ,;:-\u2013|/\"'")
    return name if any(letter.isalpha() for letter in name) else ""


def _find_phone_number(text: str) -> str:
    found = _PHONE_PATTERN.search(text)
    return found[0] if found else ""


def refuse_long_text(text: str, max_length: int, field: str) -> None:
    if len(text) > max_length:
        sentence = _("“%(text)s…” has more than %(most)s characters. Shorten it.")
        raise InvalidRowError(RowProblem(sentence % {"text": text[:40], "most": max_length}, field))
