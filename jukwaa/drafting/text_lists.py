"""Lists of texts, read by key, each text with the stage that it is in."""

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.drafting.actions.publishing import AGREED_CALL_OUTCOMES
from jukwaa.drafting.models import Call, Consultation, Edition, Input, Revision, Text
from jukwaa.records.models import NEWEST_RECORD_FIRST, State

MAX_OWN_DRAFTS = 10

LABEL_BY_TEXT_STAGE = {  # the nearest to its end first
    "call": _("consensus call open"),
    "declaring": _("consensus call closed"),
    "consultation": _("consultation open"),
    "answering": _("inputs awaiting a response"),
    "edition": pgettext_lazy("a text", "published"),
    "agreed": _("agreed"),
    "writing": _("being drafted"),
}


def annotate_text_stage(texts: "QuerySet[Text]") -> "QuerySet[Text]":
    """Each with the name of its stage, in the same query."""
    now = timezone.now()
    of_text = Q(text=OuterRef("pk"))
    running = Q(opens_at__lte=now, closes_at__gt=now)
    undeclared = Call.objects.filter(of_text, outcome="")
    later = Revision.objects.filter(text=OuterRef("text"), number__gt=OuterRef("revision__number"))
    agreed = Call.objects.filter(of_text, ~Exists(later), outcome__in=AGREED_CALL_OUTCOMES)
    stage = Case(
        When(Exists(undeclared.filter(running)), then=Value("call")),
        When(Exists(undeclared), then=Value("declaring")),
        When(Exists(Consultation.objects.filter(of_text & running)), then=Value("consultation")),
        When(Exists(Input.objects.waiting().filter(of_text)), then=Value("answering")),
        When(Exists(Edition.objects.filter(of_text)), then=Value("edition")),
        When(Exists(agreed), then=Value("agreed")),
        default=Value("writing"),
    )
    return texts.annotate(stage=stage)


def get_text_page(viewer: Viewer, coalition: Coalition, page_cursor: PageCursor) -> KeysetPage[Text]:
    """What is open to its readers, the newest first."""
    rows = annotate_text_stage(Text.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED))
    return _set_stage_names(get_page(rows.select_related("owner"), NEWEST_RECORD_FIRST, page_cursor))


def get_own_drafts(viewer: Viewer, coalition: Coalition) -> list[Text]:
    """What this person drafts and nobody else reads yet."""
    if not viewer.is_authenticated:
        return []
    own = Text.objects.visible_to(viewer).of(coalition).filter(authorships__person=viewer.pk, state=State.DRAFT)
    return list(own.select_related("owner").order_by("-created_at", "-pk")[:MAX_OWN_DRAFTS])


def _set_stage_names(page: KeysetPage[Text]) -> KeysetPage[Text]:
    for text in page.rows:
        text.stage_name = LABEL_BY_TEXT_STAGE[text.stage]  # type: ignore[attr-defined]  # for its template
    return page
