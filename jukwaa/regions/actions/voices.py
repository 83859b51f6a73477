"""Saying to an observation what is seen from one's own place, saying it otherwise, and taking it back."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.transactions import lock_row
from jukwaa.drafting.actions import withdraw_quoted_evidence
from jukwaa.library.models import Item
from jukwaa.records.models import State
from jukwaa.regions import policies
from jukwaa.regions.models import Voice
from jukwaa.regions.models.observations import OBSERVATION_KIND


@action
def add_observation_voice(
    *,
    actor: Person,
    observation: Item,
    says: str,
    words: str = "",
    organisation: Organisation | None = None,
    token: UUID | None = None,
) -> Voice:
    """Confirm it, add to it, or see it differently, for an organisation or on one's own.

    What was said before for the same organisation stays readable, and stands no more. The same form sent twice says
    it once. Raises PermissionDenied.
    """
    current = lock_row(observation)
    if current.kind != OBSERVATION_KIND or current.state != State.PUBLISHED:
        raise PermissionDenied(_("This observation is not published, so you cannot respond to it."))
    if not policies.can_add_voice(ViewerContext(actor), Voice(item=current, organisation=organisation)):
        raise PermissionDenied(_("Only members from the same region can respond. The author cannot."))
    if token is not None and (there := Voice.objects.filter(token=token, author=actor).first()):
        return there
    capacity = create_capacity(coalition=current.coalition, person=actor, organisation=organisation)
    voice = Voice(item=current, version=current.version, author=actor, organisation=organisation, capacity=capacity)
    voice.says, voice.words, voice.token = says, words, token
    before = Voice.objects.beside(voice).filter(stands=True).first()
    if before is not None:
        _replace_earlier_voice(actor, before)
    voice.save()
    record_activity(
        actor=actor,
        verb="changed" if before else "spoke",
        subject=voice,
        coalition=current.coalition,
        capacity=capacity,
    )
    return voice


def _replace_earlier_voice(actor: Person, earlier_voice: Voice) -> None:
    if not policies.can_replace_voice(ViewerContext(actor), earlier_voice):
        raise PermissionDenied(
            _(
                "Someone has already responded on behalf of this organisation. Only that person, or people who"
                " represent the organisation, can change the response."
            )
        )
    earlier_voice.stands = False
    earlier_voice.save(update_fields=["stands"])


@action
def withdraw_observation_voice(*, actor: Person, observation_voice: Voice) -> None:
    """Its words are gone, and all that the same person said before it; texts that quote them show them no more.


    What somebody else said before for the same organisation stands again. Raises PermissionDenied.
    """
    if not policies.can_withdraw_voice(ViewerContext(actor), observation_voice):
        raise PermissionDenied
    lock_row(observation_voice.item)
    rows = Voice.objects.beside(observation_voice)
    record_activity(
        actor=actor, verb="took-back", subject=observation_voice, coalition=observation_voice.item.coalition
    )
    own = rows.filter(author=observation_voice.author_id)
    withdraw_quoted_evidence(quoted_parts=[each.part for each in own])
    own.delete()
    if not rows.filter(stands=True).exists() and (last := rows.order_by("-at", "-pk").first()):
        last.stands = True
        last.save(update_fields=["stands"])
