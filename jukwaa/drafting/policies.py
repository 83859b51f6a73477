"""Who may do what with a text. When it may be done is the action's affair."""

from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.drafting.models import Consultation, Input, Position, Text
from jukwaa.records.policies import can_read, is_author


def can_begin_text(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_inside


def can_draft_text(viewer: ViewerContext, text: Text) -> bool:
    """Write it, ask for inputs, write down what others said, and answer.

    Its drafters, the coalition's editors, and whoever speaks for the member whose text it is. Of a proposed decision
    also the chair, who may have to start its silence procedure again with a new text.
    """
    standing = viewer.standing(text)
    is_editor = standing.is_rapporteur or (text.is_decision and standing.is_chair)
    return is_author(viewer, text) or is_editor or speaks_for_owner(viewer, text)


def speaks_for_owner(viewer: ViewerContext, text: Text) -> bool:
    return text.owner_id is not None and text.owner_id in viewer.standing(text).speaks_for


def can_invite_drafter(viewer: ViewerContext, text: Text) -> bool:
    """No role alone opens what others are still writing."""
    return is_author(viewer, text)


def can_give_input(viewer: ViewerContext, consultation: Consultation) -> bool:
    """Who is asked: everyone, the members, or the people of the organisations named. Whoever can't read it is not."""
    return can_read(viewer, consultation.text) and is_invited_to_consultation(viewer, consultation)


def is_invited_to_consultation(viewer: ViewerContext, consultation: Consultation) -> bool:
    """As `can_give_input`, of whoever reads the text already."""
    if not viewer.viewer.is_authenticated:
        return False
    if consultation.asks == Consultation.Asks.PUBLIC:
        return True
    standing = viewer.standing(consultation.text)
    if consultation.asks == Consultation.Asks.MEMBERS:
        return standing.is_inside
    own = {organisation.pk for organisation in standing.organisations}
    if consultation.asks == Consultation.Asks.OBSERVERS:
        observing = Membership.objects.observers_in_force().filter(coalition=standing.coalition, organisation__in=own)
        return standing.is_inside or observing.exists()
    return any(asked.pk in own for asked in consultation.asked.all()) or can_draft_text(viewer, consultation.text)


def can_take_back_input(viewer: ViewerContext, given_input: Input) -> bool:
    return viewer.is_person(given_input.author_id)


def can_hide_input(viewer: ViewerContext, given_input: Input) -> bool:
    standing = viewer.standing(given_input.text)
    return standing.is_coordinator or standing.is_safeguarding_lead


def can_manage_call(viewer: ViewerContext, text: Text) -> bool:
    """Open and restart a call for consensus, put its result on hold, and declare the outcome."""
    standing = viewer.standing(text)
    return standing.is_coordinator or standing.is_chair


def can_set_rules(viewer: ViewerContext, coalition: Coalition) -> bool:
    """How silence counts, and how long a call lasts."""
    return viewer.standing(coalition).is_coordinator


def can_take_position(viewer: ViewerContext, position: Position) -> bool:
    """The people who represent a member organisation; without one, an adult who is a member in their own right."""
    text = position.call.text
    if position.organisation_id is None:
        return viewer.is_person(position.person_id) and is_individual_member(viewer, text) and can_read(viewer, text)
    return position.organisation_id in viewer.standing(text).speaks_for and can_read(viewer, text)


def is_individual_member(viewer: ViewerContext, text: Text) -> bool:
    """People under 18 take no position: it would name them."""
    person = viewer.viewer
    if not person.is_authenticated or person.is_minor:
        return False
    return Membership.objects.active().filter(coalition=text.coalition_id, person=person.pk).exists()


def explain_position_refusal(position: Position) -> str:
    if position.organisation_id is None:
        return _("Only members can take a position. You are not an individual member.")
    return _("You can take a position for an organisation once it has confirmed that you represent it.")


def can_publish_edition(viewer: ViewerContext, text: Text) -> bool:
    standing = viewer.standing(text)
    return standing.is_rapporteur or text.owner_id in standing.speaks_for


def can_edit_glossary(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Write in the glossary that the texts share."""
    return viewer.standing(coalition).is_inside
