"""Files that hang on a record. Who may read the record may have them."""

from collections.abc import Iterator
from itertools import pairwise

from django.db import models
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.core.db import Manager
from jukwaa.core.documents.incoming.file_kinds import find_kind_by_media_type
from jukwaa.core.documents.refusals import SENTENCE_BY_UNREADABLE_CODE
from jukwaa.records.models.documents import split_into_passages
from jukwaa.records.models.record import Record
from jukwaa.records.models.record import State as RecordState


def get_record_attachments(record: Record) -> "list[Attachment]":
    """The files of a record without their texts, which are long; asked by several parts of a page, and read once."""
    prefetch_related_objects([record], Prefetch("attachments", Attachment.objects.defer("text", "pages", "hits")))
    return list(record.attachments.all())


type SignHit = tuple[int, int, str]


class Attachment(models.Model):
    """A file as it was brought; a picture is drawn anew, so that nothing is kept of it but what one sees."""

    class State(models.TextChoices):
        READING = "reading", pgettext_lazy("a file", "being processed")
        READ = "read", _("text available")
        UNREADABLE = "unreadable", _("could not be read")
        PICTURE = "picture", _("image")

    record = models.ForeignKey(Record, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="attachments/%Y/%m/")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    fingerprint = models.CharField(max_length=64, db_index=True)  # SHA-256 of the bytes that were brought
    state = models.CharField(max_length=20, choices=State, default=State.READING)
    reason = models.CharField(max_length=30, blank=True)  # why it could not be read, a key of `refusals.UNREAD`
    text = models.TextField(blank=True)  # what could be read from it, for the index
    pages: models.JSONField[list[int], list[int]] = models.JSONField(default=list, blank=True)  # where each begins
    language = models.CharField(max_length=35, blank=True)
    signature = models.BigIntegerField(null=True, blank=True, db_index=True)  # of the text: `core.documents.likeness`
    # What the screen finds in the text: names of signs, and (start, end, name) of a closer look. Null: not screened.
    signs: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(null=True, blank=True)
    hits: models.JSONField[list[SignHit] | None, list[SignHit] | None] = models.JSONField(null=True, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = Manager["Attachment"]()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "fingerprint"], name="the_same_file_hangs_on_a_record_once"),
            models.CheckConstraint(
                name="a_file_that_was_not_read_says_why",
                condition=Q(state="unreadable") & ~Q(reason="") | ~Q(state="unreadable") & Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str | Promise:
        """What it is, in words."""
        found = find_kind_by_media_type(self.media_type)
        return found.label if found else self.media_type

    @property
    def reason_not_read(self) -> str | Promise:
        return SENTENCE_BY_UNREADABLE_CODE.get(self.reason, "")

    @property
    def is_waiting_for_review(self) -> bool:
        """Whether its text alone is shown, since nobody has passed the record yet."""
        record = self.record
        passed = record.state == RecordState.PUBLISHED or (
            record.published_at is not None and record.state in {RecordState.HELD, RecordState.WITHDRAWN}
        )
        return record.kind_info.shows_text_first and not passed

    def pieces(self) -> Iterator[tuple[int, str]]:
        """Its text in order, each piece with the number of its page; 0 where a file has no pages."""
        if not self.pages:
            yield from ((0, text) for _offset, text in split_into_passages(self.text))
            return
        for number, (start, end) in enumerate(pairwise([*self.pages, len(self.text)]), 1):
            yield from ((number, text) for _offset, text in split_into_passages(self.text[start:end]) if text.strip())
