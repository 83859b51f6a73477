"""The library: practices, models, case studies, toolkits and what else members share so that others can use it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.core.dates import parse_partial_date
from jukwaa.core.db import Manager
from jukwaa.library.issue_fields import ISSUE_DATE_FIELD, ISSUER_FIELD, get_issuer_and_issue_date_fields
from jukwaa.library.models.reviews import Review
from jukwaa.library.schema import (
    BOX_FIELDS,
    COUNTRIES_FIELD_NAME,
    ItemKind,
    TemplateField,
    get_fields_for_kind,
    get_item_kind,
    get_required_fields,
)
from jukwaa.library.screening import does_item_require_review
from jukwaa.records.models import Record, State
from jukwaa.records.models.record import Precision, RecordQuerySet

MAX_ISSUER_LENGTH = 300
ISSUE_MODEL_FIELDS = ("is_issued", "issuer", "issued_on", "issued_precision")


class ItemQuerySet(RecordQuerySet["Item"]):
    def returned_by_reviewer(self) -> Self:
        """Drafts that a second person was asked to read: to be changed, and sent again."""
        return self.filter(state=State.DRAFT).filter(Exists(Review.objects.filter(item=OuterRef("pk"))))


class Item(Record):
    """Something that members share. `details` holds the answers of the long form by the names of its fields.

    What was answered for another kind stays there, so that choosing a kind anew loses nothing.
    """

    what_worked = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)
    how_it_links = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)
    review_by: models.DateField[date | None, date | None] = models.DateField(_("next check due"), null=True, blank=True)

    # Its author wants a second person to read it before it is published, whatever its kind asks for.
    asks_for_review = models.BooleanField(default=False)
    token = models.UUIDField(null=True, blank=True, unique=True)  # of the form it came with: pressed twice, shared once

    objects = Manager.from_queryset(ItemQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (
        *Record.VERSIONED,
        "kind",
        *BOX_FIELDS,
        "details",
        "review_by",
        "asks_for_review",
    )

    @property
    def item_kind(self) -> ItemKind:
        return get_item_kind(self.kind)

    @property
    def answer_boxes(self) -> list[tuple[str, str]]:
        """(name, text) of those that were filled."""
        return [(name, text) for name in BOX_FIELDS if (text := getattr(self, name))]

    @property
    def questions(self) -> list[tuple[str, str, str]]:
        """(name, question, text) of those, for the page."""
        return [(name, self.item_kind.question(name), text) for name, text in self.answer_boxes]

    @property
    def answers(self) -> list[tuple[TemplateField, Any]]:
        """What was answered of the long form, in its order."""
        return [
            (field, self.details[field.name])
            for field in get_fields_for_kind(self.kind)
            if self.details.get(field.name)
        ]

    @property
    def owed(self) -> list[str]:
        """What must still be said before anybody else reads it, by the labels of its form."""
        countries = [gettext("Countries")] if COUNTRIES_FIELD_NAME in self.item_kind.owes and not self.countries else []
        lines = [
            field
            for field in get_required_fields(self.item_kind)
            if not str(self.details.get(field.name) or "").strip()
        ]
        return [*(str(field.label) for field in lines), *countries]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Derive who issued it and when, which lists and the search read, from its answers."""
        if update_fields is None or {"kind", "details"} & {*update_fields}:
            self._set_issuer_and_issue_date()
            update_fields = None if update_fields is None else {*update_fields, *ISSUE_MODEL_FIELDS}
        super().save(*args, update_fields=update_fields, **kwargs)

    def _set_issuer_and_issue_date(self) -> None:
        self.is_issued = bool(get_issuer_and_issue_date_fields(self.kind))
        answers = self.details if self.is_issued else {}
        known = parse_partial_date(str(answers.get(ISSUE_DATE_FIELD) or ""))
        self.issued_on, self.issued_precision = known or (None, Precision.DAY)
        self.issuer = str(answers.get(ISSUER_FIELD) or "")[:MAX_ISSUER_LENGTH]

    def take(self, changes: dict[str, Any]) -> None:
        before = self.content()
        super().take(changes)
        if self.content() != before:
            self.hide_until_reviewed()

    def hide_until_reviewed(self) -> None:
        """Nobody has read it as it is now: it is out of sight until somebody has, if somebody must.

        A part of the action that changes it and saves it.
        """
        if self.state == State.SAFEGUARDING or (self.state == State.PUBLISHED and does_item_require_review(self)):
            self.state, self.published_at = State.DRAFT, None
        Review.objects.filter(item=self.pk).close_outdated_reviews()

    def handle_file_attached(self) -> None:
        self.hide_until_reviewed()
        self.save(update_fields=["state", "published_at"])

    def handle_file_parsed(self) -> None:
        """What a second person has looked at they have looked at with its files."""
        if not self.reviews.exists():
            self.handle_file_attached()

    def erase_texts(self) -> None:
        self.details = {}
        self.web_links.all().delete()
        self.uses.update(how=gettext("deleted permanently"), result="")
        self.reviews.update(consent=gettext("deleted permanently"))
        self.reviews.exclude(reason="").update(reason=gettext("deleted permanently"))

    def iter_passages(self) -> Iterator[tuple[str, str]]:
        """(anchor, text): each box and each written answer by itself, so that a result leads to it."""
        yield from super().iter_passages()
        yield from self.answer_boxes
        for field, answer in self.answers:
            if field.type in {"text", "line"}:
                yield field.name, str(answer)
