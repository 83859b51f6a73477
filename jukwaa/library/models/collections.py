"""Collections: records chosen, put in an order and introduced, so that they can be handed on as one."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from jukwaa.core.db import Manager
from jukwaa.core.safeguards import screen_text_for_signs
from jukwaa.records.models import Record, State
from jukwaa.records.models.record import RecordQuerySet

COLLECTION_KIND = "collection"
MAX_COLLECTION_ENTRIES = 100  # what one document or one ZIP can hold and still be opened by whoever it is sent to


class CollectionQuerySet(RecordQuerySet["Collection"]):
    pass


class Collection(Record):
    """A toolkit put together from records. Whoever reads it finds in it what they may read, and no more."""

    introduction = models.TextField(pgettext_lazy("words before a list or a question", "introduction"), blank=True)
    token = models.UUIDField(null=True, blank=True, unique=True)  # of the form it came with: pressed twice, made once

    objects = Manager.from_queryset(CollectionQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, "introduction")

    @property
    def may_identify_someone(self) -> bool:
        """Whether somebody could be found by what its author wrote."""
        return any(screen_text_for_signs(text) for text in (self.title, self.summary, self.introduction))

    def take(self, changes: dict[str, Any]) -> None:
        before = self.content()
        super().take(changes)
        if self.content() != before:
            self.hide_until_reviewed()

    def hide_until_reviewed(self) -> None:
        """What those who keep the record would read first is out of sight until they have read it as it is now."""
        if self.state == State.PUBLISHED and self.may_identify_someone:
            self.state, self.published_at = State.DRAFT, None

    def iter_passages(self) -> Iterator[tuple[str, str]]:
        """Its own words alone: what it holds is found by itself, by those who may read it."""
        yield from super().iter_passages()
        if self.introduction:
            yield "introduction", self.introduction


class CollectionEntry(models.Model):
    """A record at its place in a collection."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="entries")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    objects = Manager["CollectionEntry"]()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "record"], name="a_record_is_in_a_collection_once"),
            models.CheckConstraint(
                name="a_collection_does_not_hold_itself", condition=~models.Q(collection=models.F("record"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}, {self.position}"
