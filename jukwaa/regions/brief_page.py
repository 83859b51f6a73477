"""What the page of a brief shows: its editions and lengths, its languages, who received it, and what came of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Subquery, Value, When
from django.utils.translation import get_language

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.drafting.models import Edition, Placement, Revision, Text
from jukwaa.drafting.policies import can_draft_text
from jukwaa.drafting.unreadable_sources import (
    annotate_may_be_withheld,
    describe_unreadable_records,
    find_unreadable_citations_in_draft,
)
from jukwaa.library.models import Item, Use
from jukwaa.places.languages import get_language_name
from jukwaa.records.models import NEWEST_RECORD_FIRST, Record, State
from jukwaa.regions.addressees import format_addressee_list
from jukwaa.regions.briefs import get_shape_at_step
from jukwaa.regions.models import BriefQuestion, BriefShape, BriefTranslation, BriefUse, Delivery
from jukwaa.regions.models.briefs import BRIEF_TEXT_FORM
from jukwaa.regions.policies import is_responsible_for_delivery

MAX_BRIEF_ROWS = 50  # deliveries on the page: a brief that went to more is known well enough


def find_published_briefs(viewer: Viewer, coalition: Coalition, page_cursor: PageCursor) -> KeysetPage[Text]:
    """What is open to its readers, the newest first."""
    rows = Text.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, form=BRIEF_TEXT_FORM)
    return get_page(rows, NEWEST_RECORD_FIRST, page_cursor)


def load_own_drafts(viewer: Viewer, coalition: Coalition) -> list[Text]:
    """What this person drafts and nobody else reads yet."""
    if not viewer.is_authenticated:
        return []
    own = Text.objects.visible_to(viewer).of(coalition).filter(form=BRIEF_TEXT_FORM, state=State.DRAFT)
    return list(own.filter(authorships__person=viewer.pk).order_by("-created_at", "-pk")[:10])


@dataclass(frozen=True)
class BriefLanguage:
    """A brief in one language, and whether it says less than the original by now."""

    text: Text
    name: str
    is_original: bool
    stands_behind: bool


@dataclass
class BriefPage:
    text: Text
    standing: Standing

    @cached_property
    def may_draft(self) -> bool:
        return can_draft_text(self.standing, self.text)

    @property
    def is_open(self) -> bool:
        return self.text.state == State.PUBLISHED

    @cached_property
    def shape(self) -> BriefShape:
        return get_shape_at_step(self.text, self.text.step)

    @property
    def addressed_to(self) -> str:
        return format_addressee_list(self.shape.addressed_to)

    @cached_property
    def editions(self) -> list[Edition]:
        return list(Edition.objects.filter(text=self.text.pk).order_by("-major", "-minor"))

    @property
    def edition(self) -> Edition | None:
        return next(iter(self.editions), None)

    @cached_property
    def _check_results_by_clause(self) -> list[tuple[int, bool, bool]]:
        """Of each clause in the making: its number, if it has [brackets], if it may rest on what is closed."""
        if not self.may_draft:
            return []
        said = Q(wording__body__contains="[") & ~Q(wording__body__contains="[…]")
        rows = annotate_may_be_withheld(Placement.objects.now(self.text), self.text, None)
        bracketed = Case(When(said, then=Value(value=True)), default=Value(value=False))
        return list(rows.annotate(bracketed=bracketed).values_list("clause__number", "bracketed", "doubtful"))

    @property
    def brackets(self) -> list[int]:
        """The numbers of clauses in which something is still to be filled in."""
        return [number for number, bracketed, _doubtful in self._check_results_by_clause if bracketed]

    @cached_property
    def unreadable_quotes(self) -> str:
        """Most briefs rest on what everybody may read: for them nothing more is asked."""
        if not any(doubtful for _number, _bracketed, doubtful in self._check_results_by_clause):
            return ""
        return describe_unreadable_records(
            find_unreadable_citations_in_draft(self.text, self.text.get_latest_revision())
        )

    @cached_property
    def _translations(self) -> list[Any]:
        """Of the original, whichever of them this is; each with the step of the original that its readers see."""
        text = self.text.pk
        readable = Text.objects.visible_to(self.standing.viewer)
        steps = Revision.objects.filter(text=OuterRef("original")).order_by("-number").values("step")[:1]
        own = BriefTranslation.objects.filter(text=text).values("original")
        rows = BriefTranslation.objects.filter(Q(original=text) | Q(original__in=own)).annotate(
            latest=Subquery(steps),
            is_open=Exists(readable.filter(pk=OuterRef("text"))),
            original_is_open=Exists(readable.filter(pk=OuterRef("original"))),
        )
        return list(rows.select_related("text", "original").order_by("pk"))

    @property
    def is_translation(self) -> bool:
        return any(row.text_id == self.text.pk for row in self._translations)

    @cached_property
    def language_versions(self) -> list[BriefLanguage]:
        """The original and what was begun from it, as far as the viewer reads them."""
        rows = self._translations
        found = [
            self._build_language_version(row.text, is_behind_original=row.step < (row.latest or 0))
            for row in rows
            if row.is_open
        ]
        if not self.is_translation:
            found.insert(0, self._build_language_version(self.text, is_original=True))
        elif rows[0].original_is_open:
            found.insert(0, self._build_language_version(rows[0].original, is_original=True))
        return found

    def _build_language_version(
        self, text: Text, *, is_original: bool = False, is_behind_original: bool = False
    ) -> BriefLanguage:
        text.coalition = self.text.coalition
        return BriefLanguage(
            text, get_language_name(text.language, get_language() or "en"), is_original, is_behind_original
        )

    @property
    def is_behind(self) -> bool:
        return any(each.text.pk == self.text.pk and each.stands_behind for each in self.language_versions)

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """For members; each with its questions, and whether the viewer follows it up."""
        if not self.standing.is_inside:
            return []
        rows = Delivery.objects.visible_to(self.standing.viewer).filter(edition__text=self.text.pk)
        questions = Prefetch("questions", queryset=BriefQuestion.objects.select_related("answered_by__person"))
        found = list(
            rows.select_related("edition", "organisation", "capacity__person").prefetch_related(questions)[
                :MAX_BRIEF_ROWS
            ]
        )
        for delivery in found:
            delivery.edition.text = self.text
            delivery.to_in_words = format_addressee_list([delivery.to])  # type: ignore[attr-defined]  # for its template
            delivery.is_ours = is_responsible_for_delivery(self.standing, delivery)  # type: ignore[attr-defined]  # as above
        return found

    @cached_property
    def uses(self) -> list[Any]:
        """What came of it, each with its evidence as far as the viewer reads that."""
        viewer = self.standing.viewer
        shown = Record.objects.visible_to(viewer).filter(pk=OuterRef("record"))
        items = Item.objects.visible_to(viewer).filter(state=State.PUBLISHED)
        uses = Use.objects.filter(item__in=items).readable_by(viewer)
        rows = BriefUse.objects.filter(edition__text=self.text.pk, use__in=uses).annotate(is_open=Exists(shown))
        found = list(
            rows.select_related("use__capacity__person", "record", "edition").order_by("-use__year", "-pk")[
                :MAX_BRIEF_ROWS
            ]
        )
        for each in found:
            if each.record is not None:
                each.record.coalition = self.text.coalition
        return found
