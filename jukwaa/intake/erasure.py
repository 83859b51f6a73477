"""What the reading desk holds of a record that was erased, in words of its own."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.intake.models import Actor, DriveEntry, Reading, ReadingPart, Sentence, Suggestion
from jukwaa.records.models import Record
from jukwaa.records.redaction import NameRedactor, redact_table_rows


def erase_reading_data(record: Record, **_signal: Any) -> None:
    """Of a document all that was read in it; of a meeting, or an entry, what became of it."""
    said = Suggestion.objects.filter(Q(record=record.pk) | Q(reading__document=record.pk))
    said.order_by().update(text=_("deleted permanently"), actors=[], owner="", due_text="")
    readings = Reading.objects.filter(Q(document=record.pk) | Q(meeting=record.pk)).order_by()
    readings.update(meeting_title=_("deleted permanently"), meeting_place="")
    ReadingPart.objects.filter(reading__in=readings.values("pk")).update(title=_("deleted permanently"))
    of_document = Reading.objects.filter(document=record.pk).order_by()
    Actor.objects.filter(reading__in=of_document.values("pk")).delete()
    of_document.update(title=_("deleted permanently"), notes=[])
    of_drives = DriveEntry.objects.filter(document=record.pk).order_by()
    of_drives.update(path=_("deleted permanently"), reason="", remark="")


def redact_reading_data(record: Record, redactor: NameRedactor, text: str, **_signal: Any) -> None:
    """A name was taken out of a record: out of what was read in it too, whose places move along with the text."""
    readings = Reading.objects.filter(Q(document=record.pk) | Q(meeting=record.pk))
    parts = [model.objects.filter(reading__in=readings.values("pk")) for model in (ReadingPart, Actor, Sentence)]
    said = Suggestion.objects.filter(Q(record=record.pk) | Q(reading__in=readings.values("pk")))
    for rows in (readings, *parts, said):
        redact_table_rows(rows, redactor)
    for model in (Sentence, Suggestion) if text else ():
        for row in model.objects.filter(reading__document=record.pk):
            row.start, row.end = redactor.move(row.start, text), redactor.move(row.end, text, is_span_end=True)
            row.save(update_fields=["start", "end"])
