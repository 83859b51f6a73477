"""Answering a consultation by mail: each piece of the mail becomes an input, and what is left over is kept."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.drafting.actions.inputs import InputContent, give_consultation_input
from jukwaa.drafting.mail_parsing import ParsedEmail, ParsedInput, parse_consultation_email
from jukwaa.drafting.models import Clause, Consultation, Input, Placement


@dataclass(frozen=True)
class EmailInputs:
    """What became of a mail: the inputs that it gave, and the lines that could not be brought to any place."""

    inputs: list[Input]
    left_over: str


@atomic_with_retry
def answer_consultation_by_email(
    *,
    person: Person,
    consultation: Consultation,
    organisation: Organisation | None,
    body: str,
    token: uuid.UUID,
    language: str = "",
) -> EmailInputs:
    """Give all inputs of a mail, or none. The same mail gives them once, whichever way it comes a second time.

    Raises PermissionDenied and ConsultationClosed.
    """
    clauses = {
        placement.clause.number: placement
        for placement in Placement.objects.at(consultation.text, consultation.revision.step)
    }
    parsed = parse_consultation_email(
        body,
        {number: each.wording.body for number, each in clauses.items()},
        len(consultation.questions),
        {each.clause.own_number: number for number, each in clauses.items() if each.clause.own_number},
    )
    numbers = {number: each.clause for number, each in clauses.items()}
    inputs = [
        give_consultation_input(
            actor=person,
            consultation=consultation,
            said=said,
            organisation=organisation,
            token=_build_input_token(token, number),
        )
        for number, said in enumerate(_build_input_contents(parsed, numbers, language))
    ]
    return EmailInputs(inputs, parsed.left_over)


def _build_input_contents(
    parsed_email: ParsedEmail, clauses_by_number: dict[int, Clause], language: str
) -> Iterator[InputContent]:
    """What was not understood comes last, as an input about the whole that says so: those who ask read it there."""
    for piece in parsed_email.pieces:
        yield _build_input_content(piece, clauses_by_number, language)
    if parsed_email.left_over:
        yield InputContent(body=parsed_email.left_over, language=language, came=Input.Came.MAIL, not_understood=True)


def _build_input_content(
    parsed_input: ParsedInput, clauses_by_number: dict[int, Clause], language: str
) -> InputContent:
    return InputContent(
        kind=parsed_input.kind,
        body=parsed_input.body,
        proposed=parsed_input.proposed,
        clause=clauses_by_number[parsed_input.clause] if parsed_input.clause is not None else None,
        exact=parsed_input.exact,
        question=parsed_input.question,
        language=language,
        came=Input.Came.MAIL,
    )


def _build_input_token(email_id: uuid.UUID, clause_number: int) -> uuid.UUID:
    return uuid.UUID(hashlib.sha256(f"{email_id} {clause_number}".encode()).hexdigest()[:32])
