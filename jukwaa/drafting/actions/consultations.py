"""Asking: a consultation is opened on a revision, told better, prolonged and closed; the silent are nudged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import format_long_date
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.drafting import policies
from jukwaa.drafting.actions.clauses import remove_clause
from jukwaa.drafting.actions.revisions import create_named_revision_once
from jukwaa.drafting.actions.texts import open_text_to_readers
from jukwaa.drafting.consultation_audience import (
    find_organisations_without_input,
    find_reader_organisations,
    get_allowed_audiences,
)
from jukwaa.drafting.consultation_hints import find_parts_that_only_ask
from jukwaa.drafting.models import Consultation, Placement, Revision, Text
from jukwaa.records.models import State

ConsultationAsks = Consultation.Asks
CONSULTATION_REMINDER_INTERVAL = timedelta(days=7)
MAX_CONSULTATION_QUESTIONS = 20


@dataclass(frozen=True, kw_only=True)
class ConsultationContent:
    """What is asked, of whom, and until when."""

    closes_at: datetime
    asks: str = ConsultationAsks.MEMBERS
    organisations: Sequence[Organisation] = ()
    introduction: str = ""
    questions: Sequence[str] = ()
    languages: Sequence[str] = ()
    opens_at: datetime | None = None


@action
def open_consultation(
    *, actor: Person, revision: Revision, consultation_content: ConsultationContent, token: UUID | None = None
) -> Consultation:
    """Ask for inputs on a revision, from a day to a day. The same form sent twice asks once.

    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_draft_text(ViewerContext(actor), revision.text):
        raise PermissionDenied
    text = lock_row(revision.text)
    if token is not None and (there := Consultation.objects.filter(token=token, text=text.pk).first()):
        return there
    opens_at = consultation_content.opens_at or timezone.now()
    _refuse_invalid_consultation(text, consultation_content)
    _refuse_overlapping_consultation(text, opens_at, consultation_content.closes_at)
    consultation = Consultation.objects.create(
        text=text,
        revision=revision,
        asks=consultation_content.asks,
        introduction=consultation_content.introduction,
        questions=list(consultation_content.questions),
        languages=list(consultation_content.languages),
        opens_at=opens_at,
        closes_at=consultation_content.closes_at,
        by=actor,
        token=token,
    )
    if consultation_content.asks == ConsultationAsks.NAMED:
        consultation.asked.set(consultation_content.organisations)
    record_activity(actor=actor, verb="opened", subject=consultation, coalition=text.coalition)
    return consultation


