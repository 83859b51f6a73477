"""`{% voices_to item %}` on the page of an observation, and its issue: `{% load observing %}`."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jukwaa.coalitions.standing import Standing
from jukwaa.library.models import Item
from jukwaa.library.templatetags.library import in_words
from jukwaa.records.models import State
from jukwaa.regions.models import Voice
from jukwaa.regions.observation_issues import (
    build_issue_slug,
    find_current_voices,
    group_voices_by_speaker,
    has_responded,
)
from jukwaa.regions.speaker_origins import get_eligible_capacities, get_regional_groups

register = template.Library()


@register.inclusion_tag("regions/voices.html", takes_context=True)
def voices_to(context: Context, item: Item) -> dict[str, Any]:
    """What others of the region say to it. To a translation nothing is said: the voices are those of its original."""
    standing: Standing = context["standing"]
    beside = context.get("beside")
    original = beside.languages.original if beside and beside.languages.is_translation else item
    is_open = original.state == State.PUBLISHED
    issue = _get_issue_name(item, original.pk) if is_open else ""
    offered = get_eligible_capacities(standing, original) if is_open and standing.is_inside else []
    said = group_voices_by_speaker(find_current_voices([original.pk]).readable_by(standing.viewer))
    return {
        "coalition": context["coalition"],
        "standing": standing,
        "item": original,
        "issue": issue,
        "slug": build_issue_slug(issue),
        "regions": get_regional_groups(original.countries),
        "said": said,
        "says": Voice.Says.choices,
        "is_from_there": bool(offered),
        "may_speak": any(not has_responded(choice, standing, said) for choice in offered),
        "answers": standing.is_coordinator or standing.is_safeguarding_lead,
    }


def _get_issue_name(item: Item, original_id: int) -> str:
    """As it was written first, which is where it stands beside others."""
    details = (
        item.details if item.pk == original_id else Item.objects.values_list("details", flat=True).get(pk=original_id)
    )
    return str(details.get("issue") or "")


@register.filter
def is_own(voice: Voice, standing: Standing) -> bool:
    """Said by this viewer, or for an organisation for which they speak."""
    return voice.author_id == standing.viewer.pk or voice.organisation_id in standing.speaks_for


@register.filter
def apart(words: str) -> SafeString:
    """What somebody wrote, inside a sentence that may run the other way."""
    return format_html("<bdi>{}</bdi>", words)


@register.filter
def answered(item: Item, name: str) -> list[str]:
    """What was answered to one question of the long form, in words."""
    return next((in_words(answer) for answer in item.answers if answer[0].name == name), [])
