"""Who may do what about regions. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.library.models import Item
from jukwaa.records.policies import can_read
from jukwaa.regions.models import Voice
from jukwaa.regions.seen_where import choices_from_there


def can_speak(person: Person, observation: Item, organisation: Organisation | None) -> bool:
    """Whoever belongs here, is from there, and speaks for somebody else than whoever wrote it."""
    standing = Standing(person, observation.coalition)
    offered = [choice.organisation for choice in choices_from_there(standing, observation)]
    return standing.is_inside and organisation in offered and can_read(person, observation)


def can_replace_voice(person: Person, voice: Voice) -> bool:
    """Who gave it, or whoever speaks for the organisation today: who gave it may have left."""
    return voice.author_id == person.pk or (voice.organisation_id in Standing(person, voice.item.coalition).speaks_for)


def can_take_back_voice(person: Person, voice: Voice) -> bool:
    """As above; and those who answer for what stands here."""
    standing = Standing(person, voice.item.coalition)
    return can_replace_voice(person, voice) or standing.is_coordinator or standing.is_safeguarding_lead
