"""What becomes of ideas: an agenda item, something else, or a reason why not. People behind them are told."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.actions.ideas import require_open_idea
from jukwaa.meetings.actions.meetings import get_or_create_meeting_part, require_can_write_minutes
from jukwaa.meetings.models import Idea, Meeting, Part
from jukwaa.records.actions.links import get_or_create_link
from jukwaa.records.models import Link, Record, State


@action
def put_idea_on_agenda(*, actor: Person, idea: Idea, meeting: Meeting, title: str = "") -> Part:
    """Make an idea an agenda item of a planned meeting, under its own title or another one.

    An agenda item of that title is used where there is one. Raises PermissionDenied and ActionRefused.
    """
    require_can_write_minutes(actor, meeting)
    return add_locked_idea_to_agenda(actor, _lock_open_idea_row(actor, idea), meeting, title)


def add_locked_idea_to_agenda(actor: Person, idea: Idea, meeting: Meeting, title: str = "") -> Part:
    """Do what `put_idea_on_agenda` does with a locked idea. Part of a larger action, which has checked that the actor
    may.

    Raises ActionRefused.
    """
    if meeting.coalition_id != idea.coalition_id:
        raise ValueError("An idea is discussed at a meeting of its own coalition.")
    if meeting.state != State.PUBLISHED:
        raise ActionRefused(
            _("Publish the meeting first, so that everyone who supports the idea can see it."), "meeting"
        )
    if meeting.is_held or meeting.is_cancelled:
        raise ActionRefused(_("Choose a planned meeting. This meeting has ended or has been cancelled."), "meeting")
    item = get_or_create_meeting_part(actor, meeting, title or idea.title[: _get_max_agenda_title_length()])
    idea.set_answer(agenda_item=item)
    record_activity(actor=actor, verb="put-on-agenda", subject=idea, coalition=idea.coalition)
    return item


def _get_max_agenda_title_length() -> int:
    return Part._meta.get_field("title").max_length or 0  # noqa: SLF001 - public by Django's word


@action
def record_idea_outcome(*, actor: Person, idea: Idea, record: Record) -> Idea:
    """Note which record an idea has become, such as a consultation or joint work: it "began as" the idea.

    Raises PermissionDenied and ActionRefused.
    """
    current = _lock_open_idea_row(actor, idea)
    if record.pk == current.pk or Idea.objects.filter(pk=record.pk).exists():
        raise ActionRefused(
            _("Choose a record that is not an idea. To combine two ideas, ask to merge them."), "record"
        )
    if not Record.objects.visible_to(actor).filter(pk=record.pk, state=State.PUBLISHED).exists():
        raise ActionRefused(_("Choose a published record."), "record")
    get_or_create_link(record, current, Link.Relation.BEGAN_AS)
    current.set_answer(became=Record.objects.get(pk=record.pk))
    record_activity(actor=actor, verb="took-up", subject=current, coalition=current.coalition)
    return current


@action
def decline_idea(*, actor: Person, idea: Idea, reason: str) -> Idea:
    """Decline an idea. Its readers read the reason. Raises PermissionDenied and ActionRefused."""
    if not reason.strip():
        raise ActionRefused(_("Enter a reason. Everyone who can read the idea will see it."), "reason")
    current = _lock_open_idea_row(actor, idea)
    current.set_answer(declined_because=reason.strip())
    record_activity(actor=actor, verb="declined", subject=current, coalition=current.coalition)
    return current


@action
def reopen_idea(*, actor: Person, idea: Idea) -> Idea:
    """Take an answer back, so that the idea waits for another one. An agenda item stays where it is.

    Reopening an open idea changes nothing. Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_answer_idea(ViewerContext(actor), idea):
        raise PermissionDenied
    current = lock_row(idea)
    if current.is_open:
        return current
    if current.merged_into_id is not None:
        raise ActionRefused(_("You can no longer reopen this idea, because it has been merged into another idea."))
    if current.became_id is not None:
        Link.objects.filter(from_record=current.became_id, to_record=current.pk).delete()
    current.set_answer()
    record_activity(actor=actor, verb="reopened", subject=current, coalition=current.coalition)
    return current


def _lock_open_idea_row(actor: Person, idea: Idea) -> Idea:
    """Lock an idea that is to be answered."""
    if not policies.can_answer_idea(ViewerContext(actor), idea):
        raise PermissionDenied(_("Only the rapporteur, editors and coordinators can answer ideas."))
    current = lock_row(idea)
    require_open_idea(current)
    return current
