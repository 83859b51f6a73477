"""The answers that can be chosen about rows of an import: how a row, its person or a membership is imported."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.imports.consent_answers import NO_CONSENT
from jukwaa.coalitions.imports.contact_headings import BOUNCED, NEWSLETTER, OPTED_OUT
from jukwaa.coalitions.imports.contact_remarks import SAME_PERSON, UNDER_18
from jukwaa.coalitions.imports.decisions import (
    COMBINE,
    EMPTY_CELL_ANSWER,
    END,
    KEEP,
    NEW,
    NO_INVITATION,
    OTHER_TEXTS,
    SKIP,
    WITHOUT_PERSON,
)
from jukwaa.coalitions.imports.known_person_questions import ANOTHER_PERSON, KEEP_ADDRESS, REPLACE_ADDRESS
from jukwaa.coalitions.imports.problems import DEPARTURE, LOOK, PERSON, REPEATED, SIMILAR, RowProblem
from jukwaa.coalitions.imports.row_wording import LEAVING, UNPUBLISHED
from jukwaa.coalitions.imports.vocabulary import RowStanding
from jukwaa.coalitions.models import Import

type Choices = list[tuple[str, Any]]

MAX_SHOWN_ADDRESS_LENGTH = 80


def get_row_choices(kind: str, key: str, import_kind: str) -> Choices:
    """What can be answered about one row."""
    choices = CHOICES_BY_KIND[kind](key)
    if kind == PERSON and import_kind == Import.Kind.PEOPLE:
        choices = [(SKIP, _("Do not import the row")), (KEEP, _("Import like all others"))]
    if kind == PERSON and key == UNDER_18:
        choices = [*choices[:-1], (KEEP, _("18 or older: import this person"))]
    return choices


def get_file_choices(kind: str, key: str, import_kind: str) -> Choices:
    """What can be answered for the whole file: nobody is 18 or older because others are."""
    choices = get_row_choices(kind, key, import_kind)
    return [choice for choice in choices if choice[0] != KEEP] if key == UNDER_18 else choices


def _get_look_question_choices(key: str) -> Choices:
    if key == UNPUBLISHED:
        return [
            (SKIP, _("Do not import")),
            (str(RowStanding.KNOWN), _("Import without a membership: only members of the coalition will see it")),
            (KEEP, _("Import and show to everyone")),
        ]
    without_person = (WITHOUT_PERSON, _("Import without the contact person, who has left"))
    return [
        (SKIP, _("Do not import")),
        (str(RowStanding.MEMBER), _("Import as a member")),
        (str(RowStanding.LEFT), _("Import as a former member")),
        (str(RowStanding.OBSERVER), _("Import as an observer")),
        (str(RowStanding.KNOWN), _("Import without a membership")),
        *([without_person] if key == LEAVING else []),
    ]


def _get_contact_person_choices(key: str) -> Choices:
    if key == SAME_PERSON:
        return [
            (WITHOUT_PERSON, _("Same person: use the email address of the earlier row")),
            (KEEP, _("Different people: import both")),
        ]
    choices: Choices = [
        (WITHOUT_PERSON, _("Import without the contact person")),
        (SKIP, _("Do not import the row")),
    ]
    if key in {OPTED_OUT, NEWSLETTER, NO_CONSENT, BOUNCED}:
        invitation = (NO_INVITATION, _("Import, but do not invite"))
        return [invitation, *choices, (KEEP, _("Import like all others"))]
    return [*choices, (KEEP, _("Import the contact person"))]


def get_known_person_choices(row_problem: RowProblem, address: str) -> Choices:
    """The person on record or of an earlier row, with either address, and another person. One is chosen already."""
    number = row_problem.options[0].rpartition("-")[2]
    replace = _("Same person: use %(address)s") % {"address": address[:MAX_SHOWN_ADDRESS_LENGTH]}
    labels = {
        f"{KEEP_ADDRESS}:person": _("Same person: keep the address on record"),
        f"{KEEP_ADDRESS}:row": _("Same person: use the address in row %(number)s") % {"number": number},
        f"{REPLACE_ADDRESS}:person": replace,
        f"{REPLACE_ADDRESS}:row": replace,
        ANOTHER_PERSON: _("Another person"),
    }
    choices = [(option, labels[option.partition("-")[0]]) for option in row_problem.options]
    return choices if row_problem.text else [("", _("Choose an answer")), *choices]


def get_choices_for_all_rows(kind: str) -> Choices:
    """One answer for many rows, or none."""
    row_by_row = ("", _("Answer row by row"))
    choices: dict[str, Choices] = {
        REPEATED: [row_by_row, (COMBINE, _("Combine all these rows")), (SKIP, _("Skip all these rows"))],
        SIMILAR: [row_by_row, (NEW, _("Treat all these rows as new organisations"))],
        OTHER_TEXTS: [
            ("", _("Answer one by one")),
            (EMPTY_CELL_ANSWER, _("Leave empty unless an answer is chosen below")),
        ],
    }
    return choices[kind]


def _get_departure_choices(_key: str) -> Choices:
    return [(END, _("End the membership on the day in the file")), (KEEP, _("Keep the membership"))]


CHOICES_BY_KIND = {
    LOOK: _get_look_question_choices,
    DEPARTURE: _get_departure_choices,
    PERSON: _get_contact_person_choices,
}
ROW_LABELS_BY_KIND = {
    LOOK: gettext_lazy("How should this row be imported?"),
    DEPARTURE: gettext_lazy("End the membership?"),
    PERSON: gettext_lazy("Import this person?"),
}
