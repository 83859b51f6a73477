"""Who may do what with a record. When it may be done is the action's affair."""

from jukwaa.coalitions.standing import ViewerContext
from jukwaa.records.models import Authorship, Comment, Held, Record, State

SAFEGUARDED_RECORD_STATES = {State.HELD, State.SAFEGUARDING}


def is_author(viewer: ViewerContext, record: Record) -> bool:
    """Asked by several parts of a page, and read once."""
    person = viewer.viewer
    if record.pk not in viewer.wrote:
        written = person.is_authenticated and Authorship.objects.filter(record_id=record.pk, person=person).exists()
        viewer.wrote[record.pk] = written
    return viewer.wrote[record.pk]


def can_read(viewer: ViewerContext, record: Record) -> bool:
    return Record.objects.visible_to(viewer.viewer).filter(pk=record.pk).exists()


def can_read_with_dependents(viewer: ViewerContext, record: Record) -> bool:
    """With all that belongs to it."""
    pks = {record.pk, *record.whole().get_dependent_records().values_list("pk", flat=True)}
    return Record.objects.visible_to(viewer.viewer).filter(pk__in=pks).count() == len(pks)


def can_change_record(viewer: ViewerContext, record: Record) -> bool:
    return is_author(viewer, record) or viewer.standing(record).is_rapporteur


def can_publish(viewer: ViewerContext, record: Record) -> bool:
    return viewer.standing(record).is_rapporteur


def can_withdraw_record(viewer: ViewerContext, record: Record) -> bool:
    standing = viewer.standing(record)
    return standing.is_coordinator or standing.is_safeguarding_lead or is_author(viewer, record)


def can_redact_record(viewer: ViewerContext, record: Record) -> bool:
    """Also in a record that they can't read: whoever is named in it has asked for it.

    Where it, or what belongs to it, is held or under safeguarding, the lead alone.
    """
    standing = viewer.standing(record)
    if standing.is_safeguarding_lead or not standing.is_coordinator:
        return standing.is_safeguarding_lead
    return SAFEGUARDED_RECORD_STATES.isdisjoint(
        [record.state, *record.whole().get_dependent_records().values_list("state", flat=True)]
    )


def can_quarantine_record(viewer: ViewerContext, record: Record) -> bool:
    return viewer.standing(record).is_safeguarding_lead and can_read(viewer, record)


def can_decide_held_submission(viewer: ViewerContext, held: Held) -> bool:
    return viewer.standing(held).is_safeguarding_lead


def can_comment(viewer: ViewerContext, record: Record) -> bool:
    return (viewer.standing(record).has_seat or is_author(viewer, record)) and can_read(viewer, record)


def can_edit_comment(viewer: ViewerContext, comment: Comment) -> bool:
    return viewer.is_person(comment.author_id) and can_read(viewer, comment.record)


def can_hide_comment(viewer: ViewerContext, comment: Comment) -> bool:
    standing = viewer.standing(comment.record)
    return (standing.is_coordinator or standing.is_safeguarding_lead) and can_read(viewer, comment.record)
