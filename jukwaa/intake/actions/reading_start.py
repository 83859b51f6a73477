"""Bringing a document to the desk. What is there already is found, and never touched."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import format_long_date
from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.uploads import clean_filename
from jukwaa.intake import policies, reader
from jukwaa.intake.meeting_dates import suggest_meeting_on_day
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.meeting_parts import select_meeting_part
from jukwaa.intake.meeting_titles import remove_email_prefix
from jukwaa.intake.models import Reading, TextLock
from jukwaa.intake.reader.email_threads import find_mail_headers, find_mail_subjects
from jukwaa.intake.reading_store import (
    ReadingUpload,
    restrict_reading_label,
    store_parsed_reading,
)
from jukwaa.intake.report_parsing import parse_report
from jukwaa.intake.tasks import read_upload
from jukwaa.intake.text_hashes import compute_normalised_text_hash, compute_text_fingerprint
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Document, Label, State

MAX_READING_TITLE_LENGTH = 250
# What a program writes above the text of a page or a recording. The title of a page is as good as any line.
_FRONT_MATTER_PATTERN = re.compile(
    r"\A---[ \t]*\r?\n(?=[\w-]+:)(?:(?!---)(?!title:).*\n)*?"
    r"(?:title:[ \t]*[\"']?(?P<title>.*?)[\"']?[ \t]*\r?\n(?:(?!---).*\n)*?)?---[ \t]*(?:\r?\n|\Z)"
)
_RECORDING_NAME_PATTERN = re.compile(
    r"^(?:recording|enregistrement|grabación|gravação|aufzeichnung)\s?:\s*(?P<name>\S.*?)"
    r"(?:[-_ ]\d{8}[-_T ]?\d{4,6}(?:[A-Z]{1,4})?)?(?:[-_ ](?:transcript|recording))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class ReadingDetails:
    """What a person says of a document: its title, who may read it, and which meeting it reports."""

    title: str = ""
    label: str = Label.CLEAR
    meeting: Meeting | None = None
    meeting_title: str = ""
    meeting_on: date | None = None
    meeting_precision: str = Meeting.Precision.DAY
    meeting_ends_on: date | None = None
    meeting_place: str = ""
    meeting_country: str = ""

    @property
    def meeting_day(self) -> date | None:
        return self.meeting.starts_on if self.meeting else self.meeting_on

    def create_reading(self, *, coalition: Coalition, actor: Person, title: str) -> Reading:
        return Reading(
            coalition=coalition,
            started_by=actor,
            title=title[:MAX_READING_TITLE_LENGTH],
            label=self.label,
            meeting=self.meeting,
            meeting_title="" if self.meeting else (self.meeting_title or title)[:MAX_READING_TITLE_LENGTH],
            meeting_on=self.meeting_on,
            meeting_precision=self.meeting_precision,
            meeting_ends_on=self.meeting_ends_on,
            meeting_place=self.meeting_place,
            meeting_country=self.meeting_country,
        )


@dataclass(frozen=True, slots=True)
class ReadingStartResult:
    """A reading, and whether it was there before."""

    reading: Reading
    found: bool


def start_reading(
    *,
    actor: Person,
    coalition: Coalition,
    reading_details: ReadingDetails,
    extracted_text: ExtractedText,
    reading_upload: ReadingUpload | None = None,
) -> ReadingStartResult:
    """Read a text and put it on the desk. The same text again is the same reading.

    Raises PermissionDenied, and ActionRefused where the document was withdrawn.
    """
    if not policies.can_import_reports(ViewerContext(actor), coalition):
        raise PermissionDenied
    extracted_text = select_meeting_part(extracted_text, reading_details.meeting_day)
    if there := _find_existing_reading(actor, coalition, extracted_text.text):
        return ReadingStartResult(there, found=True)
    extracted_text, parsed_report = parse_report(extracted_text)
    return start_locked_reading(
        actor=actor,
        coalition=coalition,
        reading_details=reading_details,
        extracted_text=extracted_text,
        parsed_report=parsed_report,
        reading_upload=reading_upload,
    )


@action
def start_background_reading(
    *, actor: Person, coalition: Coalition, reading_details: ReadingDetails, reading_upload: ReadingUpload
) -> Reading:
    """Keep a file that was inspected, and read it in the background. Raises PermissionDenied."""
    if not policies.can_import_reports(ViewerContext(actor), coalition):
        raise PermissionDenied
    name = clean_filename(reading_upload.name)
    reading = reading_details.create_reading(coalition=coalition, actor=actor, title=reading_details.title or name)
    reading.state, reading.upload_name = Reading.State.READING, name
    reading.upload.save(name, ContentFile(reading_upload.data), save=False)
    reading.save()
    record_activity(actor=actor, verb="brought", subject=reading, coalition=coalition)
    read_upload.enqueue(reading.pk)
    return reading


@action
def start_locked_reading(
    *,
    actor: Person,
    coalition: Coalition,
    reading_details: ReadingDetails,
    extracted_text: ExtractedText,
    parsed_report: reader.Reading,
    reading_upload: ReadingUpload | None,
) -> ReadingStartResult:
    """Whoever brings the same text at the same moment waits, so that two presses of the button are one reading."""
    lock = TextLock.objects.create(coalition=coalition, likeness=compute_normalised_text_hash(extracted_text.text))
    started = _find_or_create_reading(actor, coalition, reading_details, extracted_text, parsed_report, reading_upload)
    lock.delete()
    return started


def _find_or_create_reading(
    actor: Person,
    coalition: Coalition,
    reading_details: ReadingDetails,
    extracted_text: ExtractedText,
    parsed_report: reader.Reading,
    reading_upload: ReadingUpload | None,
) -> ReadingStartResult:
    if there := _find_existing_reading(actor, coalition, extracted_text.text):
        return ReadingStartResult(there, found=True)
    reading = reading_details.create_reading(
        coalition=coalition, actor=actor, title=reading_details.title or get_first_text_line(extracted_text.text)
    )
    reading.document = _find_document_without_reading(actor, coalition, extracted_text.text)
    if reading.document is not None:
        reading.title, reading.label = reading.document.title, reading.document.label
    else:
        restrict_reading_label(reading, extracted_text, reading_upload)
    if reading_details.meeting is None and not reading_details.meeting_title and reading_details.meeting_on is None:
        _link_reading_to_meeting_of_day(actor, reading, extracted_text.text, reading_upload)
    reading.state = Reading.State.READING  # until its document is there, in this same transaction
    reading.save()
    return ReadingStartResult(
        store_parsed_reading(
            reading=reading, extracted_text=extracted_text, parsed_report=parsed_report, reading_upload=reading_upload
        ),
        found=False,
    )


def _link_reading_to_meeting_of_day(
    actor: Person, reading: Reading, text: str, reading_upload: ReadingUpload | None
) -> None:
    """Nobody said which meeting it is about: the one of the record on the day that the text gives, if there is one."""
    facts = find_meeting_facts(text, reading_upload.name if reading_upload else "")
    if facts.day is None:
        return
    meeting = suggest_meeting_on_day(actor, reading.coalition, facts.day, facts.precision, reading.label)
    if meeting is not None:
        reading.meeting, reading.meeting_title = meeting, ""


def _find_existing_reading(actor: Person, coalition: Coalition, text: str) -> Reading | None:
    readings = Reading.objects.visible_to(actor).of(coalition).filter(likeness=compute_normalised_text_hash(text))
    there = readings.select_related("document").exclude(state=Reading.State.FAILED).first()
    if there is not None and there.document is not None:
        _require_document_not_withdrawn(there.document)
    return there


def _find_document_without_reading(actor: Person, coalition: Coalition, text: str) -> Document | None:
    """A document of the archive that has this text, but was never read."""
    documents = Document.objects.visible_to(actor).filter(
        coalition=coalition, fingerprint=compute_text_fingerprint(text)
    )
    document = documents.filter(readings__isnull=True).first()
    if document is not None:
        _require_document_not_withdrawn(document)
    return document


def _require_document_not_withdrawn(document: Document) -> None:
    if document.state != State.WITHDRAWN or document.withdrawn_at is None:
        return
    day = format_long_date(timezone.localdate(document.withdrawn_at))
    raise ActionRefused(
        _(
            "This document was withdrawn on %(day)s for this reason: %(reason)s To import it again, "
            "ask a coordinator to restore it."
        )
        % {"day": day, "reason": document.withdrawn_because}
    )


def get_first_text_line(text: str) -> str:
    """The title that a document gives itself: its first line with words, without the marks of a heading.

    Of a pasted email it is the subject, not the line with the address of its sender.
    """
    text = _FRONT_MATTER_PATTERN.sub(r"\g<title>\n", text, count=1) if text.startswith("---") else text
    stripped = (line.lstrip("#*_-=> \t,;:").rstrip("#*_-= \t,;:") for line in text.splitlines())
    lines = (line for line in stripped if any(letter.isalnum() for letter in line))
    first = next(lines, _("Untitled document"))
    header = next(iter(find_mail_headers(text)), None)
    if header and first in header[0] and (subjects := find_mail_subjects(text)):
        first = remove_email_prefix(subjects[0])
    return _RECORDING_NAME_PATTERN.sub(r"\g<name>", first)[:MAX_READING_TITLE_LENGTH]
