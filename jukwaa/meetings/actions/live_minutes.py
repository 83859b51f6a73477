"""Taking minutes while a meeting is in progress, line by line."""

from dataclasses import replace
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.core.date_parsing import find_days_in_text
from jukwaa.core.due_phrases import find_due_phrase
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows
from jukwaa.meetings.actions.entries import NewEntry, change_entry, record_entries
from jukwaa.meetings.actions.meetings import require_can_write_minutes
from jukwaa.meetings.actions.speaker_capacities import Voice
from jukwaa.meetings.chatham_house_rule import ForbiddenNames, get_topic_key
from jukwaa.meetings.models import Commitment, Entry, EntryKind, Line, Meeting, Minutes, Part
from jukwaa.records import index
from jukwaa.records.models import Record, State, Version
from jukwaa.records.signals import record_purged


@action
def start_live_minutes(*, actor: Person, meeting: Meeting) -> Minutes:
    """Start taking minutes of a published meeting in progress, or of one that is over and has none. They are a draft.

    A second time finds them. Raises PermissionDenied and ActionRefused.
    """
    require_can_write_minutes(actor, meeting)
    if meeting.state != State.PUBLISHED:
        raise ActionRefused(_("Publish the meeting before you take minutes, so that members can follow the minutes."))
    known = Minutes.objects.filter(meeting=meeting).first()
    if known is not None and known.is_draft:
        return known
    if known is not None:
        raise ActionRefused(_("These minutes have been approved and cannot be changed. Add an erratum instead."))
    if meeting.is_planned or meeting.is_cancelled:
        raise ActionRefused(_("You can take minutes on this page during the meeting or afterwards."))
    if meeting.is_held and meeting.entries.exists():
        raise ActionRefused(_("This meeting already has minutes. To add entries, go to the meeting page."))
    minutes, _created = Minutes.objects.get_or_create(meeting=meeting)
    record_activity(actor=actor, verb="started-minutes", subject=meeting, coalition=meeting.coalition)
    return minutes


@action
def record_minutes_line(
    *,
    actor: Person,
    meeting: Meeting,
    token: UUID,
    kind: str,
    text: str,
    speaker: Voice | None = None,
    item: Part | None = None,
    topic: str = "",
) -> Line:
    """Write one line into the minutes. A line with this token and text that was saved before is returned as it is.

    While its agenda item is held under the Chatham House Rule, the line is kept without its speaker, and no entry is
    made of it yet. Raises PermissionDenied, ActionRefused, and NamesFoundError under the Rule.
    """
    require_can_write_minutes(actor, meeting)
    minutes = lock_draft_minutes_row(meeting)
    known = Line.objects.filter(minutes=minutes, token=token).select_related("entry").first()
    if known is not None and _has_same_text(known, text):
        return known
    token = uuid4() if known is not None else token
    item = minutes.meeting.parts.get(pk=item.pk) if item is not None else None  # it may be under the Rule since
    if item is not None and item.chatham:
        ForbiddenNames(meeting).refuse_names_in_texts(text, topic, additional_names=[speaker[0]] if speaker else [])
        record_activity(actor=actor, verb="took-line", subject=meeting, coalition=meeting.coalition)
        return Line.objects.create(
            minutes=minutes,
            revision=minutes.advance_revision(),
            token=token,
            item=item,
            author=actor,
            kind=kind,
            text=text,
            topic=topic,
        )
    new = NewEntry(kind=kind, text=text, part=item, speakers=[speaker] if speaker else [])
    new = _add_promise(new, meeting) if kind == EntryKind.COMMITMENT else new
    entry = record_entries(actor=actor, meeting=meeting, entries=[new])[0]
    line = Line.objects.get(entry=entry)
    line.token, line.item = token, item
    line.save(update_fields=["token", "item"])
    return line


def _add_promise(new_entry: NewEntry, meeting: Meeting) -> NewEntry:
    """Return a commitment with its speaker as the owner, and with the due date that its text states."""
    words = find_due_phrase(new_entry.text)
    days = find_days_in_text(words, meeting.starts_on or timezone.localdate())
    owner = next(iter(new_entry.speakers), None)
    return replace(new_entry, owner=owner, due_text=words, due_on=days[0] if len(days) == 1 else None)


def _has_same_text(minutes_line: Line, text: str) -> bool:
    """Return whether the line began as this text. An earlier page of the browser may send its token with new words."""
    if minutes_line.entry is None:
        return minutes_line.text in ("", text)
    if Commitment.objects.filter(entry=minutes_line.entry_id, withheld_text=text).exists():
        return True  # its first version leaves out the name of an owner who has not confirmed it
    first = Version.objects.filter(record=minutes_line.entry_id, number=1).first()
    return first is None or first.content["text"] == text


@action
def edit_minutes_line(*, actor: Person, line: Line, kind: str, text: str, from_version: int, topic: str = "") -> Line:
    """Correct a line of one's own. Raises PermissionDenied, EditConflict, ActionRefused, and NamesFoundError."""
    entry, meeting = line.entry, line.minutes.meeting
    require_can_write_minutes(actor, meeting)
    minutes = lock_draft_minutes_row(meeting)
    if entry is not None:
        is_binding = entry.kind == EntryKind.COMMITMENT
        changes = {"text": text} if is_binding else {"text": text, "kind": kind}
        change_entry(actor=actor, entry=entry, changes=changes, from_version=from_version)
        return Line.objects.get(pk=line.pk)
    if line.author_id != actor.pk:
        raise PermissionDenied
    if not line.text:
        raise ActionRefused(
            _("Edit the entries of this agenda item on the meeting page. The agenda item has been closed.")
        )
    ForbiddenNames(meeting).refuse_names_in_texts(text, topic)
    line.kind, line.text, line.topic, line.revision = kind, text, topic, minutes.advance_revision()
    line.save(update_fields=["kind", "text", "topic", "revision"])
    record_activity(actor=actor, verb="took-line", subject=meeting, coalition=meeting.coalition)
    return line


