"""Bringing a document to the desk. What is there already is found, and never touched."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import written
from jukwaa.core.documents.incoming import Extracted
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.uploads import clean_filename
from jukwaa.intake import policies, reader
from jukwaa.intake.models import Reading, TextLock
from jukwaa.intake.storing import Upload, fingerprint, likeness, store
from jukwaa.intake.tasks import read_upload
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Document, Label, State

TITLE_LENGTH = 250


@dataclass(frozen=True, kw_only=True)
class About:
    """What a person says of a document: its title, who may read it, and which meeting it reports."""

    title: str = ""
    label: str = Label.CLEAR
    meeting: Meeting | None = None
    meeting_title: str = ""
    meeting_on: date | None = None
    meeting_precision: str = Meeting.Precision.DAY
    meeting_place: str = ""
    meeting_country: str = ""

    def begin(self, *, coalition: Coalition, actor: Person, title: str) -> Reading:
        return Reading(
            coalition=coalition,
            started_by=actor,
            title=title[:TITLE_LENGTH],
            label=self.label,
            meeting=self.meeting,
            meeting_title="" if self.meeting else (self.meeting_title or title)[:TITLE_LENGTH],
            meeting_on=self.meeting_on,
            meeting_precision=self.meeting_precision,
            meeting_place=self.meeting_place,
            meeting_country=self.meeting_country,
        )


@dataclass(frozen=True, slots=True)
class Started:
    """A reading, and whether it was there before."""

    reading: Reading
    found: bool


def start_reading(
    *, actor: Person, coalition: Coalition, about: About, extracted: Extracted, upload: Upload | None = None
) -> Started:
    """Read a text and put it on the desk. The same text again is the same reading.

    Raises PermissionDenied, and ActionRefused where the document was withdrawn.
    """
    if not policies.can_start(ViewerContext(actor), coalition):
        raise PermissionDenied
    if there := _there(actor, coalition, extracted.text):
        return Started(there, found=True)
    read = reader.read(extracted.text, language=extracted.language)
    return _place(actor=actor, coalition=coalition, about=about, extracted=extracted, read=read, upload=upload)


@action
def start_large_reading(*, actor: Person, coalition: Coalition, about: About, upload: Upload) -> Reading:
    """Keep a file that was inspected, and read it in the background. Raises PermissionDenied."""
    if not policies.can_start(ViewerContext(actor), coalition):
        raise PermissionDenied
    name = clean_filename(upload.name)
    reading = about.begin(coalition=coalition, actor=actor, title=about.title or name)
    reading.state, reading.upload_name = Reading.State.READING, name
    reading.upload.save(name, ContentFile(upload.data), save=False)
    reading.save()
    note(actor=actor, verb="brought", subject=reading, coalition=coalition)
    read_upload.enqueue(reading.pk)
    return reading


@action
def _place(
    *,
    actor: Person,
    coalition: Coalition,
    about: About,
    extracted: Extracted,
    read: reader.Reading,
    upload: Upload | None,
) -> Started:
    """Whoever brings the same text at the same moment waits, so that two presses of the button are one reading."""
    lock = TextLock.objects.create(coalition=coalition, likeness=likeness(extracted.text))
    started = _find_or_begin(actor, coalition, about, extracted, read, upload)
    lock.delete()
    return started


def _find_or_begin(
    actor: Person,
    coalition: Coalition,
    about: About,
    extracted: Extracted,
    read: reader.Reading,
    upload: Upload | None,
) -> Started:
    if there := _there(actor, coalition, extracted.text):
        return Started(there, found=True)
    reading = about.begin(coalition=coalition, actor=actor, title=about.title or first_line(extracted.text))
    reading.document = _document_of(actor, coalition, extracted.text)
    if reading.document is not None:
        reading.title, reading.label = reading.document.title, reading.document.label
    reading.state = Reading.State.READING  # until its document is there, in this same transaction
    reading.save()
    return Started(store(reading=reading, extracted=extracted, read=read, upload=upload), found=False)


def _there(actor: Person, coalition: Coalition, text: str) -> Reading | None:
    readings = Reading.objects.visible_to(actor).of(coalition).filter(likeness=likeness(text))
    there = readings.select_related("document").exclude(state=Reading.State.FAILED).first()
    if there is not None and there.document is not None:
        _refuse_withdrawn(there.document)
    return there


def _document_of(actor: Person, coalition: Coalition, text: str) -> Document | None:
    """A document of the archive that has this text, but was never read."""
    documents = Document.objects.visible_to(actor).filter(coalition=coalition, fingerprint=fingerprint(text))
    document = documents.filter(readings__isnull=True).first()
    if document is not None:
        _refuse_withdrawn(document)
    return document


def _refuse_withdrawn(document: Document) -> None:
    if document.state != State.WITHDRAWN or document.withdrawn_at is None:
        return
    day = written(timezone.localdate(document.withdrawn_at))
    raise ActionRefused(
        _(
            "This document was withdrawn on %(day)s for this reason: %(reason)s To import it again, "
            "ask a coordinator to restore it."
        )
        % {"day": day, "reason": document.withdrawn_because}
    )


def first_line(text: str) -> str:
    """The title that a document gives itself: its first line with words, without the marks of a heading."""
    lines = (line.lstrip("#*_-=> \t,;:").rstrip("#*_-= \t,;:") for line in text.splitlines())
    return next((line for line in lines if any(letter.isalnum() for letter in line)), _("Untitled document"))[
        :TITLE_LENGTH
    ]
