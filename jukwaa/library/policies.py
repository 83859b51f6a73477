"""Who may do what in the library. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.library.models import Collection, Item, Review, Use
from jukwaa.records.policies import can_change, can_read, is_author


def can_share(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_inside


def can_edit_item(person: Person, item: Item) -> bool:
    return can_change(ViewerContext(person), item)


def can_publish_item(person: Person, item: Item) -> bool:
    """Members publish what they share; what needs a second person is the action's affair."""
    standing = Standing(person, item.coalition)
    return standing.is_rapporteur or (standing.is_inside and is_author(ViewerContext(person), item))


def can_edit_collection(person: Person, collection: Collection) -> bool:
    return can_change(ViewerContext(person), collection)


def can_publish_collection(person: Person, collection: Collection) -> bool:
    standing = Standing(person, collection.coalition)
    return standing.is_rapporteur or (standing.is_inside and is_author(ViewerContext(person), collection))


def can_send_for_review(person: Person, item: Item) -> bool:
    return is_author(ViewerContext(person), item)


def can_set_readers(person: Person, record: Item | Collection) -> bool:
    """No role alone says for whom others wrote."""
    return is_author(ViewerContext(person), record)


def can_assign(person: Person, item: Item) -> bool:
    return Standing(person, item.coalition).is_safeguarding_lead


def may_review(person: Person, item: Item) -> bool:
    """A second person: somebody who belongs here, and did not write it."""
    return Standing(person, item.coalition).is_inside and not is_author(ViewerContext(person), item)


def can_read_reviews(standing: Standing, item: Item) -> bool:
    """Its authors, the lead, and whoever was asked to read it."""
    viewer = standing.viewer
    if not viewer.is_authenticated:
        return False
    return (
        standing.is_safeguarding_lead
        or is_author(standing, item)
        or Review.objects.filter(item=item, reviewer=viewer).exists()
    )


def can_read_decided(standing: Standing) -> bool:
    """What they decided on, or decide who is asked: also when they may not read the item any more."""
    return standing.is_inside or standing.is_safeguarding_lead


def can_translate(person: Person, item: Item) -> bool:
    """Whoever belongs here and reads it."""
    return can_share(person, item.coalition) and can_read(ViewerContext(person), item)


def can_say_use(person: Person, item: Item) -> bool:
    return can_share(person, item.coalition) and can_read(ViewerContext(person), item)


def can_change_use(person: Person, use: Use) -> bool:
    """Nobody puts words into the mouth of who said it."""
    return use.author_id == person.pk and can_say_use(person, use.item)


def can_take_back_use(person: Person, use: Use) -> bool:
    """Who said it; and those who answer for what stands here."""
    standing = Standing(person, use.item.coalition)
    return use.author_id == person.pk or standing.is_coordinator or standing.is_safeguarding_lead