@action
def set_current_agenda_item(*, actor: Person, meeting: Meeting, item: Part | None) -> Minutes:
    """Make an agenda item the current one for everyone; None for no item. What the last one held back is published.

    Raises PermissionDenied, ActionRefused, and NamesFoundError.
    """
    require_can_write_minutes(actor, meeting)
    minutes = lock_draft_minutes_row(meeting)
    if minutes.current_item_id == (item.pk if item else None):
        return minutes
    minutes.current_item = minutes.meeting.parts.get(pk=item.pk) if item is not None else None
    minutes.save(update_fields=["current_item"])
    minutes.advance_revision()
    publish_withheld_lines(actor, minutes)
    record_activity(actor=actor, verb="chose-item", subject=meeting, coalition=meeting.coalition)
    return minutes


@action
def apply_chatham_house_rule(*, actor: Person, item: Part) -> Part:
    """Hold an agenda item under the Chatham House Rule, with the entries made already. This can't be undone.

    Its entries are erased with their history; their words are kept as lines, without speakers, until the item is
    closed. Raises PermissionDenied, ActionRefused, and NamesFoundError if an entry names somebody.
    """
    meeting = item.meeting
    require_can_write_minutes(actor, meeting)
    minutes = lock_draft_minutes_row(meeting)
    current = lock_rows(Part.objects.filter(pk=item.pk)).get()
    if current.chatham:
        return current
    entries = list(Entry.objects.filter(part=current).exclude(state=State.WITHDRAWN).select_related("coalition"))
    _require_erasable_item(current)
    ForbiddenNames(meeting).refuse_names_in_texts(*(entry.text for entry in entries))
    current.chatham = True
    current.save(update_fields=["chatham"])
    for entry in entries:
        _convert_entry_to_line(minutes, current, entry)
    for entry in Entry.objects.filter(part=current):
        _erase_minutes_entry(actor, entry)
    minutes.erased_revision = minutes.advance_revision()
    minutes.save(update_fields=["erased_revision"])
    if minutes.current_item_id != current.pk:
        publish_withheld_lines(actor, minutes)
    record_activity(actor=actor, verb="placed-under-rule", subject=meeting, coalition=meeting.coalition)
    return current


def lock_draft_minutes_row(meeting: Meeting) -> Minutes:
    """Lock the minutes, so that lines are saved one after the other. Raises ActionRefused if they are no draft."""
    drafts: QuerySet[Minutes] = Minutes.objects.filter(meeting=meeting, approved_at=None)
    minutes = lock_rows(drafts).first()
    if minutes is None:
        raise ActionRefused(
            _("You can edit only draft minutes. These minutes have not been started, or they have been approved.")
        )
    return minutes


def _require_erasable_item(agenda_item: Part) -> None:
    entries = Entry.objects.filter(part=agenda_item)
    is_tied = entries.exclude(line__minutes__approved_at=None, line__isnull=False)
    used = ("comments", "sources", "attachments", "corrections")
    if is_tied.exists() or any(entries.filter(**{f"{name}__isnull": False}).exists() for name in used):
        raise ActionRefused(
            _(
                "Add a new agenda item and hold it under the Chatham House Rule. Entries of the existing agenda item"
                " already have comments, sources, attachments or corrections."
            )
        )


def _convert_entry_to_line(minutes: Minutes, agenda_item: Part, entry: Entry) -> None:
    """Turn an entry into a held line. Its token stays, so that sending the line again saves nothing twice."""
    author = entry.authorships.values_list("person", flat=True).first()
    words = {"kind": entry.kind, "text": entry.text, "author_id": author}
    Line.objects.filter(minutes=minutes, entry=entry).update(
        entry=None, item=agenda_item, revision=minutes.revision, **words
    )


def _erase_minutes_entry(actor: Person, entry: Entry) -> None:
    """Delete an entry that was made with names, with its history and its place in the order."""
    Line.objects.filter(entry=entry).update(entry=None)
    index.remove_record_from_index(entry)
    record_purged.send(Record, record=entry)
    record_activity(actor=actor, verb="purged", subject=entry, coalition=entry.coalition)
    entry.delete()


def publish_withheld_lines(actor: Person, minutes: Minutes) -> None:
    """Make entries of the lines that were held back, except of the current item: by topic, then by their first words.

    Nothing else of a line is kept, so that neither its time nor its place tells who spoke.
    """
    held_back = Line.objects.filter(minutes=minutes, entry=None).exclude(text="")
    held_back = held_back.exclude(item=minutes.current_item_id) if minutes.current_item_id else held_back
    lines = sorted(held_back.select_related("item"), key=lambda line: get_topic_key(line.topic, line.text))
    if not lines:
        return
    new = [NewEntry(kind=line.kind, text=line.text, part=line.item, topic=line.topic) for line in lines]
    record_entries(actor=actor, meeting=minutes.meeting, entries=new)
    Line.objects.filter(pk__in=[line.pk for line in lines]).update(text="", topic="", kind="", author=None, item=None)
