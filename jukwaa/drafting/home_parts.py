"""Consultations that are open, on the home page: what a reader can respond to, and until when."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from jukwaa.coalitions.home_parts import HomePart, home_part_registry
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.drafting.models import Consultation
from jukwaa.records.models import State

MAX_OPEN_CONSULTATIONS = 3
SHOWN_CONSULTATION_FIELDS = (
    *("opens_at", "closes_at"),
    *(f"text__{name}" for name in ("form", "title", "language", "label", "is_example")),
)
CONSULTATIONS_TEMPLATE = "drafting/open_consultations.html"


@home_part_registry.register(20)
def build_open_consultations_part(viewer: Viewer, coalition: Coalition) -> Iterator[HomePart]:
    """Those that open later are not shown yet, and say when the page changes."""
    consultations = list(_find_unclosed_consultations(viewer, coalition)[: 2 * MAX_OPEN_CONSULTATIONS])
    if consultations:
        shown = [each for each in consultations if each.is_open][:MAX_OPEN_CONSULTATIONS]
        turns = [each.closes_at if each.is_open else each.opens_at for each in consultations]
        yield HomePart(CONSULTATIONS_TEMPLATE, {"consultations": shown}, changes_at=min(turns))


def _find_unclosed_consultations(viewer: Viewer, coalition: Coalition) -> QuerySet[Consultation]:
    """The one that closes first in front."""
    found = Consultation.objects.visible_to(viewer).filter(
        text__coalition=coalition, text__state=State.PUBLISHED, closes_at__gt=timezone.now()
    )
    return found.select_related("text").only(*SHOWN_CONSULTATION_FIELDS).order_by("closes_at", "pk")
