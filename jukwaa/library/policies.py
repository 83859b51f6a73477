"""Who may do what in the library. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.library.models import Item
from jukwaa.records.policies import can_change, is_author


def can_share(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_inside


def can_edit_item(person: Person, item: Item) -> bool:
    return can_change(person, item)


def can_publish_item(person: Person, item: Item) -> bool:
    """Members publish what they share; what needs a second person is the action's affair."""
    standing = Standing(person, item.coalition)
    return standing.is_rapporteur or (standing.is_inside and is_author(person, item))
