"""Where a record of a meeting comes from: spans of documents, or, under the Chatham House Rule, the bare document."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activities, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.transactions import lock_row
from jukwaa.meetings.actions.meetings import require_can_write_minutes
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.actions import change_record
from jukwaa.records.models import Audience, Document, Label, Record, Source
from jukwaa.records.policies import can_change_record

# A document, from, to, and the number of the sentence as people count, where it is known.
type Span = tuple[Document, int, int, int | None]


def build_record_sources(record: Record, source_spans: Sequence[Span], *, is_quoted: bool = True) -> list[Source]:
    """Build the sources of a record. Without quotes they have no span, and each document occurs once."""
    if any(document.coalition_id != record.coalition_id for document, *_ in source_spans):
        raise ValueError("A record comes from a document of its own coalition.")
    if not is_quoted:
        documents = {document.pk: document for document, *_ in source_spans}
        return [Source(record_id=record.pk, document=document) for document in documents.values()]
    return [
        Source(
            record_id=record.pk,
            document=document,
            start=start,
            end=end,
            number=number,
            quote=document.text[start:end],
        )
        for document, start, end, number in source_spans
    ]


@action
def add_meeting_sources(
    *, actor: Person, meeting: Meeting, spans_by_entry_id: Mapping[int, Sequence[Span]]
) -> list[Source]:
    """Say that entries of a meeting, by id, come from these passages as well: the same was found once more.

    What is a source already is added no second time; an activity notes each entry that gained one. Raises
    PermissionDenied.
    """
    require_can_write_minutes(actor, meeting)
    entries = Entry.objects.filter(meeting=meeting, pk__in=spans_by_entry_id).select_related("part")
    cited = set(Source.objects.filter(record__in=spans_by_entry_id).values_list("record", "document", "start"))
    new = [
        source
        for entry in entries
        for source in build_record_sources(entry, spans_by_entry_id[entry.pk], is_quoted=not entry.is_chatham)
        if (source.record_id, source.document_id, source.start) not in cited
    ]
    Source.objects.bulk_create(new)
    gained = {source.record_id for source in new}
    subjects = [entry for entry in entries if entry.pk in gained]
    record_activities(actor=actor, verb="sourced", activity_subjects=subjects, coalition=meeting.coalition)
    return new


@action
def restrict_source_document(*, actor: Person, document: Document) -> Document:
    """Keep a document to those who brought it in, as one that names who spoke under the Chatham House Rule must be.

    Others whom it names as its readers, such as the coordinators, are readers no longer. Closing what is closed to them
    as well changes nothing. Raises PermissionDenied.
    """
    current = lock_row(document)  # the caller's copy may be older than what was closed a moment ago
    authors = set(current.authorships.values_list("person_id", flat=True))
    named = set(current.audience.values_list("person_id", flat=True))
    if current.label != Label.RED:
        changes = {"label": Label.RED}
        current = change_record(
            actor=actor, record=current, changes=changes, from_version=current.version, activity_verb="closed"
        )
    elif named <= authors:
        return current
    elif not can_change_record(ViewerContext(actor), current):
        raise PermissionDenied
    else:
        record_activity(actor=actor, verb="closed", subject=current, coalition=current.coalition)
    Audience.objects.filter(record=current.pk).exclude(person__in=authors).delete()
    Audience.objects.bulk_create([Audience(record_id=current.pk, person_id=pk) for pk in authors - named])
    return current