@action
def open_consultation_on_text(
    *,
    actor: Person,
    text: Text,
    revision: Revision | None,
    consultation_content: ConsultationContent,
    token: UUID | None = None,
) -> Consultation:
    """Open a consultation as `open_consultation` does, also on a draft: it is shared with its readers first.

    Without a revision, the latest one is used, or the first one is created, without the clauses that only ask the
    questions of the consultation below a heading about it. If the consultation is refused, the draft stays as it was.

    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_draft_text(ViewerContext(actor), text):
        raise PermissionDenied
    if token is not None and (there := Consultation.objects.filter(token=token, text=text.pk).first()):
        return there
    if revision is None:
        revision = text.get_latest_revision() or _create_first_revision(actor, text, consultation_content.questions)
    if revision.text.state == State.DRAFT:
        open_text_to_readers(actor=actor, text=revision.text)
    return open_consultation(actor=actor, revision=revision, consultation_content=consultation_content, token=token)


def _create_first_revision(actor: Person, text: Text, questions: Sequence[str]) -> Revision:
    placements = list(Placement.objects.now(text))
    for position in sorted(
        find_parts_that_only_ask([(each.kind, each.wording.body) for each in placements], questions)
    ):
        clause = placements[position].clause
        remove_clause(actor=actor, clause=clause, seen_digest=placements[position].wording.digest)
    return create_named_revision_once(actor=actor, text=text, revision_name="", revision_note="")


@action
def change_consultation(
    *,
    actor: Person,
    consultation: Consultation,
    introduction: str,
    questions: Sequence[str],
    languages: Sequence[str],
    closes_at: datetime,
) -> Consultation:
    """Say better what is asked, and give more time. What somebody answered already stays as it was asked.

    Raises PermissionDenied and ActionRefused.
    """
    lock_row(consultation.text)
    current = _lock_consultation_for_drafter(actor, consultation)
    if current.is_over:
        raise ActionRefused(_("Create a new consultation. This one has closed."))
    if closes_at < current.closes_at:
        raise ActionRefused(
            _("Choose the current last day or a later date. To end the consultation early, close it."), "until"
        )
    _refuse_overlap_with_next(current, closes_at)
    _refuse_invalid_questions(questions)
    answered = current.inputs.exclude(question=None).order_by().values_list("question", flat=True).distinct()
    places = [slice(number - 1, number) for number in answered if number]
    if any(list(questions)[place] != current.questions[place] for place in places):
        raise ActionRefused(
            _("Do not change or reorder questions that already have answers. You can add new questions below them."),
            "questions",
        )
    current.introduction, current.questions = introduction, list(questions)
    current.languages, current.closes_at = list(languages), closes_at
    current.save(update_fields=["introduction", "questions", "languages", "closes_at"])
    record_activity(actor=actor, verb="changed", subject=current, coalition=current.text.coalition)
    return current


@action
def close_consultation(*, actor: Person, consultation: Consultation) -> Consultation:
    """End it now. One that is over stays as it is. Raises PermissionDenied and ActionRefused."""
    current = _lock_consultation_for_drafter(actor, consultation)
    if current.is_over:
        return current
    now = timezone.now()
    current.opens_at = min(current.opens_at, now - timedelta(seconds=1))
    current.closes_at = now
    current.save(update_fields=["opens_at", "closes_at"])
    record_activity(actor=actor, verb="closed", subject=current, coalition=current.text.coalition)
    return current


@action
def send_consultation_reminder(*, actor: Person, consultation: Consultation) -> Consultation:
    """Write to those who were asked and have not spoken: once a week at most.

    Raises PermissionDenied and ActionRefused.
    """
    current = _lock_consultation_for_drafter(actor, consultation)
    if not current.is_open:
        raise ActionRefused(_("You can only send reminders while the consultation is open."))
    if current.nudged_at is not None and current.nudged_at > timezone.now() - CONSULTATION_REMINDER_INTERVAL:
        raise ActionRefused(
            _("Wait a week before you send another reminder. The last one was sent on %(day)s.")
            % {"day": format_long_date(current.nudged_at.date())}
        )
    if not find_organisations_without_input(current).exists():
        raise ActionRefused(_("All invited organisations have responded."))
    current.nudged_at = timezone.now()
    current.save(update_fields=["nudged_at"])
    record_activity(actor=actor, verb="nudged", subject=current, coalition=current.text.coalition)
    return current


def _lock_consultation_for_drafter(actor: Person, consultation: Consultation) -> Consultation:
    """As it is now, for whoever asks. Raises PermissionDenied."""
    if not policies.can_draft_text(ViewerContext(actor), consultation.text):
        raise PermissionDenied
    rows = Consultation.objects.select_related("text__coalition", "revision").filter(pk=consultation.pk)
    return lock_rows(rows).get()


def _refuse_invalid_consultation(text: Text, consultation_content: ConsultationContent) -> None:
    """Raises ActionRefused for what the text, or its label, does not allow."""
    if text.state != State.PUBLISHED:
        raise ActionRefused(
            _("Share the text with its readers first. People can only respond to a text that they can read.")
        )
    if consultation_content.asks not in get_allowed_audiences(text):
        raise ActionRefused(
            _(
                "Invite other people, or change who can read the text. Its label is %(label)s, so these "
                "people cannot read it."
            )
            % {"label": text.label},
            "asks",
        )
    _refuse_invalid_questions(consultation_content.questions)
    if consultation_content.asks == ConsultationAsks.NAMED:
        _refuse_unknown_organisations(text, consultation_content.organisations)


def _refuse_unknown_organisations(text: Text, organisations: Sequence[Organisation]) -> None:
    if not organisations:
        raise ActionRefused(_("Enter at least one organisation."), "organisations")
    wanted = {each.pk for each in organisations}
    able = set(find_reader_organisations(text).filter(pk__in=wanted).values_list("pk", flat=True))
    if left_out := [each.name for each in organisations if each.pk not in able]:
        raise ActionRefused(
            _("Before you invite these organisations, allow them to read the text: %(names)s.")
            % {"names": join_with_separator(left_out, ";")},
            "organisations",
        )


def _refuse_invalid_questions(question_texts: Sequence[str]) -> None:
    if len(question_texts) > MAX_CONSULTATION_QUESTIONS:
        raise ActionRefused(_("Ask 20 questions or fewer."), "questions")


def _refuse_overlapping_consultation(text: Text, opens_at: datetime, closes_at: datetime) -> None:
    """Two consultations of one text at a time would leave people in doubt about where to speak.

    Raises ActionRefused.
    """
    if closes_at <= max(opens_at, timezone.now()):
        raise ActionRefused(_("Choose a later date, so that people have time to respond."), "until")
    other = text.consultations.filter(opens_at__lt=closes_at, closes_at__gt=opens_at).first()
    if other is not None:
        raise ActionRefused(
            _("Close the other consultation on this text, which is planned until %(day)s, or choose a later first day.")
            % {"day": format_long_date(other.closes_at.date())}
        )


def _refuse_overlap_with_next(consultation: Consultation, closes_at: datetime) -> None:
    """Given more time, it does not reach into the next one. Raises ActionRefused."""
    later = consultation.text.consultations.filter(opens_at__gte=consultation.closes_at, opens_at__lt=closes_at)
    if (following := later.last()) is not None:
        raise ActionRefused(
            _("Choose a date before %(day)s. The next consultation on this text starts on %(day)s.")
            % {"day": format_long_date(following.opens_at.date())},
            "until",
        )
