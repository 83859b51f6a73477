"""Lists of texts, read by key, each text with the stage that it is in."""

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.keyset import Page, Place, page_at
from jukwaa.drafting.actions.publishing import AGREED
from jukwaa.drafting.models import Call, Consultation, Edition, Input, Revision, Text
from jukwaa.records.models import NEWEST_FIRST, State

MOST_DRAFTS = 10

STAGES = {  # the nearest to its end first
    "call": _("consensus call open"),
    "declaring": _("consensus call closed"),
    "consultation": _("consultation open"),
    "answering": _("inputs awaiting a response"),
    "edition": _("published"),
    "agreed": _("agreed"),
    "writing": _("being drafted"),
}


def in_stage(rows: "QuerySet[Text]") -> "QuerySet[Text]":
    """Each with the name of its stage, in the same query."""
    now = timezone.now()
    of_text = Q(text=OuterRef("pk"))
    running = Q(opens_at__lte=now, closes_at__gt=now)
    undeclared = Call.objects.filter(of_text, outcome="")
    later = Revision.objects.filter(text=OuterRef("text"), number__gt=OuterRef("revision__number"))
    agreed = Call.objects.filter(of_text, ~Exists(later), outcome__in=AGREED)
    stage = Case(
        When(Exists(undeclared.filter(running)), then=Value("call")),
        When(Exists(undeclared), then=Value("declaring")),
        When(Exists(Consultation.objects.filter(of_text & running)), then=Value("consultation")),
        When(Exists(Input.objects.waiting().filter(of_text)), then=Value("answering")),
        When(Exists(Edition.objects.filter(of_text)), then=Value("edition")),
        When(Exists(agreed), then=Value("agreed")),
        default=Value("writing"),
    )
    return rows.annotate(stage=stage)


def texts(viewer: Viewer, coalition: Coalition, place: Place) -> Page[Text]:
    """What is open to its readers, the newest first."""
    rows = in_stage(Text.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED))
    return _named(page_at(rows.select_related("owner"), NEWEST_FIRST, place))


def own_drafts(viewer: Viewer, coalition: Coalition) -> list[Text]:
    """What this person drafts and nobody else reads yet."""
    if not viewer.is_authenticated:
        return []
    own = Text.objects.visible_to(viewer).of(coalition).filter(authorships__person=viewer.pk, state=State.DRAFT)
    return list(own.select_related("owner").order_by("-created_at", "-pk")[:MOST_DRAFTS])


def _named(page: Page[Text]) -> Page[Text]:
    for text in page.rows:
        text.stage_name = STAGES[text.stage]  # type: ignore[attr-defined]  # for its template
    return page
