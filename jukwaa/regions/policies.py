"""Who may do what about regions. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.drafting.models import Text
from jukwaa.drafting.policies import can_draft_text
from jukwaa.records.policies import can_change_record, can_read
from jukwaa.regions.models import Delivery, Hosting, Outreach, Prospect, Voice
from jukwaa.regions.speaker_origins import get_eligible_capacities


def can_add_voice(viewer: ViewerContext, observation_voice: Voice) -> bool:
    """Whoever belongs here, is from there, and speaks for somebody else than whoever wrote it."""
    observation, standing = observation_voice.item, viewer.standing(observation_voice.item)
    offered = [choice.organisation for choice in get_eligible_capacities(standing, observation)]
    return standing.is_inside and observation_voice.organisation in offered and can_read(viewer, observation)


def can_replace_voice(viewer: ViewerContext, observation_voice: Voice) -> bool:
    """Who gave it, or whoever speaks for the organisation today: who gave it may have left."""
    return (
        viewer.is_person(observation_voice.author_id)
        or observation_voice.organisation_id in viewer.standing(observation_voice.item).speaks_for
    )


def can_withdraw_voice(viewer: ViewerContext, observation_voice: Voice) -> bool:
    """As above; and those who answer for what stands here."""
    standing = viewer.standing(observation_voice.item)
    return can_replace_voice(viewer, observation_voice) or standing.is_coordinator or standing.is_safeguarding_lead


def can_invite_prospects(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Plan for a place, and write to somebody there in one's own name: an adult who takes part."""
    person = viewer.viewer
    return isinstance(person, Person) and not person.is_minor and viewer.standing(coalition).is_inside


def can_see_candidates(viewer: ViewerContext, coalition: Coalition) -> bool:
    """See who could be invited: those who could invite."""
    return viewer.standing(coalition).is_inside


def can_edit_outreach(viewer: ViewerContext, outreach: Outreach) -> bool:
    return can_change_record(viewer, outreach)


def can_confirm_hosting(viewer: ViewerContext, hosting: Hosting) -> bool:
    """Confirm it: whoever speaks for the organisation that hosts."""
    return hosting.organisation_id in viewer.standing(hosting.outreach).speaks_for


def can_manage_invitations(viewer: ViewerContext, coalition: Coalition) -> bool:
    return _has_lead_role(viewer.standing(coalition).roles)


def _has_lead_role(roles: frozenset[str]) -> bool:
    return bool(roles & {Role.Kind.COORDINATOR, Role.Kind.CHAIR})


def can_send_letter(viewer: ViewerContext, prospect: Prospect) -> bool:
    """Has the address, and writes: nobody does it for them."""
    return viewer.is_person(prospect.introducer_id)


def can_manage_prospect(viewer: ViewerContext, prospect: Prospect) -> bool:
    """Hand it over, erase it, and see the contact: those who run the coalition, and whoever wrote to them.

    That is what the person was told who gave it.
    """
    return can_send_letter(viewer, prospect) or _has_lead_role(viewer.standing(prospect).roles)


def can_see_prospect(viewer: ViewerContext, prospect: Prospect) -> bool:
    return Prospect.objects.visible_to(viewer.viewer).filter(pk=prospect.pk).exists()


def can_contact_prospect(viewer: ViewerContext, prospect: Prospect) -> bool:
    """Write to whoever said yes."""
    return _has_lead_role(viewer.standing(prospect).roles)


def can_deliver_brief(viewer: ViewerContext, text: Text) -> bool:
    """Whoever belongs here and reads the brief: briefs are carried to many tables, and seldom by who wrote them."""
    return viewer.standing(text).is_inside and can_read(viewer, text)


def is_responsible_for_delivery(viewer: ViewerContext, delivery: Delivery) -> bool:
    """Writes down what they asked, and answers: who handed it over, and who drafts the brief."""
    return viewer.is_person(delivery.by_id) or can_draft_text(viewer, delivery.edition.text)


def can_follow_up_delivery(viewer: ViewerContext, delivery: Delivery) -> bool:
    text = delivery.edition.text
    return (viewer.is_person(delivery.by_id) and can_deliver_brief(viewer, text)) or can_draft_text(viewer, text)
