"""`{% review_of item %}`: where its review stands, for those who have a part in it."""

from typing import Any

from django import template
from django.template import Context

from jukwaa.coalitions.standing import Standing
from jukwaa.library import policies
from jukwaa.library.models import Item, Review
from jukwaa.records.models import State
from jukwaa.records.policies import is_author

register = template.Library()

REVIEWABLE_ITEM_STATES = (State.DRAFT, State.SUBMITTED, State.SAFEGUARDING)


@register.inclusion_tag("library/review_note.html", takes_context=True)
def review_of(context: Context, item: Item) -> dict[str, Any]:
    """Nothing for the world; one query for its authors, the lead, and while it waits whoever was asked."""
    standing: Standing = context["standing"]
    shared = {"item": item, "coalition": context["coalition"], "standing": standing}
    if not _should_show_review(standing, item):
        return {**shared, "last": None}
    return {**shared, "last": Review.objects.filter(item=item.pk).first(), "waits": item.state == State.SAFEGUARDING}


def _should_show_review(viewer_standing: Standing, item: Item) -> bool:
    if item.state == State.PUBLISHED:
        return viewer_standing.viewer.is_authenticated and (
            viewer_standing.is_safeguarding_lead or is_author(viewer_standing, item)
        )
    return item.state in REVIEWABLE_ITEM_STATES and policies.can_read_reviews(viewer_standing, item)
