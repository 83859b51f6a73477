"""What is said once for a whole reading: who its names are, which parts it has, and whether it goes on."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.intake import policies
from jukwaa.intake.actions.decisions import lock_decidable_reading
from jukwaa.intake.models import Actor, Reading, ReadingPart
from jukwaa.intake.tasks import read_upload


@action
def match_actor_to_organisation(*, actor: Person, named_actor: Actor, organisation: Organisation) -> Actor:
    """Say that a name means an organisation of the directory: here, and in all later sentences."""
    if organisation.coalition_id != named_actor.reading.coalition_id:
        raise ValueError("A name means an organisation of its own coalition.")
    return _save_actor_match(
        actor, named_actor, Actor.Means.MATCHED, organisation=organisation.merged_into or organisation
    )


@action
def match_to_suggested_organisations(*, actor: Person, reading: Reading, names: Sequence[int]) -> int:
    """Say of these names that each means the organisation that is offered for it. Returns how many were matched."""
    reading = lock_decidable_reading(actor, reading)
    offered = reading.actors.filter(pk__in=names).select_related("likely__merged_into")
    matched = [
        (named_actor, likely) for named_actor in offered if (likely := named_actor.suggested_organisation) is not None
    ]
    for named_actor, likely in matched:
        named_actor.reading = reading
        match_actor_to_organisation(actor=actor, named_actor=named_actor, organisation=likely)
    return len(matched)


@action
def set_actor_as_new_organisation(*, actor: Person, named_actor: Actor, new_name: str) -> Actor:
    """Say that it is an organisation which the directory lacks: it is added when the reading is entered."""
    new_name = " ".join(new_name.split())
    if not new_name:
        raise ActionRefused(_("Enter the name of the organisation."), "new_name")
    there = Organisation.objects.of(named_actor.reading.coalition).filter(name__iexact=new_name).first()
    if there is not None:
        return _save_actor_match(actor, named_actor, Actor.Means.MATCHED, organisation=there)
    return _save_actor_match(actor, named_actor, Actor.Means.NEW, new_name=new_name)


@action
def leave_actor_unmatched(*, actor: Person, named_actor: Actor) -> Actor:
    """Say that the words of the document are enough."""
    return _save_actor_match(actor, named_actor, Actor.Means.AS_WRITTEN)


def _save_actor_match(
    actor: Person,
    named_actor: Actor,
    actor_meaning: Actor.Means,
    organisation: Organisation | None = None,
    new_name: str = "",
) -> Actor:
    reading = lock_decidable_reading(actor, named_actor.reading)
    current = Actor.objects.get(pk=named_actor.pk)
    wanted = (actor_meaning, organisation.pk if organisation else None, new_name)
    if current.decided_by_id and wanted == (current.means, current.organisation_id, current.new_name):
        return current
    current.means, current.organisation, current.new_name, current.decided_by = (
        actor_meaning,
        organisation,
        new_name,
        actor,
    )
    current.save()
    record_activity(actor=actor, verb="named", subject=reading, coalition=reading.coalition)
    return current


@action
def create_reading_part(
    *, actor: Person, reading: Reading, title: str, first: int, last: int, chatham: bool
) -> ReadingPart:
    """Say that some sentences report one part of the meeting. Parts do not overlap."""
    reading = lock_decidable_reading(actor, reading)
    same = reading.parts.filter(title=title, first=first, last=last, chatham=chatham).first()
    if same is not None:
        return same
    count = reading.sentences.count()
    if not 1 <= first <= last <= count:
        raise ActionRefused(
            _(
                "Enter sentence numbers from 1 to %(count)s. The first number must be the same as or lower than the"
                " last."
            )
            % {"count": count},
            "first",
        )
    if other := reading.parts.filter(first__lte=last, last__gte=first).first():
        raise ActionRefused(
            _(
                "Sentences %(first)s to %(last)s already belong to “%(title)s”. Remove that agenda "
                "item first, or choose other sentences."
            )
            % {"first": other.first, "last": other.last, "title": other.title},
            "first",
        )
    entered = reading.suggestions.filter(
        entered_at__isnull=False, sentence__number__gte=first, sentence__number__lte=last
    )
    if chatham and entered.exists():
        raise ActionRefused(
            _("Withdraw the entries made from these sentences first. They are already in the record, with names."),
            "chatham",
        )
    if chatham and reading.is_moved:
        raise ActionRefused(
            _(
                "The other import has these notes in its document too. Move them back there, and mark this agenda item"
                " in that import."
            ),
            "chatham",
        )
    part = ReadingPart.objects.create(reading=reading, title=title, first=first, last=last, chatham=chatham)
    record_activity(actor=actor, verb="marked-part", subject=reading, coalition=reading.coalition)
    return part


@action
def delete_reading_part(*, actor: Person, reading_part: ReadingPart) -> None:
    """Take the mark away; the sentences stay. A part that was entered under the Chatham House Rule keeps its mark."""
    reading = lock_decidable_reading(actor, reading_part.reading)
    if reading_part.chatham and reading.entered_at:
        raise ActionRefused(
            _("This agenda item was added to the record under the Chatham House Rule, so it cannot be removed.")
        )
    reading_part.delete()
    record_activity(actor=actor, verb="unmarked-part", subject=reading, coalition=reading.coalition)


@action
def stop_reading(*, actor: Person, reading: Reading) -> Reading:
    """Put a reading away. Nothing of it is lost, and what was entered stays. Giving up twice changes nothing."""
    if not policies.can_decide_suggestions(ViewerContext(actor), reading):
        raise PermissionDenied
    current = lock_row(reading)
    if current.state not in {Reading.State.OPEN, Reading.State.READING, Reading.State.FAILED}:
        return current
    current.state = Reading.State.GIVEN_UP
    current.save(update_fields=["state"])
    record_activity(actor=actor, verb="gave-up", subject=current, coalition=current.coalition)
    return current


@action
def resume_reading(*, actor: Person, reading: Reading) -> Reading:
    """Go on with a reading that was given up, where one left it."""
    if not policies.can_decide_suggestions(ViewerContext(actor), reading):
        raise PermissionDenied
    current = lock_row(reading)
    if current.state != Reading.State.GIVEN_UP or current.same_as_id:
        return current
    current.state = Reading.State.OPEN if current.document_id else Reading.State.READING
    current.save(update_fields=["state"])
    if current.state == Reading.State.READING:
        read_upload.enqueue(current.pk)
    record_activity(actor=actor, verb="took-up", subject=current, coalition=current.coalition)
    return current
