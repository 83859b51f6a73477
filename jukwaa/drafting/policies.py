"""Who may do what with a text. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.drafting.models import Call, Consultation, Input, Text
from jukwaa.records.policies import can_read, is_author


def can_begin(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_inside


def can_draft(person: Person, text: Text) -> bool:
    return drafts(Standing(person, text.coalition), text)


def drafts(standing: Standing, text: Text) -> bool:
    """Its drafters, the coalition's editors, and whoever speaks for the member whose text it is."""
    return is_author(standing, text) or standing.is_rapporteur or speaks_for_owner(standing, text)


def speaks_for_owner(standing: Standing, text: Text) -> bool:
    return text.owner_id is not None and text.owner_id in standing.speaks_for


def can_invite(person: Person, text: Text) -> bool:
    """No role alone opens what others are still writing."""
    return is_author(ViewerContext(person), text)


def can_ask(person: Person, text: Text) -> bool:
    return can_draft(person, text)


def can_answer(person: Person, text: Text) -> bool:
    return can_draft(person, text)


def can_give_input(person: Person, consultation: Consultation) -> bool:
    """Who is asked: everyone, the members, or the people of the organisations named. Whoever can't read it is not."""
    return can_read(ViewerContext(person), consultation.text) and gives(
        Standing(person, consultation.text.coalition), consultation
    )


def gives(standing: Standing, consultation: Consultation) -> bool:
    """As `can_give_input`, of whoever reads the text already."""
    if not standing.viewer.is_authenticated:
        return False
    if consultation.asks == Consultation.Asks.PUBLIC:
        return True
    if consultation.asks == Consultation.Asks.MEMBERS:
        return standing.is_inside
    own = {organisation.pk for organisation in standing.organisations}
    return any(asked.pk in own for asked in consultation.asked.all()) or drafts(standing, consultation.text)


def can_log_input(person: Person, text: Text) -> bool:
    """Write down what somebody else said."""
    return can_draft(person, text)


def can_take_back_input(person: Person, given: Input) -> bool:
    return given.author_id == person.pk


def can_hide_input(person: Person, given: Input) -> bool:
    standing = Standing(person, given.text.coalition)
    return standing.is_coordinator or standing.is_safeguarding_lead


def can_call(person: Person, text: Text) -> bool:
    """Begin a call for consensus, restart it, and declare what came of it."""
    return Standing(person, text.coalition).is_coordinator


def can_set_rules(person: Person, coalition: Coalition) -> bool:
    """How silence counts, and how long a call lasts."""
    return Standing(person, coalition).is_coordinator


def can_take_position(person: Person, call: Call, organisation: Organisation) -> bool:
    """Whoever may speak for a member organisation."""
    standing = Standing(person, call.text.coalition)
    return organisation.pk in standing.speaks_for and can_read(ViewerContext(person), call.text)


def can_publish_edition(person: Person, text: Text) -> bool:
    return may_publish(Standing(person, text.coalition), text)


def may_publish(standing: Standing, text: Text) -> bool:
    return standing.is_rapporteur or text.owner_id in standing.speaks_for


def can_define(person: Person, coalition: Coalition) -> bool:
    """Write in the glossary that the texts share."""
    return Standing(person, coalition).is_inside
