"""Who may do what in the library. When it may be done is the action's affair."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.library.models import Collection, Item, Review, Use
from jukwaa.records.policies import can_change_record, can_read, is_author


def can_share_item(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_inside


def can_edit_library_record(viewer: ViewerContext, record: Item | Collection) -> bool:
    return can_change_record(viewer, record)


def can_publish_library_record(viewer: ViewerContext, record: Item | Collection) -> bool:
    """Members publish what they share; what needs a second person is the action's affair."""
    standing = viewer.standing(record)
    return standing.is_rapporteur or (standing.is_inside and is_author(viewer, record))


def can_send_for_review(viewer: ViewerContext, item: Item) -> bool:
    return is_author(viewer, item)


def can_set_readers(viewer: ViewerContext, record: Item | Collection) -> bool:
    """No role alone says for whom others wrote."""
    return is_author(viewer, record)


def can_assign_reviewer(viewer: ViewerContext, item: Item) -> bool:
    return viewer.standing(item).is_safeguarding_lead


def can_review_item(viewer: ViewerContext, item: Item) -> bool:
    """A second person: somebody who belongs here, and did not write it."""
    return viewer.standing(item).is_inside and not is_author(viewer, item)


def can_read_reviews(viewer: ViewerContext, item: Item) -> bool:
    """Its authors, the lead, and whoever was asked to read it."""
    person = viewer.viewer
    if not person.is_authenticated:
        return False
    return (
        viewer.standing(item).is_safeguarding_lead
        or is_author(viewer, item)
        or Review.objects.filter(item=item, reviewer=person).exists()
    )


def can_read_decided_reviews(viewer: ViewerContext, coalition: Coalition) -> bool:
    """What they decided on, or decide who is asked: also when they may not read the item any more."""
    standing = viewer.standing(coalition)
    return standing.is_inside or standing.is_safeguarding_lead


def can_translate_item(viewer: ViewerContext, item: Item) -> bool:
    """Whoever belongs here and reads it."""
    return viewer.standing(item).is_inside and can_read(viewer, item)


def can_report_use(viewer: ViewerContext, item: Item) -> bool:
    return viewer.standing(item).is_inside and can_read(viewer, item)


def can_change_use(viewer: ViewerContext, use: Use) -> bool:
    """Nobody puts words into the mouth of who said it."""
    return viewer.is_person(use.author_id) and can_report_use(viewer, use.item)


def can_withdraw_use(viewer: ViewerContext, use: Use) -> bool:
    """Who said it; and those who answer for what stands here."""
    standing = viewer.standing(use.item)
    return viewer.is_person(use.author_id) or standing.is_coordinator or standing.is_safeguarding_lead
