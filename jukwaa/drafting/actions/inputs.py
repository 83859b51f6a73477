"""Giving input: in a capacity, at a clause and its words or about the whole, once however often it is sent."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity, create_capacity_from_source
from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.drafting import policies
from jukwaa.drafting.actions.answers import reopen_duplicate_inputs
from jukwaa.drafting.actions.clauses import TEXT_WITHDRAWN_MESSAGE
from jukwaa.drafting.anchors import ClauseQuote, locate_quote_in_body
from jukwaa.drafting.input_tracking import RevisionState
from jukwaa.drafting.models import Clause, Consultation, Disposition, Input, Placement, Revision, Text, Wording
from jukwaa.drafting.text_matching import count_contributed_words

INPUT_ACTIVITY_KIND = "input"  # of its activities; an input's own `kind` says something else
MAX_INPUT_LENGTH = 20_000  # characters of an input, and of a wording that it proposes


class ConsultationClosedError(ActionRefused):
    """Nobody is asked any more, or not yet. The message is a sentence for whoever wanted to answer."""


@dataclass(frozen=True, kw_only=True)
class InputContent:
    """What an input says, and where: about a clause (and words of it), as the answer to a question, or on the whole."""

    kind: str = Input.Kind.COMMENT
    body: str = ""
    proposed: str = ""  # the whole clause, as it is to read
    clause: Clause | None = None
    exact: str = ""
    start: int = 0  # where `exact` was seen; found by its words if it isn't there
    question: int | None = None
    language: str = ""
    came: str = Input.Came.WEB
    revision: Revision | None = None  # which its author had before them, if it isn't the one that is asked about
    not_understood: bool = False


@action
def give_consultation_input(
    *,
    actor: Person,
    consultation: Consultation,
    said: InputContent,
    organisation: Organisation | None = None,
    token: UUID | None = None,
) -> Input:
    """Say something in a consultation, for an organisation or for oneself.

    `token` belongs to the form, the mail or the file: what comes twice with it is said once. Support for one clause by
    one voice counts once, however often the button is pressed. Raises PermissionDenied, ConsultationClosed and
    ActionRefused.
    """
    if not policies.can_give_input(ViewerContext(actor), consultation):
        raise PermissionDenied(
            _("Only people invited to this consultation can send inputs. Members can comment on the text.")
        )
    if organisation is not None and organisation not in Standing(actor, consultation.text.coalition).organisations:
        raise PermissionDenied(_("You can represent an organisation once it has confirmed that you belong to it."))
    lock_row(consultation)
    refuse_closed_consultation(consultation)
    token = token or uuid.uuid4()
    if there := Input.objects.filter(token=token, author=actor, consultation=consultation).first():
        return there
    if there := _find_existing_support_input(actor, consultation, said, organisation):
        return there
    capacity = create_capacity(coalition=consultation.text.coalition, person=actor, organisation=organisation)
    return _save_new_input(actor, consultation, said, capacity, author=actor, token=token)


@action
def log_input(
    *,
    actor: Person,
    consultation: Consultation,
    input_content: InputContent,
    capacity: Capacity,
    token: UUID | None = None,
    said_at: datetime | None = None,
) -> Input:
    """Write down what somebody said on the phone, in a room or on paper, in the capacity that they spoke in.

    Also after the consultation has closed: what was said in time may be written later. Raises PermissionDenied and
    ActionRefused.
    """
    if not policies.can_draft_text(ViewerContext(actor), consultation.text):
        raise PermissionDenied
    lock_row(consultation)
    if _is_text_withdrawn(consultation):
        raise PermissionDenied(TEXT_WITHDRAWN_MESSAGE)
    token = token or uuid.uuid4()
    if there := Input.objects.filter(token=token, logged_by=actor, consultation=consultation).first():
        return there
    return _save_new_input(actor, consultation, input_content, capacity, logged_by=actor, token=token, said_at=said_at)


@action
def log_spoken_input(
    *,
    actor: Person,
    consultation: Consultation,
    input_content: InputContent,
    organisation: Organisation | None = None,
    speaker_name: str = "",
    said_at: datetime | None = None,
    token: UUID | None = None,
) -> Input:
    """As `log_input`, for an organisation of the directory or somebody whom it names by role alone."""
    if not policies.can_draft_text(ViewerContext(actor), consultation.text):
        raise PermissionDenied
    if token and (there := Input.objects.filter(token=token, logged_by=actor, consultation=consultation).first()):
        return there
    name = organisation.name if organisation else speaker_name
    capacity = create_capacity_from_source(
        coalition=consultation.text.coalition, person_name=name, organisation=organisation
    )
    return log_input(
        actor=actor,
        consultation=consultation,
        input_content=input_content,
        capacity=capacity,
        token=token,
        said_at=said_at,
    )


@action
def hide_input(*, actor: Person, given_input: Input, reason: str) -> Input:
    """Take an input out of sight, with a reason that everybody sees. Raises PermissionDenied."""
    if not policies.can_hide_input(ViewerContext(actor), given_input):
        raise PermissionDenied
    current = lock_row(given_input)
    if current.hidden_at:
        return current
    current.hidden_at, current.hidden_because = timezone.now(), reason
    current.save(update_fields=["hidden_at", "hidden_because"])
    reopen_duplicate_inputs(current)
    record_activity(
        actor=actor, verb="hid", subject=current, coalition=given_input.text.coalition, kind=INPUT_ACTIVITY_KIND
    )
    return current


@action
def withdraw_input(*, actor: Person, given_input: Input) -> Input:
    """Its author no longer says this. That something was said, and taken back, stays to be seen.

    What was answered as a duplicate of it waits for an answer of its own.
    Raises PermissionDenied, and ActionRefused where somebody has answered it already.
    """
    if not policies.can_take_back_input(ViewerContext(actor), given_input):
        raise PermissionDenied
    current = lock_row(given_input)
    if current.disposition == Input.Answer.WITHDRAWN:
        return current
    if current.disposition or current.hidden_at:
        raise ActionRefused(
            _("You cannot withdraw this input because it already has a response. You can send another input.")
        )
    Disposition.objects.create(input=current, answer=Input.Answer.WITHDRAWN, by=actor)
    current.disposition = Input.Answer.WITHDRAWN
    current.save(update_fields=["disposition"])
    reopen_duplicate_inputs(current)
    record_activity(
        actor=actor, verb="took-back", subject=current, coalition=given_input.text.coalition, kind=INPUT_ACTIVITY_KIND
    )
    return current


def refuse_closed_consultation(consultation: Consultation) -> None:
    """As it is by now, not as it was when the page was drawn. Raises ConsultationClosed."""
    consultation.refresh_from_db(fields=["opens_at", "closes_at"])
    if _is_text_withdrawn(consultation):
        raise ConsultationClosedError(str(TEXT_WITHDRAWN_MESSAGE))
    if consultation.is_over:
        raise ConsultationClosedError(
            _(
                "Send your input to the coordinator. The consultation has closed, but your text is still "
                "here, so that you can copy it."
            )
        )
    if not consultation.is_open:
        raise ConsultationClosedError(
            _("Send your input when the consultation opens. Your text is still here, so that you can copy it.")
        )


def _is_text_withdrawn(consultation: Consultation) -> bool:
    """As it is by now."""
    return not Text.objects.get(pk=consultation.text_id).is_open_to_change


def _save_new_input(
    actor: Person,
    consultation: Consultation,
    input_content: InputContent,
    capacity: Capacity,
    *,
    token: UUID,
    author: Person | None = None,
    logged_by: Person | None = None,
    said_at: datetime | None = None,
) -> Input:
    text, revision = consultation.text, input_content.revision or consultation.revision
    wording, quote = _get_wording_and_quote(consultation, input_content)
    proposal = input_content.kind == Input.Kind.PROPOSAL
    given = Input(
        text=text,
        consultation=consultation,
        revision=revision,
        clause=input_content.clause,
        wording=wording,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        start=quote.start,
        question=input_content.question,
        kind=input_content.kind,
        body=input_content.body,
        proposed=input_content.proposed if proposal else "",
        words=count_contributed_words(
            input_content.body, input_content.proposed if proposal else "", wording.body if wording else ""
        ),
        not_understood=input_content.not_understood,
        language=input_content.language or text.language,
        author=author,
        capacity=capacity,
        came=input_content.came,
        logged_by=logged_by,
        token=uuid.uuid4() if Input.objects.filter(token=token).exists() else token,
        now_at=input_content.clause,
        at=said_at or timezone.now(),
    )
    latest = text.get_latest_revision()
    if input_content.clause is not None and latest is not None and latest.pk != revision.pk:
        RevisionState(text, latest).update_input_fate(given)
    given.save()
    record_activity(
        actor=actor, verb="gave", subject=given, coalition=text.coalition, kind=INPUT_ACTIVITY_KIND, capacity=capacity
    )
    return given


def _find_existing_support_input(
    actor: Person, consultation: Consultation, input_content: InputContent, organisation: Organisation | None
) -> Input | None:
    if input_content.kind != Input.Kind.SUPPORT or input_content.body:
        return None
    theirs = Input.objects.filter(consultation=consultation, author=actor, capacity__organisation=organisation)
    same = theirs.filter(
        kind=Input.Kind.SUPPORT,
        clause=input_content.clause,
        question=input_content.question,
        body="",
        exact=input_content.exact,
    )
    return same.exclude(disposition=Input.Answer.WITHDRAWN).first()


def _get_wording_and_quote(
    consultation: Consultation, input_content: InputContent
) -> tuple[Wording | None, ClauseQuote]:
    """What the clause said in the revision that is asked about, and the words quoted from it. Raises ActionRefused."""
    if input_content.question is not None and not 1 <= input_content.question <= len(consultation.questions):
        raise ActionRefused(_("Choose one of the questions in this consultation."))
    if input_content.clause is None:
        if input_content.kind == Input.Kind.PROPOSAL:
            raise ActionRefused(_("Choose a clause first. You can only propose wording for a clause."))
        return None, ClauseQuote()
    placements = Placement.objects.at(consultation.text, (input_content.revision or consultation.revision).step)
    placement = placements.filter(clause=input_content.clause.pk).first()
    if placement is None:
        raise ActionRefused(_("Choose a clause in the revision that the consultation is about."))
    body = placement.wording.body
    if input_content.kind == Input.Kind.PROPOSAL and input_content.proposed.strip() == body.strip():
        raise ActionRefused(
            _("Change the wording or send a comment instead. The proposed wording is the same as the clause.")
        )
    if not input_content.exact:
        return placement.wording, ClauseQuote()
    at = locate_quote_in_body(ClauseQuote(input_content.exact, start=input_content.start), body)
    if at is None:
        raise ActionRefused(
            _("Select the words again or comment on the whole clause. The quoted words are not in this clause.")
        )
    return placement.wording, ClauseQuote.of(body, at, at + len(input_content.exact))
